import type { Command } from 'commander';
import { splitStrategies } from '../../kit/strategy-list.ts';
import { robustnessSentences } from '../../measure/robustness/robustness-text.ts';
import { robustnessTable } from '../../measure/robustness/robustness-table.ts';
import { robustnessOf, type RobustnessQuestion } from '../../measure/robustness/robustness.ts';
import { UserError } from '../../model/errors.ts';
import type { Kind } from '../../model/kind.ts';
import { metricsOf } from '../../run/judge.ts';
import { lookAhead } from '../../run/outlook.ts';
import { writeRobustness } from '../../run/robustness-results.ts';
import type { RunResult } from '../../run/run.ts';
import { kindsUrl } from '../kinds-url.ts';
import { collect, parseCount } from '../options.ts';
import { outlookLine } from '../outlook-line.ts';
import { robustnessText } from '../robustness-text.ts';
import { addRunningOptions, runInto, type RunningOptions } from '../run-into.ts';
import { tell } from '../terminal.ts';
import { addFaultOption, varyAskOf, type FaultOptions } from '../vary-options.ts';

interface Options extends RunningOptions, FaultOptions {
  readonly strategies: string;
  readonly baseline?: string;
  readonly metric?: string[];
  readonly clusters?: number;
  readonly nights?: number;
  readonly levels: number;
  readonly draws: number;
  readonly seed: number;
  readonly shake?: number;
}

export function robustnessCommand(program: Command): void {
  const command = program
    .command('robustness')
    .summary('repeat a comparison under other assumptions: does its verdict hold?')
    .description(
      'Compares strategies over documents and suites, as `judge` does, under every assumption that `list assumptions` shows: each alone over its range, and all of them drawn together. Says of every verdict in how many it holds, and when it flips. The strategies that a suite names are not run. Says before it starts how many cells there are; the same command goes on after an interruption.',
    )
    .argument('<file...>', 'documents and suites')
    .requiredOption('--strategies <list>', "two or more, as 'priority-list,least-loaded'")
    .option('--baseline <strategy>', 'one of them: compare the others with this one alone')
    .option('--metric <name>', 'see `list metrics`; may be given several times', collect)
    .option('--clusters <n>', 'cluster seeds 1 to n; below 6 nothing can be said', parseCount(100_000))
    .option('--nights <m>', 'night seeds 1 to m', parseCount(100_000))
    .option('--levels <n>', 'values of a range, its ends included', parseLevels, 2)
    .option('--draws <n>', 'draws of all assumptions together, a Latin hypercube', parseCount(10_000), 40)
    .option('--seed <n>', 'of the draws', parseCount(1_000_000), 1)
    .option('--shake <k>', 'k shaken copies of every cell: measures the noise', parseCount(100))
    .action(robustnessVerb);
  addFaultOption(addRunningOptions(command));
}

const parseCountOfLevels = parseCount(100);
function parseLevels(text: string): number {
  const levels = parseCountOfLevels(text);
  if (levels < 2) throw new UserError('--levels: expected at least 2, the ends of a range');
  return levels;
}

async function robustnessVerb(files: string[], options: Options): Promise<void> {
  const { out, jobs, levels, draws, seed } = options;
  const strategies = splitStrategies(options.strategies);
  const what = {
    files,
    strategies,
    clusters: options.clusters ?? null,
    nights: options.nights ?? null,
    vary: { ...varyAskOf(options), assumptions: { levels, draws, seed } },
    shakes: options.shake ?? 0,
  };
  const outlook = await lookAhead({ ...what, kindsUrl: kindsUrl(), folder: out, threads: jobs });
  const question = questionOf(strategies, outlook.kind, options);
  if (options.progress !== 'none') tell(outlookLine(outlook));
  const allOf = (result: RunResult) => robustnessOf(result, result.sweep!, question);
  await runInto(
    {
      what: { ...what, writeSweep: writeRobustness(question) },
      json: (result) => jsonOf(result, allOf),
      text: (result) => robustnessText(allOf(result), result, out),
    },
    options,
  );
}

/** @throws {UserError} */
function questionOf(texts: readonly string[], kind: Kind, { baseline, metric }: Options): RobustnessQuestion {
  const strategies = [...new Set(texts.map(kind.parseStrategy))];
  if (strategies.length < 2) throw new UserError('--strategies: expected two at least, as a,b');
  const held = baseline === undefined ? null : kind.parseStrategy(baseline);
  if (held !== null && !strategies.includes(held))
    throw new UserError(
      `--baseline: ${held} is not among the strategies; expected one of ${strategies.join(', ')}`,
    );
  return { strategies, baseline: held, metrics: metricsOf(kind, metric ?? []) };
}

function jsonOf(result: RunResult, allOf: (result: RunResult) => ReturnType<typeof robustnessOf>): object {
  if (result.written === null)
    return { interrupted: true, planned: result.planned, computed: result.computed };
  const all = allOf(result);
  const { columns, rows } = robustnessTable(all);
  return {
    interrupted: false,
    verdicts: all.map((of) => ({
      document: of.document,
      metric: of.metric.name,
      a: of.a,
      b: of.b,
      sentences: robustnessSentences(of),
    })),
    comparisons: rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]))),
    files: result.written,
  };
}
