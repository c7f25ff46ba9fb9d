import { groupBy } from '../../kit/group.ts';
import type { Id } from '../../model/facts.ts';
import { sumOf } from '../sum.ts';
import type { Priced } from './certify.ts';
import type { UnitClass } from './classes.ts';
import type { LinearProgram } from './linear-program.ts';
import type { Row } from './rows.ts';

export interface PriceProgram {
  readonly program: LinearProgram;
  /** prices of the rows of the night, from those of the rows of the programme */
  readonly pricedOf: (prices: readonly number[]) => Priced[];
}

/**
 * Column 0 is the end of the night, then one for each way of each class: the share of its units that go so. A row for each
 * class: its shares are one; and for each start of jobs and group of rows: what is done from then on takes no longer
 * than to the end.
 *
 * @param endS rates are averages up to then
 */
export function programOf(
  rows: readonly Row[],
  classes: readonly UnitClass[],
  { starts, groupOf, endS }: { starts: readonly number[]; groupOf: (row: Row) => string; endS: number },
): PriceProgram {
  const columns = classes.flatMap(({ startS, ways }) => ways.map((way) => ({ startS, way })));
  const groups = groupBy(rows, groupOf);

  const limits = starts.flatMap((startS) => {
    const inTime = classes.filter((c) => c.startS >= startS);
    return [...groups].flatMap(([group, members]) => {
      const amounts = columns.flatMap((c, i): [number, number][] => {
        const amount = c.startS >= startS ? c.way.get(group) : undefined;
        return amount === undefined ? [] : [[i + 1, amount]];
      });
      const { headS, tailS } = members[0]!;
      const fromS = startS + headS;
      const rate = sumOf(members, ({ supply }) => averageRate(supply, fromS, endS - tailS));
      if (amounts.length === 0 || !(rate > 0)) return [];
      const always = sumOf(inTime, (c) => c.always.get(group) ?? 0);
      return [{ startS, members, amounts, rate, value: fromS + tailS + always / rate }];
    });
  });

  let column = 1;
  const shares = classes.map(({ ways }) => ({
    terms: ways.map(() => [column++, 1] as const),
    is: 'equal' as const,
    value: 1,
  }));
  return {
    program: {
      costs: [1, ...columns.map(() => 0)],
      rows: [
        ...limits.map(({ amounts, rate, value }) => ({
          terms: [[0, 1] as const, ...amounts.map(([c, amount]) => [c, -amount / rate] as const)],
          is: 'at least' as const,
          value,
        })),
        ...shares,
      ],
    },
    pricedOf: (prices) =>
      [...groupBy(limits.entries(), ([, limit]) => limit.startS)].map(([startS, own]) => ({
        startS,
        prices: new Map(
          own.flatMap(([row, { members, rate }]) =>
            prices[row]! > 0 ? members.map((m): [Id, number] => [m.id, prices[row]! / rate]) : [],
          ),
        ),
      })),
  };
}

const averageRate = (supply: Row['supply'], fromS: number, untilS: number): number =>
  (untilS > fromS ? supply.between(fromS, untilS) / (untilS - fromS) : 0) || supply.peak;
