import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { formatDuration } from '../../model/units.ts';
import { renderTable } from '../../report/table.ts';
import { lookAhead, type Outlook } from '../../run/outlook.ts';
import { successJson } from '../json.ts';
import { kindsUrl } from '../kinds-url.ts';
import { outlookLine } from '../outlook-line.ts';
import { collect, parseCount } from '../options.ts';
import { say } from '../terminal.ts';
import {
  addDesignOption,
  addFaultOption,
  addVaryOption,
  varyAskOf,
  type VaryOptions,
} from '../vary-options.ts';

interface Options extends VaryOptions {
  readonly out?: string;
  readonly strategy?: string[];
  readonly clusters?: number;
  readonly nights?: number;
  readonly shake?: number;
  readonly jobs: number;
  readonly json?: boolean;
}

export function planCommand(program: Command): void {
  const command = program
    .command('plan')
    .summary('count what a run would compute, and how long it would take')
    .description(
      'Counts the cells of documents and suites, says which of them a result folder holds already, and estimates the time of the others. Computes nothing.',
    )
    .argument('<file...>', 'documents and suites')
    .option('-o, --out <dir>', 'folder of results, as for run')
    .option('-s, --strategy <text>', 'as for run', collect)
    .option('--clusters <n>', 'cluster seeds 1 to n', parseCount(100_000))
    .option('--nights <m>', 'night seeds 1 to m', parseCount(100_000))
    .option('--shake <k>', 'as for run', parseCount(100))
    .option('-j, --jobs <j>', 'cells at once', parseCount(1024), availableParallelism())
    .option('--json', 'one JSON document instead of the table')
    .action(async (files: string[], options: Options) => {
      const outlook = await lookAhead({
        files,
        strategies: options.strategy ?? null,
        clusters: options.clusters ?? null,
        nights: options.nights ?? null,
        vary: varyAskOf(options),
        shakes: options.shake ?? 0,
        kindsUrl: kindsUrl(),
        folder: options.out ?? null,
        threads: options.jobs,
      });
      say(options.json ? successJson(0, outlookJson(outlook)) : outlookText(outlook));
    });
  addDesignOption(addFaultOption(addVaryOption(command)));
}

const outlookJson = ({ kind, ...outlook }: Outlook) => ({ kind: kind.name, ...outlook });

function outlookText({ kind, documents, ...outlook }: Outlook): string {
  const table = renderTable({
    columns: ['document', kind.itemTable, 'cells', 'done', 'left, one thread'],
    rows: documents.map((d) => [
      d.name,
      String(d.size),
      String(d.cells),
      String(d.done),
      d.done === d.cells ? '-' : formatDuration(d.leftS),
    ]),
    align: ['left', 'right', 'right', 'right', 'right'],
  });
  return table + outlookLine(outlook);
}
