import { Command, CommanderError } from 'commander';
import { UnusableError, UserError, WriteError } from '../model/errors.ts';
import { exitCodes } from './exit-codes.ts';
import { failureJson } from './json.ts';
import { say, tell } from './terminal.ts';
import { version } from './package.ts';
import { ablateCommand } from './verbs/ablate.ts';
import { compareCommand } from './verbs/compare.ts';
import { costCommand } from './verbs/cost.ts';
import { emulateCommand } from './verbs/emulate.ts';
import { diffCommand } from './verbs/diff.ts';
import { explainCommand } from './verbs/explain.ts';
import { exportCommand } from './verbs/export.ts';
import { inspectCommand } from './verbs/inspect.ts';
import { experimentCommand } from './verbs/experiment.ts';
import { generateCommand } from './verbs/generate.ts';
import { fluidCommand } from './verbs/fluid.ts';
import { importCommand } from './verbs/import.ts';
import { drillCommand } from './verbs/drill.ts';
import { gateCommand } from './verbs/gate.ts';
import { judgeCommand } from './verbs/judge.ts';
import { listCommand } from './verbs/list.ts';
import { planCommand } from './verbs/plan.ts';
import { robustnessCommand } from './verbs/robustness.ts';
import { runCommand } from './verbs/run.ts';
import { sweepCommand } from './verbs/sweep.ts';
import { tuneCommand } from './verbs/tune.ts';
import { resilienceCommand } from './verbs/resilience.ts';
import { schemaCommand } from './verbs/schema.ts';
import { sizeCommand } from './verbs/size.ts';

/** One file per verb; each adds itself to the program. */
const verbs: readonly ((program: Command) => void)[] = [
  runCommand,
  sweepCommand,
  tuneCommand,
  planCommand,
  judgeCommand,
  gateCommand,
  drillCommand,
  inspectCommand,
  sizeCommand,
  resilienceCommand,
  ablateCommand,
  robustnessCommand,
  experimentCommand,
  importCommand,
  generateCommand,
  listCommand,
  emulateCommand,
  compareCommand,
  costCommand,
  schemaCommand,
  fluidCommand,
  explainCommand,
  diffCommand,
  exportCommand,
];

export function createProgram(): Command {
  const program = new Command('proxybench')
    .description('Benchmarks strategies that assign VM backups to proxies, on nights that are simulated.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', examples);
  for (const add of verbs) add(program);
  return program;
}

const examples = `
Examples:
  proxybench import rvtools.xlsx --overlay my-storage.yaml -o estate.yaml
  proxybench run fixtures/suites/quickstart.yaml -o results/quickstart
  proxybench plan fixtures/suites/reference.yaml
  proxybench run estate.yaml --strategy priority-list --strategy least-loaded --nights 5 -o results/mine
  proxybench generate enterprise-san --vms 1000 -o estate.yaml
  proxybench inspect estate.yaml
  proxybench explain results/mine#3f --vm sql-17
  proxybench list metrics

Exit codes: 0 done, 1 crash, 2 usage or input, 20 gate failed, 21 gate not decided, 22 a cell was not computed or a
result could not be written, 23 results or baseline unusable, 130/143 interrupted.`;

/** Runs a verb and sets the exit code of the process. */
export async function runProgram(args: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    const { code, problems } = failureOf(error);
    process.exitCode = code;
    if (problems.length > 0 && args.includes('--json')) say(failureJson(code, problems));
  }
}

interface Failure {
  readonly code: number;
  readonly problems: readonly string[];
}

/** Says on stderr what went wrong; commander has already said what it found. */
function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError)
    return error.exitCode === 0
      ? { code: exitCodes.done, problems: [] }
      : { code: exitCodes.usage, problems: [error.message.replace(/^error: /u, '')] };
  const expected = expectedErrors.find(([type]) => error instanceof type);
  if (expected === undefined) {
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { code: exitCodes.crash, problems: [String(error)] };
  }
  const problems = error instanceof UserError ? error.problems : [(error as Error).message];
  for (const problem of problems) tell(`error: ${problem}`);
  return { code: expected[1], problems };
}

/** Errors that are no bugs: told without a stack. */
const expectedErrors = [
  [UserError, exitCodes.usage],
  [WriteError, exitCodes.notComputed],
  [UnusableError, exitCodes.unusable],
] as const;
