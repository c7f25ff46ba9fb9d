import { itemTableCsv } from '../../report/item-csv.ts';
import { clockMeasures, workMeasures } from './cost-measures.ts';
import type { CostRow } from './measure-cost.ts';

/** What clock figures were taken on. */
export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
}

const names = ['family', 'vms', 'proxies', 'strategy', 'lists', 'decisions', 'starts'] as const;
const namesOf = (row: CostRow) => names.map((name) => row[name]);

/** Figures by the clock, to a ten-thousandth. */
export const clockCsv = (rows: readonly CostRow[], { node, platform, cores }: Machine): string =>
  itemTableCsv(
    [...names, ...clockMeasures.map(({ name }) => name), 'node', 'platform', 'cores'],
    rows.map((row) => [
      ...namesOf(row),
      ...clockMeasures.map(({ of }) => Number(of(row).toFixed(4))),
      node,
      platform,
      cores,
    ]),
  );

/** Counted work: the same bytes on every machine. */
export const workCsv = (rows: readonly CostRow[]): string =>
  itemTableCsv(
    [...names, ...workMeasures.map(({ name }) => name)],
    rows.map((row) => [...namesOf(row), ...workMeasures.map(({ of }) => Number(of(row).toFixed(6)))]),
  );
