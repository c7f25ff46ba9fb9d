import type { Command } from 'commander';
import { explainNight } from '../../kinds/explain-night.ts';
import { cellLines, cellName } from '../../run/find-cell.ts';
import { checkSameOutcome } from '../../run/same-outcome.ts';
import { findNight } from '../find-night.ts';
import { instantText } from '../instant-text.ts';
import { successJson } from '../json.ts';
import { kindsUrl } from '../kinds-url.ts';
import { say } from '../terminal.ts';
import { nightText } from '../night-text.ts';
import { vmText } from '../vm-text.ts';

interface Options {
  readonly vm?: string;
  readonly at?: string;
  readonly document?: string;
  readonly json?: boolean;
}

const width = 110;

export function explainCommand(program: Command): void {
  program
    .command('explain')
    .summary('say of a VM of a cell why it was late, stranded, or on that proxy; or what limited the streams')
    .description(
      'Computes a cell of a result folder once more and listens: why a VM was started where and when it was, what it waited for and what held its rate; or, at one instant, what limited every stream. Without a question it names the VMs worth asking about. The outcome must be the one in the folder, or it ends with 23.',
    )
    .argument('<cell>', 'DIR#KEY, any unique prefix of the key; DIR alone lists all cells')
    .option('--vm <key>', 'the VM to tell of')
    .option('--at <time>', 'the instant to tell of: a time of day as 02:30, or seconds from the first job')
    .option('--document <file>', 'where the document of the cell is now')
    .option('--json', 'one JSON document instead of the text')
    .action(explainVerb);
}

async function explainVerb(reference: string, { vm, at, document, json }: Options): Promise<void> {
  const isNothingAsked = vm === undefined && at === undefined;
  if (isNothingAsked && !reference.includes('#')) {
    const cells = cellLines(reference);
    return say(json === true ? successJson(0, { cells }) : cells.join('\n'));
  }
  const found = await findNight(reference, document);
  const lying = { document: found.document, spec: found.entry.spec };
  const { result, told } = explainNight(lying, { vm: vm ?? null, at: at ?? null });
  checkSameOutcome(found, result, kindsUrl());
  const { key } = found.entry;
  if (json === true) return say(successJson(0, { key, cell: cellName(found.entry), ...told }));
  say(
    [
      `${cellName(found.entry)}\n`,
      ...(told.night === null ? [] : [nightText(told.night, width)]),
      ...(told.vm === null ? [] : [vmText(told.vm, width)]),
      ...(told.at === null ? [] : [instantText(told.at, width)]),
    ].join('\n'),
  );
}
