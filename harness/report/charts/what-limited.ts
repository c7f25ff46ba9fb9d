import type { Chart, Row } from '../../model/kind.ts';
import { limitGroups, type LimitGroup } from '../../model/record.ts';
import { chartWidth } from '../theme.ts';
import { binsOf, type Bin } from './bins.ts';
import { byStrategy, firstCells } from './cells.ts';
import { hoursAxis, leftOutText, nightText } from './encodings.ts';

/** Tol's light scheme: no colour of a strategy, and grey for streams that only wait. */
const groupColours: Readonly<Record<LimitGroup, string>> = {
  source: '#ee8866',
  proxy: '#77aadd',
  network: '#bbcc33',
  target: '#eedd88',
  'stream cap': '#ffaabb',
  'not transferring': '#cccccc',
};

const maxStrategies = 12;
const maxBins = 96;

export const whatLimited: Chart = {
  name: 'what-limited',
  title: 'What limited the night',
  question: 'What held the streams back, over the night?',
  spec(rows, colours) {
    const all = byStrategy(rows, colours, 'limited');
    const shown = all.slice(0, maxStrategies);
    if (shown.length === 0) return null;
    const cells = firstCells(shown);
    return {
      description: [
        nightText(cells),
        ...leftOutText(all.length - shown.length),
        'height = active streams, colour = what set their rate',
      ].join('\n'),
      vconcat: cells.map(panelOf),
      resolve: { scale: { x: 'shared', y: 'shared', color: 'shared' } },
      spacing: 16,
    };
  },
};

const panelOf = (row: Row) => ({
  title: { text: row.strategy, fontSize: 13 },
  width: chartWidth - 80,
  height: 110,
  data: { values: binsOf(row, 'limited', 'group', maxBins).map(withPlace) },
  mark: { type: 'area', interpolate: 'step-after' },
  encoding: {
    x: { field: 'hours', type: 'quantitative', axis: hoursAxis, scale: { nice: false } },
    y: {
      field: 'streams',
      type: 'quantitative',
      stack: 'zero',
      axis: { title: 'streams', tickCount: 4 },
    },
    color: {
      field: 'key',
      type: 'nominal',
      scale: { domain: [...limitGroups], range: limitGroups.map((group) => groupColours[group]) },
      legend: { columns: limitGroups.length, symbolType: 'square' },
    },
    order: { field: 'place' },
  },
});

const withPlace = ({ key, hours, streams }: Bin): object => ({
  key,
  hours,
  streams,
  place: limitGroups.indexOf(key as LimitGroup),
});
