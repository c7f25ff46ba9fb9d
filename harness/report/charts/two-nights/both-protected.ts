import type { Chart } from '../../../model/kind.ts';
import { chartWidth } from '../../theme.ts';
import { hoursOf, numbersOf, rounded } from '../cells.ts';
import { hoursAxis, nightText } from '../encodings.ts';
import { cellsOf, seriesOf, sideChannels, sides } from './sides.ts';

const hue = '#d55e00';

export const bothProtected: Chart = {
  name: 'both-protected',
  title: 'Protected over time, simulated and emulated',
  question: 'Is a VM protected when the simulation says so?',
  spec(rows, colours) {
    const cells = cellsOf(rows, colours, 'protected');
    if (cells.length === 0) return null;
    const values = cells.flatMap((row) =>
      sides.flatMap(({ side, prefix }) => {
        const series = seriesOf(row, prefix, 'protected');
        const share = numbersOf(series, 'vmShare');
        return numbersOf(series, 'tS').map((tS, i) => ({
          side,
          strategy: row.strategy,
          hours: hoursOf(tS),
          share: rounded(share[i]!),
        }));
      }),
    );
    return {
      description: nightText(cells),
      data: { values },
      facet: { row: { field: 'strategy', type: 'nominal', sort: cells.map((c) => c.strategy) } },
      spacing: 12,
      spec: {
        width: chartWidth - 110,
        height: 130,
        mark: { type: 'line', interpolate: 'step-after' },
        encoding: {
          x: { field: 'hours', type: 'quantitative', axis: hoursAxis, scale: { nice: false } },
          y: {
            field: 'share',
            type: 'quantitative',
            axis: { title: 'share of VMs', format: '.0%', tickCount: 3 },
            scale: { domain: [0, 1] },
          },
          ...sideChannels(hue),
        },
      },
    };
  },
};
