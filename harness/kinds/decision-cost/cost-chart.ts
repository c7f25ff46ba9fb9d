import type { Colours } from '../../model/kind.ts';
import { coloursOf } from '../../report/palette.ts';
import { chartWidth } from '../../report/theme.ts';
import { clockMeasures, workMeasures, type CostMeasure } from './cost-measures.ts';
import type { CostRow } from './measure-cost.ts';

const drawn = ['decision_us', 'list_ms', 'units_per_decision', 'proxies_per_decision'];

/** How each measure grows with the cluster: a line per strategy, both axes logarithmic, so that what grows alike is parallel. */
export function costSpec(rows: readonly CostRow[], known: readonly string[]): object {
  const colours = coloursOf(
    rows.map(({ strategy }) => strategy),
    known,
  );
  const panels = drawn.map((name) => [...clockMeasures, ...workMeasures].find((m) => m.name === name)!);
  return {
    title: {
      text: 'What does a decision cost as the cluster grows?',
      subtitle: [
        `${rows[0]!.family}; both axes logarithmic; what is 0 is left out`,
        'above: medians by the clock of one machine; below: exact counts',
      ],
    },
    concat: panels.map((measure) => panelOf(measure, rows, colours)),
    columns: 2,
  };
}

/** strokes, so that dashes tell lines apart: points would fill them */
const legend = { columns: 4, symbolType: 'stroke', symbolSize: 500 };

function panelOf({ label, of }: CostMeasure, rows: readonly CostRow[], colours: Colours): object {
  const { strategies: domain, range, dashes } = colours;
  const hue = { field: 'strategy', type: 'ordinal', legend };
  return {
    width: Math.round(chartWidth / 2 - 75),
    height: 240,
    data: {
      values: rows.flatMap((row) => {
        const value = Number(of(row).toPrecision(4));
        return value > 0 ? { strategy: row.strategy, vms: row.vms, value } : [];
      }),
    },
    mark: { type: 'line', strokeWidth: 2, point: { size: 28 } },
    encoding: {
      x: {
        field: 'vms',
        type: 'quantitative',
        scale: { type: 'log', nice: false },
        axis: { title: 'VMs', values: [...new Set(rows.map(({ vms }) => vms))], format: 'd' },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        scale: { type: 'log', nice: false },
        axis: { title: label, tickCount: 5 },
      },
      color: { ...hue, scale: { domain, range } },
      strokeDash: { ...hue, scale: { domain, range: dashes } },
    },
  };
}
