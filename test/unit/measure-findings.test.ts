import { describe, expect, test } from 'vitest';
import { findings } from '../../harness/measure/findings.ts';
import { overusedProxy } from '../../harness/measure/held-back.ts';
import { numberOf } from '../../harness/measure/words.ts';
import type { Outcome, Row, Series } from '../../harness/model/kind.ts';
import { nightScene, recordScene } from '../scenes/record-scene.ts';

interface Cell {
  readonly t95?: number | null;
  readonly stranded?: number;
  readonly excess?: number | null;
  readonly makespan?: number | null;
  readonly setBy?: string;
  readonly status?: Outcome['status'];
  readonly caveat?: string;
  readonly protectedPct?: number;
  /** streams that each group held back, over two bins of a minute */
  readonly limited?: Readonly<Record<string, number>>;
  readonly overused?: string;
}

/** by strategy, one cell a night */
const rowsOf = (cells: Readonly<Record<string, readonly Cell[]>>, document = 'estate'): Row[] =>
  Object.entries(cells).flatMap(([strategy, list]) =>
    list.map((c, i): Row => ({
      strategy,
      clusterSeed: 1,
      nightSeed: i + 1,
      document,
      documentHash: document,
      outcome: {
        status: c.status ?? 'ok',
        message: null,
        metrics:
          (c.status ?? 'ok') === 'ok'
            ? {
                t95_vms_s: c.t95 === undefined ? 3600 : c.t95,
                stranded: c.stranded ?? 0,
                excess_streams_per_tb: c.excess === undefined ? 0 : c.excess,
                makespan_s: c.makespan === undefined ? 7200 : c.makespan,
                protected_vms_pct: c.protectedPct ?? null,
              }
            : {},
        notes: {
          makespan_set_by: c.setBy ?? null,
          caveat: c.caveat ?? null,
          overused_proxy: c.overused ?? null,
        },
        series: c.limited === undefined ? {} : { limited: limitedSeries(c.limited) },
      },
    })),
  );

const limitedSeries = (limited: Readonly<Record<string, number>>): Series => {
  const points = Object.entries(limited).flatMap(([group, streams]) =>
    [0, 60].map((tS) => ({ group, tS, streams })),
  );
  return {
    group: points.map((p) => p.group),
    tS: points.map((p) => p.tS),
    streams: points.map((p) => p.streams),
  };
};

const six = (cell: Cell): Cell[] => Array.from({ length: 6 }, () => cell);

describe('who protects first', () => {
  const first = (cells: Readonly<Record<string, readonly Cell[]>>) => findings(rowsOf(cells))[0];

  test('is the lowest median, and by how much the others are later', () => {
    const cells = {
      'round-robin': [{ t95: 9000 }, { t95: 4500 }, { t95: 4000 }],
      'priority-list': [{ t95: 3600 }, { t95: 3000 }, { t95: 9999 }],
    };
    expect(first(cells)).toBe(
      'estate: priority-list protects 95 % of the VMs first, after 1 h 0 min; then round-robin (25 % later, 1 h 15 min).',
    );
  });

  test('says in the same words that priority-list loses', () => {
    expect(first({ 'priority-list': [{ t95: 4500 }], 'round-robin': [{ t95: 3600 }] })).toBe(
      'estate: round-robin protects 95 % of the VMs first, after 1 h 0 min; then priority-list (25 % later, 1 h 15 min).',
    );
  });

  test('calls less than 1 % a tie', () => {
    const cells = { a: [{ t95: 3600 }], b: [{ t95: 3630 }], c: [{ t95: 7200 }] };
    expect(first(cells)).toBe(
      'estate: a and b tie: they protect 95 % of the VMs first, after 1 h 0 min; then c (100 % later, 2 h 0 min).',
    );
    expect(first({ a: [{}], b: [{}] })).toBe(
      'estate: a and b tie: they protect 95 % of the VMs after 1 h 0 min.',
    );
  });

  test('cannot be who reaches 95 % in the easy nights only', () => {
    expect(first({ a: [{ t95: 60 }, { t95: null }], b: [{}, {}], c: [{ t95: null }, { t95: null }] })).toBe(
      'estate: b protects 95 % of the VMs first, after 1 h 0 min; a only in 1 of 2 cells, c never.',
    );
    expect(first({ a: [{ t95: null }] })).toBe(
      'estate: no strategy protects 95 % of the VMs in every cell: a never.',
    );
  });

  test('says how much is protected where 95 % never is, most first', () => {
    const cells = {
      a: [{ t95: null, protectedPct: 11.7 }],
      b: [{ t95: null, protectedPct: 44.03 }],
    };
    expect(first(cells)).toBe(
      'estate: no strategy protects 95 % of the VMs in every cell: b never (44.0 % protected), a never (11.7 % protected).',
    );
    expect(first({ ...cells, c: [{}] })).toBe(
      'estate: c protects 95 % of the VMs first, after 1 h 0 min; b never (44.0 % protected), a never (11.7 % protected).',
    );
  });

  test('names the next four and the last of many', () => {
    const cells = Object.fromEntries([...'abcdefgh'].map((name, i) => [name, [{ t95: 3600 * (i + 1) }]]));
    expect(first(cells)).toMatch(
      /; then b [^;]*, e \(400 % later, 5 h 0 min\), 2 more, and last h \(.*8 h 0 min\)\.$/u,
    );
  });

  test('is said for each document, up to three', () => {
    const rows = ['a', 'b', 'c', 'd'].flatMap((name) => rowsOf({ x: [{}] }, name));
    expect(findings(rows).slice(0, 4)).toEqual([
      ...['a', 'b', 'c'].map((name) => `${name}: x protects 95 % of the VMs after 1 h 0 min.`),
      'The table has 1 more document.',
    ]);
  });
});

describe('the other sentences', () => {
  const said = (cells: Readonly<Record<string, readonly Cell[]>>) => findings(rowsOf(cells));

  test('name who strands VMs, most first, and what happens in single cells', () => {
    const cells = {
      good: [{}, {}, {}],
      odd: [{}, {}, { stranded: 5 }],
      bad: [{ stranded: 14 }, { stranded: 14 }, { stranded: 14 }],
    };
    expect(said(cells)).toContain('VMs left stranded: bad 14, odd 0 (up to 5), none under good.');
    expect(said({ good: [{}] })).toContain('No strategy leaves a VM stranded.');
  });

  test('count stranded VMs by document, and what strands whatever is decided once', () => {
    const rows = [
      ...rowsOf({ a: [{}], b: [{}] }, 'x'),
      ...rowsOf({ a: [{ stranded: 7 }], b: [{ stranded: 7 }] }, 'y'),
      ...rowsOf({ a: [{ stranded: 1 }], b: [{}] }, 'z'),
    ];
    expect(findings(rows)).toContain('VMs left stranded: y: 7 under every strategy; z: a 1, none under b.');
  });

  test('name who presses the data stores hardest and least', () => {
    const cells = { a: [{ excess: 1234.4 }], b: [{ excess: 12 }], c: [{ excess: 12 }] };
    expect(said(cells)).toContain(
      'a presses the data stores hardest, 1,234 stream-seconds per TB beyond what they carry comfortably; b and c least, 12.',
    );
    expect(said({ a: [{ excess: 100 }], b: [{ excess: 100.5 }] })).toContain(
      'All strategies press the data stores alike: 101 stream-seconds per TB beyond what they carry comfortably.',
    );
    expect(said({ a: [{}] })).toContain(
      'No strategy presses the data stores beyond what they carry comfortably.',
    );
  });

  test('say what set the makespan, of the cell at the median', () => {
    const cells = {
      a: [{ makespan: 7200, setBy: 'VM x alone for the last 12 min 0 s' }],
      b: [
        { makespan: 9000, setBy: 'not this' },
        { makespan: 10_800, setBy: 'proxy p: 9 VMs in the last hour' },
        { makespan: 12_000, setBy: 'nor this' },
      ],
    };
    expect(said(cells)).toContain(
      'The whole night takes 2 h 0 min at best (a), set by VM x alone for the last 12 min 0 s; 3 h 0 min under b, set by proxy p: 9 VMs in the last hour.',
    );
    expect(said({ a: [{ setBy: 'VM x alone for the last 5.0 s' }], b: [{}] })).toContain(
      'The whole night takes 2 h 0 min at best (all tie), set by VM x alone for the last 5.0 s.',
    );
    expect(said({ a: [{ makespan: null }] })).toContain(
      'No strategy protects everything in every cell, so that no makespans are compared.',
    );
  });

  test('say what held the streams back most, and of a proxy that has nearly everything to do', () => {
    const overused = 'p1 of 4 proxies moved 97 % of the bytes';
    const cells = {
      a: [{ limited: { source: 1, proxy: 3 }, overused }],
      b: [
        { limited: { target: 6, 'not transferring': 4 } },
        { limited: { target: 1, 'not transferring': 9 } },
      ],
      c: [{ limited: { 'not transferring': 8, source: 2 }, overused }],
    };
    expect(said(cells)).toContain(
      'Streams were held back longest, by share of their time, by the proxies under a (75 %: p1 of 4 proxies moved 97 % of the bytes); by waits for snapshots, attaching and queues under b (65 %) and c (80 %).',
    );
    expect(said({ a: [{ limited: { source: 1 } }], b: [{ limited: { source: 3, proxy: 1 } }] })).toContain(
      'Streams were held back longest, by share of their time, by the data stores under every strategy (75 to 100 %).',
    );
    expect(said({ a: [{ limited: { source: 0 } }] }).join(' ')).not.toContain('held back');
  });

  test('warn of assumptions, of few cells and of cells without a result', () => {
    const cells = { a: [{ caveat: 'placement on data stores is assumed' }, { status: 'timeout' as const }] };
    expect(said(cells).slice(-3)).toEqual([
      'Without a result: a timeout (1 cell).',
      'Mind: placement on data stores is assumed.',
      '2 cells per strategy are still an anecdote: more of them (--nights, --clusters) show whether the order holds.',
    ]);
    expect(said({ a: [{}] }).at(-1)).toMatch(/^One night is an anecdote/u);
    expect(said({ a: six({}) }).some((s) => s.includes('anecdote'))).toBe(false);
  });

  test('are three to six for whole rows, and none for none', () => {
    expect(findings([])).toEqual([]);
    expect(said({ a: six({}), b: six({}) })).toHaveLength(4);
    expect(said({ a: [{ caveat: 'placement is assumed' }], b: [{ stranded: 1 }] })).toHaveLength(6);
  });
});

test('numbers in sentences have three digits or so', () => {
  expect([0, 0.254, 12.54, 14, 999.6, 1234, 1_234_567.8].map(numberOf)).toEqual([
    '0',
    '0.25',
    '12.5',
    '14',
    '1,000',
    '1,234',
    '1,234,568',
  ]);
});

describe('a proxy is overused', () => {
  const of = (movedMB: readonly number[], sketches: readonly object[] = movedMB.map(() => ({}))) => {
    const night = nightScene({ proxies: sketches });
    const proxies = movedMB.map((MB) => ({ movedMB: MB, cpuS: 0, idleWhileWaitingS: 0 }));
    return overusedProxy(night, recordScene(night, { load: { proxies } }));
  };

  test('that moved more than 80 % of the bytes, where others could have', () => {
    expect(of([5, 90, 5])).toBe('proxy-1 of 3 proxies moved 90 % of the bytes');
    expect(of([20, 80])).toBeNull();
    expect(of([0, 0])).toBeNull();
    expect(of([100])).toBeNull();
  });
});
