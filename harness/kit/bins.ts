/** Integrals over time of some series, in bins of equal width that doubles as time passes, so that there are never more than maxBins. */
export interface Bins {
  /** width of a bin now */
  readonly binS: number;
  /** adds `value` held from `fromS` to `toS`; 0 <= fromS <= toS */
  add(series: number, fromS: number, toS: number, value: number): void;
  /** @returns by series: the time mean in each bin up to `endS`, the last bin over its part before `endS` */
  means(endS: number): number[][];
}

/** @param maxBins even */
export function createBins(seriesCount: number, maxBins = 256, firstBinS = 60): Bins {
  const sums = new Float64Array(seriesCount * maxBins);
  let binS = firstBinS;

  // Pairs become one bin: 2 b and 2 b + 1 go to b, the upper half of the bins becomes free.
  const widen = (untilS: number) => {
    for (; untilS > maxBins * binS; binS *= 2)
      for (let first = 0; first < sums.length; first += maxBins) mergePairs(sums, first, maxBins);
  };

  return {
    get binS() {
      return binS;
    },
    add(series, fromS, toS, value) {
      if (toS <= fromS || value === 0) return;
      widen(toS);
      const first = series * maxBins;
      for (let bin = Math.floor(fromS / binS); bin < maxBins && bin * binS < toS; bin++) {
        const overlapS = Math.min(toS, (bin + 1) * binS) - Math.max(fromS, bin * binS);
        sums[first + bin]! += value * overlapS;
      }
    },
    means(endS) {
      widen(endS);
      const count = Math.ceil(endS / binS);
      return Array.from({ length: seriesCount }, (_, series) =>
        Array.from(
          { length: count },
          (_unused, bin) => sums[series * maxBins + bin]! / Math.min(binS, endS - bin * binS),
        ),
      );
    },
  };
}

function mergePairs(sums: Float64Array, first: number, maxBins: number): void {
  const half = maxBins / 2;
  for (let bin = 0; bin < half; bin++)
    sums[first + bin] = sums[first + 2 * bin]! + sums[first + 2 * bin + 1]!;
  sums.fill(0, first + half, first + maxBins);
}
