/** A cell with what its strategy is ranked by, in both nights; lower is better. */
export interface RankedCell {
  readonly document: string;
  readonly clusterSeed: number;
  readonly nightSeed: number;
  readonly strategy: string;
  readonly simulatedS: number | null;
  readonly emulatedS: number | null;
}

export interface RankedPair {
  readonly document: string;
  readonly better: string;
  readonly worse: string;
  /** worse / better, simulated and emulated */
  readonly simulatedRatio: number;
  readonly emulatedRatio: number;
  readonly isSame: boolean;
}

/** Pairs of strategies on the same night whose simulated values lie further apart than the ratio. */
export function rankedPairs(cells: readonly RankedCell[], ratio: number): RankedPair[] {
  return cells.flatMap((a) =>
    cells.flatMap((b) => {
      const isSameNight =
        a.document === b.document && a.clusterSeed === b.clusterSeed && a.nightSeed === b.nightSeed;
      if (!isSameNight || a.simulatedS === null || b.simulatedS === null) return [];
      if (a.emulatedS === null || b.emulatedS === null || b.simulatedS <= a.simulatedS * ratio) return [];
      const emulatedRatio = b.emulatedS / a.emulatedS;
      return [
        {
          document: a.document,
          better: a.strategy,
          worse: b.strategy,
          simulatedRatio: b.simulatedS / a.simulatedS,
          emulatedRatio,
          isSame: emulatedRatio > 1,
        },
      ];
    }),
  );
}
