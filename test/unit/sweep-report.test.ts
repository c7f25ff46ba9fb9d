import { describe, expect, it } from 'vitest';
import type { Sweep } from '../../harness/kit/sweep.ts';
import type { Metric, Row } from '../../harness/model/kind.ts';
import { summarise } from '../../harness/report/sweep/summarise.ts';
import { sweepCsv } from '../../harness/report/sweep/sweep-csv.ts';
import { heatMap } from '../../harness/report/sweep/heat-map.ts';
import { renderSweep } from '../../harness/report/sweep/sweep-charts.ts';

const metric = (name: string, better: Metric['better'], unit = 's'): Metric => ({
  name,
  label: name,
  unit,
  better,
  definition: '',
  version: 1,
  headline: true,
});
const metrics = [metric('time', 'lower'), metric('load', 'lower', 'x')];

const sweep: Sweep = {
  axes: [
    { name: 'size', values: [1, 2, 3], unit: 'm' },
    { name: 'speed', values: ['slow', 'fast'], unit: '' },
  ],
  points: [1, 2, 3].flatMap((size) =>
    ['slow', 'fast'].map((speed) => ({
      base: 'shop',
      document: `shop size=${size} speed=${speed}`,
      strategy: 'rule',
      line: 'rule',
      levels: { size, speed },
    })),
  ),
};

/** time of a cell; null = never */
const rowsWith = (
  time: (size: number, seed: number, night: number) => number | null,
  seeds: number,
  nights = 1,
): Row[] =>
  sweep.points.flatMap(({ document, strategy, levels }) =>
    Array.from({ length: seeds * nights }, (_, i): Row => {
      const [clusterSeed, nightSeed] = [1 + Math.floor(i / nights), 1 + (i % nights)];
      const size = Number(levels['size']);
      const seconds = time(size, clusterSeed, nightSeed);
      const values = { time: seconds, load: levels['speed'] === 'fast' ? 10 - size : 20 - size };
      const outcome = { status: 'ok' as const, message: null, metrics: values, notes: {}, series: {} };
      return { document, documentHash: document, strategy, clusterSeed, nightSeed, outcome };
    }),
  );

describe('points of a sweep', () => {
  it('are medians over clusters, of which nights are none', () => {
    // per cluster the nights 0, 1, 5: median 1; clusters 1 to 9: median 5
    const rows = rowsWith((_size, seed, night) => seed * [0, 1, 5][night - 1]!, 9, 3);
    const [first] = summarise(sweep, rows, metrics);
    expect(first).toMatchObject({ cells: 27, ok: 27, metrics: { time: { median: 5, replicates: 9 } } });
    expect(first!.metrics['time']).toMatchObject({ interval: '95 %' });
  });

  it('say the range where there are too few clusters for an interval', () => {
    const [first] = summarise(
      sweep,
      rowsWith((_size, seed) => seed, 3),
      metrics,
    );
    expect(first!.metrics['time']).toEqual({ median: 2, low: 1, high: 3, interval: 'range', replicates: 3 });
  });

  it('take what was never reached for the worst of all, not for nothing', () => {
    const [first] = summarise(
      sweep,
      rowsWith((_size, seed) => (seed > 1 ? null : 7), 3),
      metrics,
    );
    expect(first!.metrics['time']).toMatchObject({ median: Infinity, low: 7 });
    const [line] = sweepCsv([first!], sweep, { metrics }).split('\n').slice(1);
    expect(line).toBe('shop,rule,1,slow,3,3,3,range,,7,,19,19,19');
  });

  it('note what most of their cells say, and of equal ones the first', () => {
    const say = (texts: readonly (string | null)[]) =>
      rowsWith(() => 1, texts.length).map((row) => ({
        ...row,
        outcome: { ...row.outcome, notes: { bound: texts[row.clusterSeed - 1]! } },
      }));
    const noted = (texts: readonly (string | null)[]) => summarise(sweep, say(texts), metrics)[0]!;
    expect(noted(['a', 'b', 'b', null]).notes).toEqual({ bound: 'b' });
    expect(noted(['b', 'a']).notes).toEqual({ bound: 'b' });
    expect(noted([null]).notes).toEqual({});
    const headlineNotes = [{ name: 'bound', label: 'What binds' }];
    const csv = sweepCsv([noted(['a']), noted([null])], sweep, { metrics, headlineNotes }).split('\n');
    expect(csv[0]!.endsWith(',bound')).toBe(true);
    expect(csv[1]!.endsWith(',a')).toBe(true);
    expect(csv[2]!.endsWith(',')).toBe(true);
  });

  it('have nothing where no cell has a result', () => {
    const rows = rowsWith(() => 1, 1).map((row) => ({
      ...row,
      outcome: { ...row.outcome, status: 'timeout' as const, metrics: {} },
    }));
    const [first] = summarise(sweep, rows, metrics);
    expect(first).toMatchObject({ cells: 1, ok: 0, metrics: { time: null } });
    expect(sweepCsv([first!], sweep, { metrics })).toContain('shop,rule,1,slow,1,0,,,,,,,,');
  });
});

describe('charts of a sweep', () => {
  const charts = (time: (size: number) => number | null) =>
    renderSweep(summarise(sweep, rowsWith(time, 6), metrics), sweep, {
      metrics,
      variation: { tradeOffs: [['time', 'load']] } as never,
    });

  it('are a curve per axis, a map per pair and metric, and the fronts', async () => {
    const files = await charts((size) => size * 3600);
    expect(files.map(({ path }) => path)).toEqual([
      'charts/curve-size',
      'charts/curve-speed',
      'charts/map-size-speed-time',
      'charts/map-size-speed-load',
      'charts/front-time-load',
    ]);
    // hours, and one value per size and speed
    const curve = JSON.parse(files[0]!.vl) as { vconcat: { data: { values: { x: number; y: number }[] } }[] };
    expect(curve.vconcat[0]!.data.values.map(({ x, y }) => [x, y])).toEqual([
      [1, 1],
      [1, 1],
      [2, 2],
      [2, 2],
      [3, 3],
      [3, 3],
    ]);
  });

  it('show as a front only what no other setting beats in both', async () => {
    const files = await charts((size) => size * 3600);
    const front = JSON.parse(files.at(-1)!.vl) as { layer: { data: { values: { label: string }[] } }[] };
    // more size costs time and saves load; slow costs 10 of load and saves nothing
    expect(front.layer[1]!.data.values.map(({ label }) => label)).toEqual([
      'size=1 speed=fast',
      'size=2 speed=fast',
      'size=3 speed=fast',
    ]);
  });

  it('are the same bytes for the same rows, and leave out what was never reached', async () => {
    const time = (size: number) => (size === 2 ? null : size);
    const [once, again] = [await charts(time), await charts(time)];
    expect(again).toEqual(once);
    const curve = JSON.parse(once[0]!.vl) as { vconcat: { data: { values: { x: number }[] } }[] };
    expect(curve.vconcat.map(({ data }) => [...new Set(data.values.map(({ x }) => x))])).toEqual([
      [1, 3],
      [1, 2, 3],
    ]);
  });

  it('map six values of a third axis at most, and say of how many', () => {
    const thirds = Array.from({ length: 11 }, (_, i) => i);
    const axes = [...sweep.axes, { name: 'rooms', values: thirds, unit: '' }];
    const points = thirds.flatMap((rooms) =>
      summarise(
        sweep,
        rowsWith((size) => size, 1),
        metrics,
      ).map((point) => ({ ...point, levels: { ...point.levels, rooms } })),
    );
    const [x, y] = [axes[0]!, axes[1]!];
    const map = heatMap(points, { ...sweep, axes }, { x, y, metric: metrics[0]! });
    const { vconcat, description } = map as { vconcat: { title: { text: string } }[]; description: string };
    expect(vconcat.map(({ title }) => Number(/\d+/u.exec(title.text)![0]))).toEqual([0, 2, 4, 6, 8, 10]);
    expect(description).toContain('Shown are 6 of 11.');
  });
});
