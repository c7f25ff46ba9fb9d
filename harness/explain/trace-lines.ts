import type { Transfers } from './transfers.ts';

export const traceForms = ['fluid-trace', 'fluid-trace-v1'] as const;
export type TraceForm = (typeof traceForms)[number];

export interface WrittenTrace {
  readonly flows: number;
  readonly resources: number;
  readonly slots: number;
  /** what the trace does not carry of the night, in words */
  readonly leavesOut: readonly string[];
  lines(): Generator<string>;
}

/**
 * The transfers of a night as a trace. `fluid-trace` is version 2: each flow starts when it did in the night, and takes of
 * each resource what it did. `fluid-trace-v1` is for tools that read version 1 alone: as many slots as streams moved at once,
 * flows in order of start.
 */
export function writtenTrace(name: string, transfers: Transfers, form: TraceForm): WrittenTrace {
  const isClosed = form === 'fluid-trace-v1';
  const [flows, resources] = [transfers.flowCount(), transfers.resourceCount()];
  const slots = Math.max(1, transfers.mostAtOnce());
  const shares = isClosed ? meanShares(transfers) : null;
  const leavesOut = [
    ...(isClosed ? ['starts and pauses of the night: a slot takes the next flow as soon as it is free'] : []),
    ...(shares !== null && shares.mixed > 0
      ? [
          `shares that differ between flows (${shares.mixed} ${shares.mixed === 1 ? 'resource' : 'resources'}): their mean by MB stands`,
        ]
      : []),
    ...transfers.leftOut(),
  ];

  function* lines(): Generator<string> {
    yield line({ kind: 'fluid-trace', version: isClosed ? 1 : 2, slots, name, leavesOut });
    for (let r = 0; r < resources; r++) {
      const cap = transfers.capacityOf(r) / (shares?.mean[r] ?? 1);
      // what never had a capacity carried nothing
      yield line({ r, cap: cap > 0 ? cap : 1 });
    }
    for (let f = 0; f < flows; f++) {
      const { atS, sizeMB, capMBps, uses } = transfers.flow(f);
      const plain = { f, mb: sizeMB, max: capMBps, use: uses.map((u) => u.resource) };
      const isEven = uses.every((u) => u.perMB === 1);
      yield line(
        isClosed ? plain : { ...plain, ...(isEven ? {} : { per: uses.map((u) => u.perMB) }), at: atS },
      );
    }
  }
  return { flows, resources, slots, leavesOut, lines };
}

const line = (row: object): string => `${JSON.stringify(row)}\n`;

/** By resource: what 1 MB takes of it on average; and of how many resources flows take different shares. */
function meanShares(transfers: Transfers): { mean: number[]; mixed: number } {
  const count = transfers.resourceCount();
  const sums = Array.from({ length: count }, () => ({ MB: 0, taken: 0, least: Infinity, most: 0 }));
  for (let f = 0; f < transfers.flowCount(); f++) {
    const { sizeMB, uses } = transfers.flow(f);
    for (const { resource, perMB } of uses) {
      const sum = sums[resource]!;
      sum.MB += sizeMB;
      sum.taken += sizeMB * perMB;
      sum.least = Math.min(sum.least, perMB);
      sum.most = Math.max(sum.most, perMB);
    }
  }
  return {
    mean: sums.map((s) => (s.least === s.most ? s.most : s.MB > 0 ? s.taken / s.MB : 1)),
    mixed: sums.filter((s) => s.most > s.least).length,
  };
}
