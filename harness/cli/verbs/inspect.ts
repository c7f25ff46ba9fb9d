import type { Command } from 'commander';
import { inspectDocument } from '../../measure/inspect/inspect.ts';
import { loadSolver } from '../../kinds/solve-program.ts';
import { inspectText } from '../inspect-text.ts';
import { successJson } from '../json.ts';
import { parseCount } from '../options.ts';
import { say } from '../terminal.ts';
import { readVaried } from '../varied-document.ts';
import { addFaultOption, addVaryOption, type VaryOptions } from '../vary-options.ts';

interface Options extends VaryOptions {
  readonly clusterSeed: number;
  readonly nightSeed: number;
  readonly json?: boolean;
}

export function inspectCommand(program: Command): void {
  const command = program
    .command('inspect')
    .summary('show what a document amounts to, before any run')
    .description(
      'Prints tiers, stream limits, lower bounds on the night and what will strand, whatever a strategy decides.',
    )
    .argument('<file>', 'a document')
    .option('--cluster-seed <n>', 'draws placement where it is assumed', parseCount(100_000), 1)
    .option('--night-seed <n>', 'draws changed data and production load', parseCount(100_000), 1)
    .option('--json', 'one JSON document instead of the tables')
    .action(async (file: string, { clusterSeed, nightSeed, json, ...vary }: Options) => {
      const { document, notes } = readVaried(file, vary);
      const inspected = inspectDocument(document, { clusterSeed, nightSeed }, await loadSolver());
      const inspection = { ...inspected, caveats: [...inspected.caveats, ...notes] };
      say(json ? successJson(0, inspection) : inspectText(inspection));
    });
  addFaultOption(addVaryOption(command));
}
