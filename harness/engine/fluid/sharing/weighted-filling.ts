import { ownCap, type Allocation } from '../allocation.ts';
import { Filling } from '../filling.ts';
import { FlowTable } from '../flow-table.ts';
import type { Use } from '../solver.ts';
import { pictureOf, type Picture, type PictureFlow } from './picture.ts';

/** On what terms a flow takes part: its rate is held by `capMBps` and rises with its weight. */
export interface Terms {
  /** > 0 */
  readonly weight: number;
  readonly capMBps: number;
  /** what the cap stands for: a resource, or `ownCap` */
  readonly cappedBy: number;
}

/** What a sharing model is: terms for each flow of a picture. */
export type TermsOf = (picture: Picture) => readonly Terms[];

interface Solved {
  readonly rates: readonly number[];
  readonly limiters: readonly number[];
  readonly loads: ArrayLike<number>;
}

/**
 * Weighted max-min fairness: all flows rise together, each in proportion to its weight. Solved afresh each time as max-min
 * fairness of rate / weight, where a flow takes weight * perMB of each resource.
 */
export const createWeightedFilling =
  (termsOf: TermsOf) =>
  (table: FlowTable): Allocation => {
    const rates: number[] = [];
    const limiters: number[] = [];
    let loads: ArrayLike<number> = [];
    return {
      rates,
      limiters,
      get loads() {
        return loads;
      },
      run() {
        const solved = solve(pictureOf(table, null), termsOf);
        loads = solved.loads;
        table.active.forEach((flow, i) => {
          rates[flow] = solved.rates[i]!;
          limiters[flow] = solved.limiters[i]!;
        });
      },
      rateOfNewcomer: (capMBps: number, uses: readonly Use[]) =>
        solve(pictureOf(table, { capMBps, uses }), termsOf).rates.at(-1)!,
    };
  };

function solve(picture: Picture, termsOf: TermsOf): Solved {
  const terms = termsOf(picture);
  const scaled = scaledTable(picture, terms);
  const filling = new Filling(scaled);
  filling.run();
  const isCapped = (i: number) => filling.limiters[i] === ownCap;
  return {
    rates: terms.map(({ weight, capMBps }, i) => (isCapped(i) ? capMBps : filling.rates[i]! * weight)),
    limiters: terms.map(({ cappedBy }, i) => (isCapped(i) ? cappedBy : filling.limiters[i]!)),
    loads: filling.loads,
  };
}

function scaledTable({ table, flows }: Picture, terms: readonly Terms[]): FlowTable {
  const scaled = new FlowTable();
  for (const [r, spec] of table.specs.entries())
    scaled.addResource({ ...spec, capacity: table.capacity[r]! });
  flows.forEach(({ uses }: PictureFlow, i) => {
    const { weight, capMBps } = terms[i]!;
    scaled.addFlow(
      capMBps / weight,
      uses.map(({ resource, perMB }) => ({ resource, perMB: perMB * weight })),
    );
  });
  return scaled;
}
