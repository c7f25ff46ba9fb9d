import type { Command } from 'commander';
import { diffNights } from '../../kinds/explain-night.ts';
import { UserError } from '../../model/errors.ts';
import { cellName, type FoundCell } from '../../run/find-cell.ts';
import { checkSameOutcome } from '../../run/same-outcome.ts';
import { diffText, type Side } from '../diff-text.ts';
import { findNight } from '../find-night.ts';
import { successJson } from '../json.ts';
import { kindsUrl } from '../kinds-url.ts';
import { say } from '../terminal.ts';

interface Options {
  readonly document?: string;
  readonly json?: boolean;
}

const width = 110;

export function diffCommand(program: Command): void {
  program
    .command('diff')
    .summary('find the first decision in which two strategies part, and what it cost')
    .description(
      'Computes two cells of one document and the same seeds once more, and tells the first start that differs, how things stood then, and how the nights ended.',
    )
    .argument('<cell-a>', 'DIR#KEY, any unique prefix of the key')
    .argument('<cell-b>', 'DIR#KEY')
    .option('--document <file>', 'where the document of the cells is now')
    .option('--json', 'one JSON document instead of the text')
    .action(diffVerb);
}

async function diffVerb(a: string, b: string, { document, json }: Options): Promise<void> {
  const cells = [await findNight(a, document), await findNight(b, document)] as const;
  checkAlike(cells);
  const lying = cells.map(({ document: content, entry }) => ({ document: content, spec: entry.spec }));
  const { a: resultA, b: resultB, told } = diffNights(lying[0]!, lying[1]!);
  checkSameOutcome(cells[0], resultA, kindsUrl());
  checkSameOutcome(cells[1], resultB, kindsUrl());
  const sides = [sideOf(cells[0]), sideOf(cells[1])] as const;
  const { entry } = cells[0];
  const night = `${entry.document}, cluster seed ${entry.spec.clusterSeed}, night seed ${entry.spec.nightSeed}`;
  say(
    json === true
      ? successJson(0, { cells: cells.map((cell) => ({ key: cell.entry.key, ...cell.entry.spec })), ...told })
      : `${night}\n\n${diffText(told, sides, width)}`,
  );
}

function checkAlike([{ reference: a, entry: x }, { reference: b, entry: y }]: readonly [
  FoundCell,
  FoundCell,
]): void {
  if (x.documentHash !== y.documentHash)
    throw new UserError(`${a} and ${b} are nights of different documents: ${cellName(x)}; ${cellName(y)}`);
  const isSame = (['clusterSeed', 'nightSeed', 'shake'] as const).every(
    (seed) => x.spec[seed] === y.spec[seed],
  );
  if (!isSame) throw new UserError(`${a} and ${b} are different nights: ${cellName(x)}; ${cellName(y)}`);
}

const sideOf = ({ entry }: FoundCell): Side => ({
  name: entry.spec.strategy,
  t95S: entry.outcome.metrics['t95_vms_s'] ?? null,
  makespanS: entry.outcome.metrics['makespan_s'] ?? null,
});
