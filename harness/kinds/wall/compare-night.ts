import { agreementOf, type Agreement } from '../../measure/agreement/agreement.ts';
import { readAttempts } from '../../measure/agreement/night-told.ts';
import type { CellResult, CellSpec, LoadedDocument, Outcome } from '../../model/kind.ts';
import { computeNight, nightCell } from '../night-cell.ts';
import { attemptsTold } from './attempts-told.ts';

/** A cell that was simulated, and the same one emulated. */
export interface Beside {
  readonly document: LoadedDocument;
  readonly spec: CellSpec;
  readonly simulated: Outcome;
  readonly emulated: Outcome;
}

/**
 * Simulates the night once more, for its decisions.
 *
 * @returns its result too, so that it can be held against the one that lies in its folder
 */
export function compareNight({ document, spec, simulated, emulated }: Beside): {
  readonly agreement: Agreement;
  readonly result: CellResult;
} {
  const cell = nightCell(document, spec);
  const { result, record } = computeNight(cell, {});
  const agreement = agreementOf(
    { ...simulated, attempts: record === null ? [] : attemptsTold(cell.night, record) },
    { ...emulated, attempts: readAttempts(emulated.series['attempts'] ?? {}) },
  );
  return { agreement, result };
}
