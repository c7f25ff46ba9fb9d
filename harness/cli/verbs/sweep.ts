import type { Command } from 'commander';
import { UserError } from '../../model/errors.ts';
import { lookAhead } from '../../run/outlook.ts';
import { kindsUrl } from '../kinds-url.ts';
import { collect, parseCount } from '../options.ts';
import { outlookLine } from '../outlook-line.ts';
import { addRunningOptions, runInto, type RunningOptions } from '../run-into.ts';
import { runJson } from '../run-json.ts';
import { sweepText } from '../sweep-text.ts';
import { tell } from '../terminal.ts';
import {
  addDesignOption,
  addFaultOption,
  addVaryOption,
  varyAskOf,
  type VaryOptions,
} from '../vary-options.ts';

interface Options extends RunningOptions, VaryOptions {
  readonly strategy?: string[];
  readonly clusters?: number;
  readonly nights?: number;
}

export function sweepCommand(program: Command): void {
  const command = program
    .command('sweep')
    .summary('run over values of knobs and parameters; curves, heat maps and fronts out')
    .description(
      'Runs documents and suites with other fleets, jobs and parameters. Says before it starts how many cells there are and how long they take. What the folder holds already is not computed again: the same command goes on after an interruption.',
    )
    .argument('<file...>', 'documents and suites')
    .option('-s, --strategy <text>', 'a strategy beside those that are varied', collect)
    .option('--clusters <n>', 'cluster seeds 1 to n', parseCount(100_000))
    .option('--nights <m>', 'night seeds 1 to m', parseCount(100_000))
    .action(sweepVerb);
  addDesignOption(addFaultOption(addVaryOption(addRunningOptions(command))));
}

async function sweepVerb(files: string[], options: Options): Promise<void> {
  const vary = varyAskOf(options);
  if (vary.vary.length === 0) throw new UserError('nothing is varied; expected --vary, see list knobs');
  const what = {
    files,
    strategies: options.strategy ?? null,
    clusters: options.clusters ?? null,
    nights: options.nights ?? null,
    vary,
    shakes: 0,
  };
  const { out, jobs } = options;
  const outlook = await lookAhead({ ...what, kindsUrl: kindsUrl(), folder: out, threads: jobs });
  if (options.progress !== 'none') tell(outlookLine(outlook));
  await runInto(
    { what, json: (result) => runJson(result, out), text: (result) => sweepText(result, out) },
    options,
  );
}
