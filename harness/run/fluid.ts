import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { setFlagsFromString } from 'node:v8';
import { UserError } from '../model/errors.ts';
import {
  createTraceReader,
  simulateTrace,
  type SolverName,
  type Trace,
  type TraceRun,
} from '../kinds/fluid-traces.ts';
import { writeAtomicParts } from './atomic-write.ts';

export { solverNames, type SolverName } from '../kinds/fluid-traces.ts';

export interface FluidTask {
  readonly path: string;
  readonly csv: string | null;
  readonly solver: SolverName;
  readonly checkEvery: number | null;
  /** so many runs in this process before the one that is timed */
  readonly warmRuns: number;
}

/** Seconds are of the simulation alone, without reading and writing. */
export interface FluidResult {
  readonly wallS: number;
  readonly cpuS: number;
  readonly events: number;
  readonly makespanS: number;
  /** the most that the process has held so far */
  readonly rssMB: number;
  readonly checkError: number | null;
}

/** @throws {UserError | WriteError} */
export function runFluid({ path, csv, solver, checkEvery, warmRuns }: FluidTask): FluidResult {
  if (warmRuns === 0) for (const flag of quickerToCompile) setFlagsFromString(flag);
  const trace = readTrace(path);
  for (let i = 0; i < warmRuns; i++) simulateTrace(trace, solver, null);
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  const run = simulateTrace(trace, solver, checkEvery);
  const wallS = (performance.now() - before) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  if (csv !== null) writeAtomicParts(csv, rowsOf(run));
  const { events, makespanS, checkError } = run;
  const rssMB = process.resourceUsage().maxRSS / 1000; // kB
  return { wallS, cpuS: (user + system) / 1e6, events, makespanS, rssMB, checkError };
}

function* rowsOf({ startS, endS }: TraceRun): Generator<string> {
  for (let flow = 0; flow < startS.length; flow++) yield `${flow},${startS[flow]},${endS[flow]}\n`;
}

/**
 * A short run is over before Node has compiled it. Inlining (up to 920 by default) has it compile small functions again wherever
 * they are called, and peeling a copy of every loop: without, cold runs take a tenth to a quarter less, warm ones a tenth
 * more. Known to Node 20, 22 and 24; Node says on stderr what it does not know, and goes on.
 */
const quickerToCompile = ['--max-inlined-bytecode-size-cumulative=200', '--no-turbo-loop-peeling'];

const chunkBytes = 2 ** 16;

function readTrace(path: string): Trace {
  const reader = createTraceReader(path);
  const file = reading(path, () => openSync(path, 'r'));
  try {
    const decoder = new StringDecoder('utf8');
    const bytes = Buffer.alloc(chunkBytes);
    let rest = '';
    for (;;) {
      const count = reading(path, () => readSync(file, bytes));
      if (count === 0) break;
      const lines = (rest + decoder.write(bytes.subarray(0, count))).split('\n');
      rest = lines.pop()!;
      for (const line of lines) reader.line(line);
    }
    if (rest !== '') reader.line(rest);
  } finally {
    closeSync(file);
  }
  return reader.end();
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UserError(
      `${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    );
  }
}
