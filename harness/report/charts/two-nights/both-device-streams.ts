import type { Chart, Row } from '../../../model/kind.ts';
import { chartWidth } from '../../theme.ts';
import { hoursOf, numbersOf, rounded, textsOf } from '../cells.ts';
import { nightText } from '../encodings.ts';
import { cellsOf, seriesOf, sideChannels, sides } from './sides.ts';

const hue = '#0072b2';
const mostDevices = 4;

export const bothDeviceStreams: Chart = {
  name: 'both-device-streams',
  title: 'Streams per device, simulated and emulated',
  question: 'Do the devices carry the streams that are simulated?',
  spec(rows, colours) {
    const cells = cellsOf(rows, colours, 'deviceStreams');
    if (cells.length === 0) return null;
    const devices = [
      ...new Set(cells.flatMap((row) => textsOf(seriesOf(row, '', 'deviceStreams'), 'device'))),
    ]
      .toSorted()
      .slice(0, mostDevices);
    const strip = (row: Row) => ({
      title: { text: row.strategy, fontSize: 13, offset: 2 },
      data: { values: sides.flatMap((one) => pointsOf(row, one, devices)) },
      facet: { column: { field: 'device', type: 'nominal', sort: devices } },
      spacing: 10,
      spec: {
        width: Math.floor((chartWidth - 100) / devices.length) - 10,
        height: 90,
        mark: { type: 'line', interpolate: 'step-after' },
        encoding: {
          x: {
            field: 'hours',
            type: 'quantitative',
            axis: { title: 'hours', tickCount: 3 },
            scale: { nice: false },
          },
          y: { field: 'streams', type: 'quantitative', axis: { title: 'streams', tickCount: 3 } },
          ...sideChannels(hue),
        },
      },
    });
    return {
      description: `${nightText(cells)}; streams = transferring at once`,
      vconcat: cells.map(strip),
      spacing: 16,
    };
  },
};

function pointsOf(
  row: Row,
  { side, prefix }: (typeof sides)[number],
  devices: readonly string[],
): { side: string; device: string; hours: number; streams: number }[] {
  const series = seriesOf(row, prefix, 'deviceStreams');
  const [tS, streams] = [numbersOf(series, 'tS'), numbersOf(series, 'streams')];
  return textsOf(series, 'device').flatMap((device, i) =>
    devices.includes(device) ? [{ side, device, hours: hoursOf(tS[i]!), streams: rounded(streams[i]!) }] : [],
  );
}
