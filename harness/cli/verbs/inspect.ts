import type { Command } from 'commander';
import { inspectDocument } from '../../measure/inspect/inspect.ts';
import { parseDocument } from '../../model/document/parse-document.ts';
import { readText } from '../../run/read-text.ts';
import { inspectText } from '../inspect-text.ts';
import { successJson } from '../json.ts';
import { parseCount } from '../options.ts';
import { say } from '../terminal.ts';

interface Options {
  readonly clusterSeed: number;
  readonly nightSeed: number;
  readonly json?: boolean;
}

export function inspectCommand(program: Command): void {
  program
    .command('inspect')
    .summary('show what a document amounts to, before any run')
    .description(
      'Prints tiers, stream limits, lower bounds on the night and what will strand, whatever a strategy decides.',
    )
    .argument('<file>', 'a document')
    .option('--cluster-seed <n>', 'draws placement where it is assumed', parseCount(100_000), 1)
    .option('--night-seed <n>', 'draws changed data and production load', parseCount(100_000), 1)
    .option('--json', 'one JSON document instead of the tables')
    .action((file: string, { clusterSeed, nightSeed, json }: Options) => {
      const document = parseDocument(readText(file), file);
      const inspection = inspectDocument(document, { clusterSeed, nightSeed });
      say(json ? successJson(0, inspection) : inspectText(inspection));
    });
}
