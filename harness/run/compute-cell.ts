import { canonicalJson } from '../kit/canonical.ts';
import type { CellSpec, LoadedDocument } from '../model/kind.ts';
import { itemsOf } from './items.ts';
import type { Computed, KindCore } from './task.ts';

/** @param clock milliseconds */
export function computeCell(
  kind: KindCore,
  document: LoadedDocument,
  spec: CellSpec,
  clock: () => number,
): Computed {
  const { shake } = spec;
  const asAsked = shake === undefined ? document : kind.shake!(document, { ...spec, shake });
  const startMs = clock();
  const { outcome, items, cost } = kind.compute(asAsked, spec, clock);
  const wallMs = clock() - startMs;
  return {
    outcome: canonicalJson(outcome),
    items: itemsOf(items),
    cost: { wall_ms: wallMs, ...cost },
  };
}
