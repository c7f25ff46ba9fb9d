import { Command, CommanderError } from 'commander';
import { UnusableError, UserError, WriteError } from '../model/errors.ts';
import { exitCodes } from './exit-codes.ts';
import { failureJson } from './json.ts';
import { say, tell } from './terminal.ts';
import { version } from './package.ts';

/** One file per verb; each adds itself to the program. Loaded when it is asked for: some stand on half of the package. */
const verbs: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  run: async () => (await import('./verbs/run.ts')).runCommand,
  sweep: async () => (await import('./verbs/sweep.ts')).sweepCommand,
  tune: async () => (await import('./verbs/tune.ts')).tuneCommand,
  plan: async () => (await import('./verbs/plan.ts')).planCommand,
  judge: async () => (await import('./verbs/judge.ts')).judgeCommand,
  gate: async () => (await import('./verbs/gate.ts')).gateCommand,
  drill: async () => (await import('./verbs/drill.ts')).drillCommand,
  inspect: async () => (await import('./verbs/inspect.ts')).inspectCommand,
  size: async () => (await import('./verbs/size.ts')).sizeCommand,
  resilience: async () => (await import('./verbs/resilience.ts')).resilienceCommand,
  ablate: async () => (await import('./verbs/ablate.ts')).ablateCommand,
  robustness: async () => (await import('./verbs/robustness.ts')).robustnessCommand,
  experiment: async () => (await import('./verbs/experiment.ts')).experimentCommand,
  import: async () => (await import('./verbs/import.ts')).importCommand,
  generate: async () => (await import('./verbs/generate.ts')).generateCommand,
  list: async () => (await import('./verbs/list.ts')).listCommand,
  emulate: async () => (await import('./verbs/emulate.ts')).emulateCommand,
  compare: async () => (await import('./verbs/compare.ts')).compareCommand,
  cost: async () => (await import('./verbs/cost.ts')).costCommand,
  schema: async () => (await import('./verbs/schema.ts')).schemaCommand,
  fluid: async () => (await import('./verbs/fluid.ts')).fluidCommand,
  explain: async () => (await import('./verbs/explain.ts')).explainCommand,
  diff: async () => (await import('./verbs/diff.ts')).diffCommand,
  export: async () => (await import('./verbs/export.ts')).exportCommand,
};

/** With the verb that is asked for; where it is none of them, with all, to show or suggest. */
async function createProgram([verb]: readonly string[]): Promise<Command> {
  const program = new Command('proxybench')
    .description('Benchmarks strategies that assign VM backups to proxies, on nights that are simulated.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', examples);
  const one = verb !== undefined && Object.hasOwn(verbs, verb) ? [verbs[verb]!] : Object.values(verbs);
  for (const load of one) (await load())(program);
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
    const program = await createProgram(args);
    await program.parseAsync(args, { from: 'user' });
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
