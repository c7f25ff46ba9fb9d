import type { Chart, Row } from '../../model/kind.ts';
import { compareText } from '../csv.ts';
import { chartWidth } from '../theme.ts';
import { binsOf, type Bin } from './bins.ts';
import { byStrategy, firstCells, rounded } from './cells.ts';
import { leftOutText, nightText, strategyHue } from './encodings.ts';

const maxDevices = 6;
const maxStrategies = 12;
const maxBins = 52;
/** of the header's 12 px */
const letterWidth = 7.4;

export const deviceStreams: Chart = {
  name: 'device-streams',
  title: 'Streams per device',
  question: 'Which storage devices does each strategy hammer, and when?',
  spec(rows, colours) {
    const all = byStrategy(rows, colours, 'deviceStreams');
    const shown = all.slice(0, maxStrategies);
    if (shown.length === 0) return null;
    const cells = firstCells(shown).map((row) => ({
      row,
      bins: binsOf(row, 'deviceStreams', 'device', maxBins),
    }));
    const drawn = cells.flatMap((cell) => cell.bins);
    const devices = busiest(drawn);
    const width = Math.floor((chartWidth - 100) / devices.length) - 10;
    const names = Object.fromEntries(devices.map((name) => [name, shortName(name, width / letterWidth)]));
    const axis = (field: 'hours' | 'streams', title: string, tickCount: number) => ({
      field,
      type: 'quantitative',
      axis: { title, tickCount },
      scale: { domain: [0, Math.max(0.01, ...drawn.map((bin) => bin[field]))], nice: field === 'streams' },
    });
    const strip = ({ row, bins }: { row: Row; bins: readonly Bin[] }) => ({
      title: { text: row.strategy, fontSize: 13, offset: 2 },
      data: { values: devices.flatMap((device) => binsOn(device, bins)) },
      facet: {
        column: {
          field: 'key',
          type: 'nominal',
          sort: devices,
          header: { labelLimit: 0, labelExpr: `${JSON.stringify(names)}[datum.value]` },
        },
      },
      spacing: 10,
      spec: {
        width,
        height: 80,
        mark: { type: 'area', interpolate: 'step-after', fill: strategyHue(colours, row.strategy) },
        // not stacked: a stack would cut every area where another ends
        encoding: { x: axis('hours', 'hours', 3), y: { ...axis('streams', 'streams', 3), stack: null } },
      },
    });
    return {
      description: [
        nightText(cells.map((cell) => cell.row)),
        ...leftOutText(all.length - shown.length),
        `the devices with most to read for their speed, at most ${maxDevices}; streams = transferring at once`,
      ].join('\n'),
      vconcat: cells.map(strip),
      spacing: 16,
    };
  },
};

/** What tells names apart is mostly at their ends: the middle is left out. */
function shortName(name: string, most: number): string {
  const letters = Math.floor(most);
  if (name.length <= letters) return name;
  const end = Math.ceil((2 * (letters - 1)) / 3);
  return `${name.slice(0, letters - 1 - end)}…${name.slice(-end)}`;
}

/** Those that carry the most stream-time over all strategies, the busiest first; ties by name. */
function busiest(bins: readonly Bin[]): string[] {
  const sums = new Map<string, number>();
  for (const { key, streamHours } of bins) sums.set(key, (sums.get(key) ?? 0) + streamHours);
  return [...sums]
    .toSorted(([a, x], [b, y]) => rounded(y) - rounded(x) || compareText(a, b))
    .slice(0, maxDevices)
    .map(([key]) => key);
}

/** An idle device keeps its place, empty. */
function binsOn(device: string, bins: readonly Bin[]): object[] {
  const own = bins.filter((bin) => bin.key === device);
  const drawn = own.length > 0 ? own : [{ key: device, hours: 0, streams: 0 }];
  return drawn.map(({ key, hours, streams }) => ({ key, hours, streams }));
}
