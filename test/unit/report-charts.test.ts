import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Row, Series, StrategyInfo } from '../../harness/model/kind.ts';
import { renderCharts } from '../../harness/report/charts.ts';
import { binsOf } from '../../harness/report/charts/bins.ts';
import { firstCells, spreadOf } from '../../harness/report/charts/cells.ts';
import { charts } from '../../harness/report/charts/index.ts';
import { coloursOf } from '../../harness/report/palette.ts';
import { characters, rowOf, sceneRows } from '../scenes/rows-scene.ts';

const known = characters.map((character) => character.strategy);
const kind = { charts, strategies: known.map((name) => ({ name }) as StrategyInfo) };

function row(strategy: string, nightSeed: number, series: Record<string, Series>, metrics = {}): Row {
  const outcome = { status: 'ok' as const, message: null, metrics, notes: {}, series };
  return { document: 'd', documentHash: 'ff', strategy, clusterSeed: 1, nightSeed, outcome };
}

// oxlint-disable-next-line typescript/no-explicit-any -- a specification is what vega-lite reads, not a type of ours
type Loose = any;

const strategiesOf = (rows: readonly Row[]) => rows.map((one) => one.strategy);

/** The specification as a reader of the file gets it. */
function specOf(name: string, rows: readonly Row[]): Loose {
  const chart = charts.find((one) => one.name === name)!;
  return JSON.parse(JSON.stringify(chart.spec(rows, coloursOf(strategiesOf(rows), known))));
}

describe('the table of charts', () => {
  it('names each chart once, and each has a file of its name', () => {
    const names = charts.map((chart) => chart.name);
    expect(new Set(names).size).toBe(names.length);
    const files = readdirSync('harness/report/charts');
    for (const name of names) expect(files).toContain(`${name}.ts`);
  });

  it('asks questions that fit over a chart', () => {
    for (const chart of charts) expect(chart.question).toMatch(/^.{10,58}\?$/);
  });

  it.each(charts.map((chart) => [chart.name, chart]))(
    '%s draws nothing where a series is missing',
    (_, chart) => {
      const empty = { protected: { tS: [], vmShare: [] }, rounds: { round: [] }, limited: {} };
      for (const series of [{}, empty])
        expect(chart.spec([row('a', 1, series)], coloursOf(['a'], known))).toBeNull();
      expect(chart.spec([], coloursOf([], known))).toBeNull();
    },
  );

  it('draws all of the scene without a warning, small, and with the same bytes from any order', async () => {
    const files = await renderCharts(sceneRows(), kind);
    expect(files.map((file) => file.path)).toEqual(charts.map((chart) => `charts/${chart.name}`));
    for (const { vl, svg } of files) {
      expect(vl.length + svg.length).toBeLessThan(400_000);
      for (const strategy of known) expect(svg).toContain(`>${strategy}<`);
      expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    }
    expect(await renderCharts(sceneRows().toReversed(), kind)).toEqual(files);
  });

  it('is no wider than a page, whatever the strategies are called', async () => {
    const tails = ['', '[cap=8]', '[cap=none,flow=vm-first,maxStreams=respect,retry=3]'];
    const rows = tails.flatMap((tail) =>
      characters.map((one) => rowOf({ ...one, strategy: one.strategy + tail }, 1)),
    );
    for (const { path, svg } of await renderCharts(rows, kind))
      expect([path, Number(/width="([\d.]+)"/.exec(svg)![1]) < 830]).toEqual([path, true]);
  });

  it('draws one night of one strategy, and a document in which nothing was protected', async () => {
    const one = await renderCharts([rowOf(characters[0]!, 1)], kind);
    expect(one).toHaveLength(charts.length);
    const nothing = { protected: { tS: [0], vmShare: [0], byteShare: [0] } };
    const files = await renderCharts([row('round-robin', 1, nothing)], kind);
    expect(files.map((file) => file.path)).toEqual(['charts/protected-over-time', 'charts/time-to-95']);
  });
});

describe('protected-over-time', () => {
  const steps = (atS: number) => ({ protected: { tS: [0, atS], vmShare: [0, 1], byteShare: [0, 0.5] } });
  const rows = [
    row('round-robin', 1, steps(1800)),
    row('round-robin', 2, steps(3600)),
    row('round-robin', 3, steps(2700)),
  ];
  const points: { hours: number; low: number; mid: number; high: number }[] = specOf(
    'protected-over-time',
    rows,
  ).vconcat[0].data.values;

  it('steps up when the VMs are protected, with median and range over the nights', () => {
    const at = (hours: number) => points.findLast((point) => point.hours <= hours)!;
    expect(at(0.49)).toMatchObject({ low: 0, mid: 0, high: 0 });
    expect(at(0.6)).toMatchObject({ low: 0, mid: 0, high: 1 });
    expect(at(0.8)).toMatchObject({ low: 0, mid: 1, high: 1 });
    expect(at(1.02)).toMatchObject({ low: 1, mid: 1, high: 1 });
  });

  it('holds as many points however many VMs there are', () => {
    expect(points).toHaveLength(121);
  });

  it('ends soon after the last VM, not when the window closes', () => {
    const idle = { protected: { tS: [0, 3600, 36_000], vmShare: [0, 1, 1], byteShare: [0, 1, 1] } };
    const values = specOf('protected-over-time', [row('a', 1, idle)]).vconcat[0].data.values;
    expect(values.at(-1).hours).toBeCloseTo(1.03, 9);
  });
});

describe('time-to-95', () => {
  const series = (seconds: number) => ({
    protected: { tS: [0], vmShare: [0], byteShare: [0] },
    bounds: { name: ['vm', 'proxies'], seconds: [100, seconds], what: ['VM x alone', 'all proxies'] },
  });
  const rows = [
    row('round-robin', 1, series(3600), { t95_vms_s: 3600, makespan_s: null }),
    row('round-robin', 2, series(3600), { t95_vms_s: 7200, makespan_s: 10_800 }),
    row('round-robin', 3, series(3600), { t95_vms_s: null, makespan_s: null }),
    row('vsa-static', 1, series(1800), { t95_vms_s: 5400, makespan_s: 5400 }),
  ];
  const [t95, makespan] = specOf('time-to-95', rows).vconcat;
  const texts = (panel: Loose): string[] =>
    panel.layer.flatMap((layer: Loose) => {
      const field = layer.encoding.text?.field;
      return field === undefined ? [] : layer.data.values.map((value: Loose) => value[field]);
    });
  const dots = (panel: Loose) =>
    panel.layer.find((layer: Loose) => layer.mark.size === 36).data.values.map((value: Loose) => value.hours);

  it('draws a time that was never reached as words, not as 0', () => {
    expect(dots(t95)).toEqual([1, 2, 1.5]);
    expect(dots(makespan)).toEqual([3, 1.5]);
    expect(texts(t95)).toEqual(['2 h 0 min', '1 h 30 min', '✕ not reached: 1 of 3']);
    expect(texts(makespan)).toEqual(['median lower bound', '1 h 30 min', '✕ not reached: 2 of 3']);
  });

  it('rules the bound into the makespan only, the one that holds for every strategy', () => {
    expect(makespan.title.subtitle).toBe('median lower bound for every strategy: 1 h 0 min (all proxies)');
    const [, ofOneNight] = specOf('time-to-95', rows.slice(0, 1)).vconcat;
    expect(ofOneNight.title.subtitle).toBe('lower bound for every strategy: 1 h 0 min (all proxies)');
    expect(t95.title.subtitle).toBeUndefined();
    const rule = makespan.layer.find((layer: Loose) => layer.mark.strokeDash !== undefined);
    // night 1: the lesser of 1800 and 3600 s; nights 2 and 3: 3600 s
    expect(rule.data.values[0].hours).toBe(1);
  });
});

describe('stranded-by-round', () => {
  const rounds = (...stranded: number[]) => ({ rounds: { round: stranded.map((_, i) => i + 1), stranded } });
  const rows = [
    row('round-robin', 1, rounds(4, 2), { stranded: 2, unfinished: 0 }),
    row('round-robin', 2, rounds(6), { stranded: 6, unfinished: 0 }),
    row('vsa-static', 1, rounds(9, 5), { stranded: 5, unfinished: 0 }),
  ];
  const bars = (of: readonly Row[]) => specOf('stranded-by-round', of).data.values;

  it('keeps the last count of a night that had fewer rounds', () => {
    expect(bars(rows).map((bar: Loose) => [bar.when, bar.strategy, bar.low, bar.mid, bar.high])).toEqual([
      ['after round 1', 'round-robin', 4, 5, 6],
      ['after round 1', 'vsa-static', 9, 9, 9],
      ['after round 2', 'round-robin', 2, 4, 6],
      ['after round 2', 'vsa-static', 5, 5, 5],
      ['at the end', 'round-robin', 2, 4, 6],
      ['at the end', 'vsa-static', 5, 5, 5],
    ]);
  });

  it('counts what the window cut off apart, where there is any', () => {
    const cut = row('vsa-static', 2, rounds(9, 5), { stranded: 5, unfinished: 3 });
    const last = bars([...rows, cut]).at(-1);
    expect(last).toMatchObject({ when: 'unfinished', strategy: 'vsa-static', low: 0, mid: 1.5, high: 3 });
  });

  it('stops at six rounds', () => {
    const many = bars([row('vsa-static', 1, rounds(9, 8, 7, 6, 5, 4, 3, 2), { stranded: 2 })]);
    expect(many.map((bar: Loose) => bar.mid)).toEqual([9, 8, 7, 6, 5, 4, 2]);
  });
});

describe('device-streams', () => {
  const on = (streams: Record<string, number>) => ({
    deviceStreams: {
      device: Object.keys(streams).flatMap((device) => [device, device]),
      tS: Object.keys(streams).flatMap(() => [0, 600]),
      streams: Object.values(streams).flatMap((count) => [count, count]),
    },
  });

  it('shows the six busiest over all strategies, in one order, and a place for the idle ones', () => {
    const rows = [
      row('round-robin', 1, on({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 })),
      row('vsa-static', 1, on({ a: 9, c: 1 })),
    ];
    const { vconcat } = specOf('device-streams', rows);
    const order = ['a', 'g', 'f', 'e', 'c', 'd']; // c and d have 4 each
    for (const strip of vconcat) {
      expect(strip.facet.column.sort).toEqual(order);
      expect(new Set(strip.data.values.map((value: Loose) => value.key))).toEqual(new Set(order));
      expect(strip.spec.encoding.y.scale.domain).toEqual([0, 9]);
    }
  });

  it('leaves out the middle of long names, so that the ends still tell them apart', async () => {
    const streams = Object.fromEntries([1, 2, 3, 4, 5, 16].map((n) => [`esx-cluster-store-${n}`, 1]));
    const [file] = await renderCharts([row('round-robin', 1, on(streams))], kind);
    expect(file!.svg).toContain('>esx-…r-store-1<');
    expect(file!.svg).toContain('>esx-…-store-16<');
  });

  it('draws an area without a cut where that of another device ends', async () => {
    // 60 bins are drawn as 30; the short one ends after 5, in the middle of a drawn bin
    const bins = [60, 5].flatMap((count, d) => Array.from({ length: count }, (_, i) => ({ d, tS: 60 * i })));
    const columns = {
      device: bins.map((bin) => ['long', 'short'][bin.d]!),
      tS: bins.map((bin) => bin.tS),
      streams: bins.map(() => 2),
    };
    const [file] = await renderCharts([row('round-robin', 1, { deviceStreams: columns })], kind);
    const [path] = [...file!.svg.matchAll(/area mark" d="M([^"]*)"/g)].map((match) => match[1]!);
    const heights = path!.split('L').map((point) => Number(point.split(',')[1]));
    // level over 30 bins, then down to the axis
    expect(heights.indexOf(80)).toBeGreaterThanOrEqual(60);
    expect(new Set(heights.slice(0, 60))).toEqual(new Set([0]));
  });

  it('shows a night that every strategy has finished, and says which', () => {
    const rows = [
      row('round-robin', 1, on({ a: 1 })),
      row('round-robin', 2, on({ a: 2 })),
      row('vsa-static', 2, on({ a: 3 })),
    ];
    expect(
      firstCells([
        { strategy: 'r', rows: rows.slice(0, 2) },
        { strategy: 'v', rows: rows.slice(2) },
      ]),
    ).toEqual(rows.slice(1));
    expect(specOf('device-streams', rows).description).toContain('cluster seed 1, night seed 2');
  });
});

describe('what-limited', () => {
  it('stacks the groups in their order, on the same axes for every strategy', () => {
    const { vconcat, resolve } = specOf('what-limited', sceneRows());
    expect(vconcat.map((panel: Loose) => panel.title.text)).toEqual(known);
    expect(resolve.scale).toEqual({ x: 'shared', y: 'shared', color: 'shared' });
    const { domain, range } = vconcat[0].encoding.color.scale;
    expect(domain).toEqual(['source', 'proxy', 'network', 'target', 'stream cap', 'not transferring']);
    expect(new Set(range).size).toBe(6);
    const strategyColours = coloursOf(known, known).range;
    expect(range.filter((colour: string) => strategyColours.includes(colour))).toEqual([]);
  });
});

it.each(['device-streams', 'what-limited'])('%s says how many strategies it has no room for', (name) => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => rowOf({ ...characters[0]!, strategy: `round-robin[k=${i}]` }, 1));
  expect(specOf(name, many(12)).description).not.toContain('left out');
  expect(specOf(name, many(14)).description).toContain('no room: 2');
});

describe('binsOf', () => {
  it('averages neighbours and closes with an empty bin, so that the area stays', () => {
    const limited = {
      group: ['x', 'x', 'x', 'x', 'x', 'y', 'y', 'y', 'y', 'y'],
      tS: [0, 36, 72, 108, 144, 0, 36, 72, 108, 144],
      streams: [1, 3, 5, 7, 2, 0, 0, 4, 4, 0],
    };
    const bins = binsOf(row('a', 1, { limited }), 'limited', 'group', 3);
    expect(bins.map((bin) => [bin.key, bin.hours, bin.streams])).toEqual([
      ['x', 0, 2],
      ['x', 0.02, 6],
      ['x', 0.04, 2],
      ['x', 0.05, 0],
      ['y', 0, 0],
      ['y', 0.02, 4],
      ['y', 0.04, 0],
      ['y', 0.05, 0],
    ]);
    const area = bins.filter((bin) => bin.key === 'x').reduce((sum, bin) => sum + bin.streamHours, 0);
    expect(area).toBeCloseTo(18 * 0.01, 12); // 18 streams x 36 s
  });
});

describe('spreadOf', () => {
  it('counts "never" as above every number', () => {
    expect(spreadOf([3, null, 1])).toEqual({ low: 1, mid: 3, high: 3 });
    expect(spreadOf([3, null, null])).toEqual({ low: 3, mid: null, high: 3 });
    expect(spreadOf([1, 2, null, 3])).toEqual({ low: 1, mid: 2.5, high: 3 });
    expect(spreadOf([1, null])).toEqual({ low: 1, mid: null, high: 1 });
    expect(spreadOf([])).toEqual({ low: null, mid: null, high: null });
  });
});

describe('the shell of the report', () => {
  it('knows nothing of what is simulated', () => {
    const files = readdirSync('harness/report').filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(4);
    for (const file of files)
      expect([file, /vm|proxy|backup/i.exec(readFileSync(`harness/report/${file}`, 'utf8'))]).toEqual([
        file,
        null,
      ]);
  });
});
