import type { Command } from 'commander';
import { collect, parseCount } from '../options.ts';
import { addRunningOptions, runInto, type RunningOptions } from '../run-into.ts';
import { runJson } from '../run-json.ts';
import { runText } from '../run-text.ts';
import { addFaultOption, varyAskOf, type FaultOptions } from '../vary-options.ts';

interface Options extends RunningOptions, FaultOptions {
  readonly strategy?: string[];
  readonly clusters?: number;
  readonly nights?: number;
  readonly shake?: number;
}

export function runCommand(program: Command): void {
  const command = program
    .command('run')
    .summary('simulate nights under strategies; table, CSV and charts out')
    .description(
      'Runs documents and suites. A suite brings its strategies and seeds; a bare document is run under every strategy, with one seed. What the folder holds already is not computed again: the same command goes on after an interruption.',
    )
    .argument('<file...>', 'documents and suites')
    .option(
      '-s, --strategy <text>',
      "name, or 'name[parameter=value,...]'; may be given several times",
      collect,
    )
    .option('--clusters <n>', 'cluster seeds 1 to n', parseCount(100_000))
    .option('--nights <m>', 'night seeds 1 to m', parseCount(100_000))
    .option(
      '--shake <k>',
      'k shaken copies of every cell, for `judge`: order shuffled, sizes +-1 %, starts +-60 s',
      parseCount(100),
    )
    .action(runVerb);
  addFaultOption(addRunningOptions(command));
}

const runVerb = (files: string[], options: Options): Promise<void> =>
  runInto(
    {
      what: {
        files,
        strategies: options.strategy ?? null,
        clusters: options.clusters ?? null,
        nights: options.nights ?? null,
        vary: varyAskOf(options),
        shakes: options.shake ?? 0,
      },
      json: (result) => runJson(result, options.out),
      text: (result) => runText(result, options.out),
    },
    options,
  );
