/**
 * What a resource can do, added up over the night: MB, core-seconds or seconds of slots, by the rates that it has from each
 * of its breaks on. Nothing before the first break. At its best: no loss by many streams.
 */
export class Supply {
  /** ascending seconds of the night's clock */
  readonly breaks: readonly number[];
  readonly peak: number;
  private readonly rates: readonly number[];
  private readonly done: readonly number[];

  /** @param rates from each break to the next; the last one goes on for ever */
  constructor(breaks: readonly number[], rates: readonly number[]) {
    this.breaks = breaks;
    this.rates = rates;
    this.peak = rates.reduce((most, rate) => Math.max(most, rate), 0);
    let sum = 0;
    this.done = breaks.map((from, i) => (i === 0 ? 0 : (sum += rates[i - 1]! * (from - breaks[i - 1]!))));
  }

  between(fromS: number, toS: number): number {
    return toS <= fromS ? 0 : this.upTo(toS) - this.upTo(fromS);
  }

  rateAt(atS: number): number {
    return this.rates[this.pieceAt(atS)] ?? 0;
  }

  private upTo(atS: number): number {
    const i = this.pieceAt(atS);
    return i < 0 ? 0 : this.done[i]! + this.rates[i]! * (atS - this.breaks[i]!);
  }

  /** The last break at or before a time; -1 = none. */
  private pieceAt(atS: number): number {
    let [low, high] = [-1, this.breaks.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.breaks[middle]! <= atS) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

export const steadySupply = (rate: number, fromS: number): Supply => new Supply([fromS], [rate]);

/** A supply that work draws on from one time on, and until some seconds before the end of all. */
export interface Draw {
  readonly supply: Supply;
  /** what a unit of it is worth */
  readonly price: number;
  readonly fromS: number;
  readonly tailS: number;
}

/**
 * The earliest end at which the draws together are worth as much as the work is.
 *
 * @returns Infinity where they never are
 */
export function earliestEnd(draws: readonly Draw[], work: number): number {
  const worthAt = (endS: number) =>
    draws.reduce((sum, d) => sum + d.price * d.supply.between(d.fromS, endS - d.tailS), 0);
  // between two of these the worth is linear
  const ends = [
    ...new Set(
      draws.flatMap((d) => [d.fromS, ...d.supply.breaks.filter((b) => b > d.fromS)].map((b) => b + d.tailS)),
    ),
  ].toSorted((a, b) => a - b);
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (worthAt(ends[middle]!) < work) low = middle;
    else high = middle - 1;
  }
  const [fromS, nextS = Infinity] = [ends[low], ends[low + 1]];
  if (fromS === undefined) return work > 0 ? Infinity : 0;
  const missing = work - worthAt(fromS);
  if (missing <= 0) return fromS;
  // inside the piece: at its ends a rounded time could fall into another
  const insideS = nextS < Infinity ? (fromS + nextS) / 2 : fromS + 1;
  const slope = draws.reduce(
    (sum, d) => (insideS > d.fromS + d.tailS ? sum + d.price * d.supply.rateAt(insideS - d.tailS) : sum),
    0,
  );
  return slope > 0 ? Math.min(nextS, fromS + missing / slope) : nextS;
}
