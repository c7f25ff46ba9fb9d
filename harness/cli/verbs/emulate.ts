import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { wallKindsUrl } from '../kinds-url.ts';
import { collect, parseCount } from '../options.ts';
import { runInto, type RunningOptions } from '../run-into.ts';
import { runJson } from '../run-json.ts';
import { runText } from '../run-text.ts';

interface Options extends Pick<RunningOptions, 'out' | 'json' | 'progress'> {
  readonly strategy?: string[];
  readonly night: number;
  readonly scale: number | 'auto';
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
    .option('--json', 'one JSON document instead of the table')
    .addOption(new Option('--progress <how>', 'on stderr').choices(['auto', 'plain', 'none']).default('auto'))
    .action(emulateVerb);
}

const emulateVerb = (files: string[], options: Options): Promise<void> =>
  runInto(
    {
      what: {
        files,
        strategies: options.strategy ?? null,
        clusters: 1,
        firstNight: options.night,
        nights: options.night,
        live: { options: { scale: options.scale }, threads: availableParallelism() },
      },
      kindsUrl: wallKindsUrl(),
      stopping: 'the night is cut off; those that are finished are kept',
      json: (result) => runJson(result, options.out),
      text: (result) => runText(result, options.out),
    },
    // one night at a time: it takes what time it takes
    { ...options, jobs: 1, timeout: Infinity },
  );

/** @throws {InvalidArgumentError} unless it is "auto" or a number above 0 */
function parseScale(text: string): number | 'auto' {
  const value = Number(text);
  if (text === 'auto' || (/^\d+(?:\.\d+)?$/u.test(text) && value > 0)) return text === 'auto' ? text : value;
  throw new InvalidArgumentError('expected auto, or a number above 0');
}
