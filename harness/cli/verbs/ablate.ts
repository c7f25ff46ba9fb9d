import { join } from 'node:path';
import type { Command } from 'commander';
import { backupNight } from '../../kinds/backup-night.ts';
import { ablate, type Ablation } from '../../measure/ablation/ablate.ts';
import { ablationTable } from '../../measure/ablation/ablation-table.ts';
import { textsOf, variantsOf, type Variants } from '../../measure/ablation/variants.ts';
import { UserError } from '../../model/errors.ts';
import type { Metric } from '../../model/kind.ts';
import { itemTableCsv } from '../../report/item-csv.ts';
import { writeAtomic } from '../../run/atomic-write.ts';
import type { RunResult } from '../../run/run.ts';
import { ablateText } from '../ablate-text.ts';
import { parseCount } from '../options.ts';
import { addRunningOptions, runInto, type RunningOptions } from '../run-into.ts';
import { addFaultOption, varyAskOf, type FaultOptions } from '../vary-options.ts';

interface Options extends RunningOptions, FaultOptions {
  readonly strategy: string;
  readonly clusters?: number;
  readonly nights?: number;
}

/** protection, time, contention */
const judgedBy = ['t95_vms_s', 'makespan_s', 'excess_streams_per_tb'];

export function ablateCommand(program: Command): void {
  const command = program
    .command('ablate')
    .summary('switch the considerations of a strategy off, one by one: what does each buy?')
    .description(
      'Runs a strategy whole, without each of its considerations, with each of them alone, and with none, over the documents or suites; compares them cluster by cluster. The strategies that a suite names are not run.',
    )
    .argument('<file...>', 'documents and suites')
    .option('-s, --strategy <name>', 'one that names its considerations', 'priority-list')
    .option('--clusters <n>', 'cluster seeds 1 to n', parseCount(100_000))
    .option('--nights <m>', 'night seeds 1 to m', parseCount(100_000))
    .action(ablateVerb);
  addFaultOption(addRunningOptions(command));
}

async function ablateVerb(files: string[], options: Options): Promise<void> {
  const variants = variantsFor(options.strategy);
  await runInto(
    {
      what: {
        files,
        strategies: textsOf(variants),
        clusters: options.clusters ?? null,
        nights: options.nights ?? null,
        vary: varyAskOf(options),
        shakes: 0,
      },
      json: (result) => ({ variants, effects: effectsOf(result, variants) }),
      text: (result) => ablateText(written(result, variants, options.out)),
    },
    options,
  );
}

function variantsFor(text: string): Variants {
  const strategy = backupNight.strategies.find(({ name }) => name === text);
  if (strategy === undefined) backupNight.parseStrategy(text); // says which there are
  const variants = strategy === undefined ? null : variantsOf(strategy, backupNight.parseStrategy);
  if (variants !== null) return variants;
  const known = backupNight.strategies.filter(({ considerations }) => considerations !== undefined);
  throw new UserError(
    `${text} names no considerations to switch off; these do: ${known.map(({ name }) => name).join(', ')}`,
  );
}

const metrics = (): Metric[] => backupNight.metrics.filter(({ name }) => judgedBy.includes(name));

function effectsOf({ rows }: RunResult, variants: Variants): object[] {
  const { columns, rows: lines } = ablationTable(ablate(rows, variants, metrics()));
  return lines.map((line) => Object.fromEntries(columns.map((column, i) => [column, line[i]])));
}

function written({ rows }: RunResult, variants: Variants, out: string): readonly Ablation[] {
  const ablations = ablate(rows, variants, metrics());
  const { columns, rows: lines } = ablationTable(ablations);
  writeAtomic(join(out, 'ablation.csv'), itemTableCsv(columns, lines));
  return ablations;
}
