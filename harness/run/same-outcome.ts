import { canonicalJson } from '../kit/canonical.ts';
import { UnusableError } from '../model/errors.ts';
import type { CellResult } from '../model/kind.ts';
import { cellKey } from './cell-key.ts';
import type { FoundCell } from './find-cell.ts';
import { itemsOf } from './items.ts';
import { textHash } from './journal.ts';
import { presentCode } from './read-plan.ts';

/**
 * A cell that was computed again to be told about must be the cell that is in the folder.
 *
 * @throws {UnusableError} where it has another outcome
 */
export function checkSameOutcome(
  { reference, kind, entry }: FoundCell,
  { outcome, items }: CellResult,
  kindsUrl: string,
): void {
  const hash = textHash(canonicalJson(outcome));
  const isSame = hash === entry.outcomeHash && itemsOf(items).hash === entry.items.hash;
  if (isSame) return;
  const { documentHash, spec, key } = entry;
  const isSameCode = cellKey({ kind, codeHash: presentCode(kindsUrl), documentHash, ...spec }) === key;
  throw new UnusableError(
    `${reference}, computed again, has another outcome: ` +
      (isSameCode
        ? 'the same program gave two, which is a bug'
        : 'the program has changed since; run it again with this one'),
  );
}
