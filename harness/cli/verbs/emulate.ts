import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { UserError } from '../../model/errors.ts';
import { wallKindsUrl } from '../kinds-url.ts';
import { collect, parseCount } from '../options.ts';
import { runInto, type RunningOptions } from '../run-into.ts';
import { runJson } from '../run-json.ts';
import { runText } from '../run-text.ts';

interface Options extends Pick<RunningOptions, 'out' | 'json' | 'progress'> {
  readonly strategy?: string[];
  readonly night: number;
  readonly scale: number | 'auto';
  readonly data?: string;
  readonly prepare?: boolean;
  readonly unshaped?: boolean;
}

export function emulateCommand(program: Command): void {
  program
    .command('emulate')
    .summary('run a night on the wall clock: real threads, real bytes')
    .description(
      'The same night as `run` simulates, on the wall clock: data agents on threads of their own read, hash, compress, write and restore real blocks, and every device, network and CPU of the document serves its streams block by block. Seconds and bytes are scaled to what this machine can do. `compare` lays the folder beside one of `run`. Times differ a little from one run to the next.',
    )
    .argument('<file...>', 'documents, and suites that name some')
    .requiredOption('-o, --out <dir>', 'folder for the results')
    .option(
      '-s, --strategy <text>',
      "name, or 'name[parameter=value,...]'; may be given several times; left out: what the suite says",
      collect,
    )
    .option('--night <n>', 'night seed', parseCount(100_000), 1)
    .option('--scale <x>', 'seconds of the night in a second of wall time', parseScale, 'auto')
    .option(
      '--data <dir>',
      'read real files of this folder, and keep what is backed up in files of the result folder',
    )
    .option('--prepare', 'make the files of --data first')
    .option(
      '--unshaped',
      'hold nothing back: scale 1, files of --data read and written past the cache; what the machine does',
    )
    .option('--json', 'one JSON document instead of the table')
    .addOption(new Option('--progress <how>', 'on stderr').choices(['auto', 'plain', 'none']).default('auto'))
    .action(emulateVerb);
}

function emulateVerb(files: string[], options: Options): Promise<void> {
  const { scale, data = null, prepare = false, unshaped = false } = options;
  if ((prepare || unshaped) && data === null)
    throw new UserError(`--${prepare ? 'prepare' : 'unshaped'} needs --data DIR`);
  if (unshaped && scale !== 'auto') throw new UserError('--unshaped and --scale: nothing is scaled');
  return runInto(
    {
      what: {
        files,
        strategies: options.strategy ?? null,
        clusters: 1,
        firstNight: options.night,
        nights: options.night,
        live: { options: { scale, data, prepare, unshaped }, threads: availableParallelism() },
      },
      kindsUrl: wallKindsUrl(),
      stopping: 'the night is cut off; those that are finished are kept',
      json: (result) => runJson(result, options.out),
      text: (result) => runText(result, options.out),
    },
    // one night at a time: it takes what time it takes
    { ...options, jobs: 1, timeout: Infinity },
  );
}

/** @throws {InvalidArgumentError} unless it is "auto" or a number above 0 */
function parseScale(text: string): number | 'auto' {
  const value = Number(text);
  if (text === 'auto' || (/^\d+(?:\.\d+)?$/u.test(text) && value > 0)) return text === 'auto' ? text : value;
  throw new InvalidArgumentError('expected auto, or a number above 0');
}
