import { availableParallelism } from 'node:os';
import { Option, type Command } from 'commander';
import { createProgress, type Progress, type ProgressMode } from '../run/progress.ts';
import { notComputed, run, type RunOptions, type RunResult } from '../run/run.ts';
import { exitCodes } from './exit-codes.ts';
import { successJson } from './json.ts';
import { kindsUrl } from './kinds-url.ts';
import { parseCount, parseSeconds } from './options.ts';
import { tool } from './package.ts';
import { watchSignals } from './signals.ts';
import { say, tell } from './terminal.ts';

/** Of every verb that computes cells into a folder. */
export interface RunningOptions {
  readonly out: string;
  readonly jobs: number;
  readonly timeout: number;
  readonly json?: boolean;
  readonly progress: 'auto' | 'plain' | 'none';
}

export const addRunningOptions = (command: Command): Command =>
  command
    .requiredOption('-o, --out <dir>', 'folder for the results')
    .option('-j, --jobs <j>', 'cells at once', parseCount(1024), availableParallelism())
    .option('--timeout <seconds>', 'for one cell', parseSeconds, 600)
    .option('--json', 'one JSON document instead of the table')
    .addOption(
      new Option('--progress <how>', 'on stderr').choices(['auto', 'plain', 'none']).default('auto'),
    );

export interface Running {
  readonly what: Pick<
    RunOptions,
    'files' | 'strategies' | 'clusters' | 'firstNight' | 'nights' | 'vary' | 'shakes' | 'live' | 'writeSweep'
  >;
  /** left out: those that are simulated */
  readonly kindsUrl?: string;
  /** what a signal does to cells that are under way; left out: they are finished */
  readonly stopping?: string;
  /** also of a run that was interrupted */
  readonly json: (result: RunResult) => object;
  /** of a complete one */
  readonly text: (result: RunResult) => string;
}

/** Computes, or goes on with what the folder holds; says what came out, and sets the exit code. */
export async function runInto(running: Running, options: RunningOptions): Promise<void> {
  const { what, json, text } = running;
  const signals = watchSignals(running.stopping);
  try {
    const result = await run({
      ...what,
      kindsUrl: running.kindsUrl ?? kindsUrl(),
      folder: options.out,
      threads: options.jobs,
      timeoutS: options.timeout,
      origin: { tool, argv: process.argv.slice(2) },
      progress: progressFor(options.progress),
      stop: signals.stop,
    });
    const code = codeOf(result, signals.received());
    process.exitCode = code;
    if (options.json) say(successJson(code, json(result)));
    else if (result.written !== null) say(text(result));
    if (options.progress !== 'none' && result.cost.strategyMs > 0) tell(costLine(result));
    if (result.written === null) tell(howToGoOn(result, options.out));
  } finally {
    signals.end();
  }
}

/** Of the clock, so it stands beside the results and not among them. */
function costLine({ cost: { cellMs, strategyMs } }: RunResult): string {
  const s = (ms: number) => (ms / 1000).toFixed(ms < 10_000 ? 2 : 0);
  const percent = ((100 * strategyMs) / cellMs).toFixed(0);
  return `cells took ${s(cellMs)} s, their strategies ${s(strategyMs)} s of it (${percent} %)`;
}

function codeOf({ written, rows, shaken }: RunResult, signal: 'SIGINT' | 'SIGTERM' | null): number {
  if (written === null) return exitCodes[signal ?? 'SIGINT'];
  const failed = [...rows, ...shaken].some(({ outcome }) => notComputed.includes(outcome.status));
  return failed ? exitCodes.notComputed : exitCodes.done;
}

function progressFor(how: RunningOptions['progress']): Progress {
  const { stderr, env } = process;
  const isLive = stderr.isTTY && env['TERM'] !== 'dumb' && env['CI'] === undefined;
  const mode: ProgressMode = how !== 'auto' ? how : isLive ? 'live' : 'plain';
  const write = (text: string) => void stderr.write(text);
  return createProgress({ mode, write, clock: () => performance.now(), width: stderr.columns ?? 80 });
}

function howToGoOn({ rows, shaken, planned }: RunResult, out: string): string {
  const command = ['npx', 'proxybench', ...process.argv.slice(2)].map(quoted).join(' ');
  return `interrupted: ${rows.length + shaken.length} of ${planned} cells are kept in ${out}, no results were written; to go on:\n  ${command}`;
}

/** For a shell. */
const quoted = (word: string): string =>
  /^[\w./:=@%+,-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
