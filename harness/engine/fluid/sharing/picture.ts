import type { FlowTable } from '../flow-table.ts';
import type { Use } from '../solver.ts';

/** A flow as an allocation sees it. */
export interface PictureFlow {
  readonly capMBps: number;
  readonly uses: readonly Use[];
}

/** The flows of an instant over their resources. */
export interface Picture {
  readonly table: FlowTable;
  readonly flows: readonly PictureFlow[];
  /** by resource: flows on it */
  readonly counts: Int32Array;
}

/** @param newcomer one more flow, the last; null = none */
export function pictureOf(table: FlowTable, newcomer: PictureFlow | null): Picture {
  const flows: PictureFlow[] = table.active.map((flow) => ({
    capMBps: table.cap[flow]!,
    uses: usesOf(table, flow),
  }));
  if (newcomer !== null) flows.push(newcomer);
  const counts = new Int32Array(table.specs.length);
  for (const { uses } of flows) for (const { resource } of uses) counts[resource]!++;
  return { table, flows, counts };
}

function usesOf({ firstUse, resourceOf, perMB }: FlowTable, flow: number): Use[] {
  const uses: Use[] = [];
  for (let use = firstUse[flow]!; use < firstUse[flow + 1]!; use++)
    uses.push({ resource: resourceOf[use]!, perMB: perMB[use]! });
  return uses;
}
