import { clockMeasures, workMeasures, type CostMeasure } from '../kinds/decision-cost/cost-measures.ts';
import type { CostRow } from '../kinds/decision-cost/measure-cost.ts';
import { renderTable } from '../report/table.ts';

const shown = ['decision_us', 'list_ms', 'units_per_decision', 'proxies_per_decision'];

/** A table per measure: a line per strategy, a column per size, and by how much it grows from the smallest to the largest. */
export function costText(rows: readonly CostRow[]): string {
  const measures = [...clockMeasures, ...workMeasures].filter(({ name }) => shown.includes(name));
  return [...measures.map((measure) => `${measure.label}\n${tableOf(measure, rows)}`), notes].join('\n');
}

const notes = `Times are medians on this machine, without what the replay itself takes (that of a decider that does nothing).
Counts are exact: what is looked at from one answer to the next, what happens at notices included. Both are of the
first round, whose window is lifted so that every strategy decides on all VMs.
`;

function tableOf({ of }: CostMeasure, rows: readonly CostRow[]): string {
  const sizes = [...new Set(rows.map(({ vms }) => vms))];
  const strategies = [...new Set(rows.map(({ strategy }) => strategy))];
  const valueOf = (strategy: string, vms: number) =>
    of(rows.find((row) => row.strategy === strategy && row.vms === vms)!);
  return renderTable({
    columns: ['strategy', ...sizes.map((vms) => `${vms} VMs`), ...(sizes.length > 1 ? ['growth'] : [])],
    rows: strategies.map((strategy) => {
      const values = sizes.map((vms) => valueOf(strategy, vms));
      return [strategy, ...values.map(digitsText), growthText(values)];
    }),
    align: ['left', ...sizes.map(() => 'right' as const), 'right'],
  });
}

const growthText = (values: readonly number[]): string => {
  const [first, last] = [values[0]!, values.at(-1)!];
  return first > 0 ? `x ${digitsText(last / first)}` : '-';
};

const digitsText = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
