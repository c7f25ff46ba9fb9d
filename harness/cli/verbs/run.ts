import { availableParallelism } from 'node:os';
import { Option, type Command } from 'commander';
import { createProgress, type Progress, type ProgressMode } from '../../run/progress.ts';
import { notComputed, run, type RunResult } from '../../run/run.ts';
import { exitCodes } from '../exit-codes.ts';
import { successJson } from '../json.ts';
import { kindsUrl } from '../kinds-url.ts';
import { collect, parseCount, parseSeconds } from '../options.ts';
import { tool } from '../package.ts';
import { runJson } from '../run-json.ts';
import { runText } from '../run-text.ts';
import { say, tell } from '../terminal.ts';
import { watchSignals } from '../signals.ts';
import { addFaultOption, varyAskOf, type FaultOptions } from '../vary-options.ts';

interface Options extends FaultOptions {
  readonly out: string;
  readonly strategy?: string[];
  readonly clusters?: number;
  readonly nights?: number;
  readonly shake?: number;
  readonly jobs: number;
  readonly timeout: number;
  readonly json?: boolean;
  readonly progress: 'auto' | 'plain' | 'none';
}

export function runCommand(program: Command): void {
  const command = program
    .command('run')
    .summary('simulate nights under strategies; table, CSV and charts out')
    .description(
      'Runs documents and suites. A suite brings its strategies and seeds; a bare document is run under every strategy, with one seed. What the folder holds already is not computed again: the same command goes on after an interruption.',
    )
    .argument('<file...>', 'documents and suites')
    .requiredOption('-o, --out <dir>', 'folder for the results')
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
    .option('-j, --jobs <j>', 'cells at once', parseCount(1024), availableParallelism())
    .option('--timeout <seconds>', 'for one cell', parseSeconds, 600)
    .option('--json', 'one JSON document instead of the table')
    .addOption(new Option('--progress <how>', 'on stderr').choices(['auto', 'plain', 'none']).default('auto'))
    .action(runVerb);
  addFaultOption(command);
}

async function runVerb(files: string[], options: Options): Promise<void> {
  const signals = watchSignals();
  try {
    const result = await run({
      files,
      strategies: options.strategy ?? null,
      clusters: options.clusters ?? null,
      nights: options.nights ?? null,
      vary: varyAskOf(options),
      shakes: options.shake ?? 0,
      kindsUrl: kindsUrl(),
      folder: options.out,
      threads: options.jobs,
      timeoutS: options.timeout,
      origin: { tool, argv: process.argv.slice(2) },
      progress: progressFor(options.progress),
      stop: signals.stop,
    });
    const code = codeOf(result, signals.received());
    process.exitCode = code;
    if (options.json) say(successJson(code, runJson(result, options.out)));
    else if (result.written !== null) say(runText(result, options.out));
    if (result.written === null) tell(howToGoOn(result, options.out));
  } finally {
    signals.end();
  }
}

function codeOf({ written, rows, shaken }: RunResult, signal: 'SIGINT' | 'SIGTERM' | null): number {
  if (written === null) return exitCodes[signal ?? 'SIGINT'];
  const failed = [...rows, ...shaken].some(({ outcome }) => notComputed.includes(outcome.status));
  return failed ? exitCodes.notComputed : exitCodes.done;
}

function progressFor(how: Options['progress']): Progress {
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
