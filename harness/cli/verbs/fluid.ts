import { Option, type Command } from 'commander';
import { runFluid, solverNames, type SolverName } from '../../run/fluid.ts';
import { parseCount } from '../options.ts';
import { say } from '../terminal.ts';

interface Options {
  readonly csv?: string;
  readonly solver: SolverName;
  readonly check?: number;
  readonly warm?: number;
}

export function fluidCommand(program: Command): void {
  program
    .command('fluid')
    .summary('run a trace of flows through the fluid engine')
    .description(
      'Runs a fluid-trace v1 file and prints one JSON line: wallS and cpuS of the simulation alone, events,\n' +
        'makespanS, rssMB, and checkError, the worst relative error of --check.',
    )
    .argument('<trace>', 'a fluid-trace v1 file')
    .option('--csv <file>', 'write rows flow,start,end')
    .addOption(new Option('--solver <name>', 'which solver').choices(solverNames).default(solverNames[0]))
    .option('--check <n>', 'verify max-min fairness from scratch every n events', parseCount(2 ** 31))
    .option('--warm <k>', 'run it k times in this process first', parseCount(1000))
    .action((path: string, { csv, solver, check, warm }: Options) => {
      const task = { path, csv: csv ?? null, solver, checkEvery: check ?? null, warmRuns: warm ?? 0 };
      say(JSON.stringify(runFluid(task)));
    });
}
