import type { Row, Series } from '../../harness/model/kind.ts';

// Rows as a run of a few hundred VMs might leave them: four strategies, three nights, smooth curves, no engine.

interface Character {
  readonly strategy: string;
  /** hours until all that it protects is protected, in night 1 */
  readonly hours: number;
  /** VMs never protected, of 300 */
  readonly stranded: number;
  readonly rounds: readonly number[];
}

export const characters: readonly Character[] = [
  { strategy: 'priority-list', hours: 5.2, stranded: 0, rounds: [42, 9, 0] },
  { strategy: 'round-robin', hours: 7.4, stranded: 3, rounds: [64, 20, 7, 3] },
  { strategy: 'least-loaded', hours: 7.4, stranded: 3, rounds: [60, 18, 6, 3] },
  { strategy: 'vsa-static', hours: 10.8, stranded: 24, rounds: [71, 40, 27, 24] },
];

const vmCount = 300;
const devices = ['array-01', 'array-02', 'nas-01', 'local-esx-07', 'local-esx-08', 'array-03', 'spare'];
const groups = ['source', 'proxy', 'network', 'target', 'stream cap', 'not transferring'];

export const sceneRows = (): Row[] =>
  characters.flatMap((character) => [1, 2, 3].map((nightSeed) => rowOf(character, nightSeed)));

export function rowOf(character: Character, nightSeed: number, document = 'estate-300'): Row {
  const endS = character.hours * 3600 * (1 + 0.06 * (nightSeed - 1));
  const isComplete = character.stranded === 0;
  const t95 = isComplete || character.stranded <= 15 ? endS * 0.86 : null;
  return {
    document,
    documentHash: 'c0ffee'.repeat(10),
    strategy: character.strategy,
    clusterSeed: 1,
    nightSeed,
    outcome: {
      status: 'ok',
      message: null,
      metrics: {
        t95_vms_s: t95,
        makespan_s: isComplete ? endS : null,
        stranded: character.stranded,
        unfinished: character.strategy === 'vsa-static' && nightSeed === 3 ? 5 : 0,
      },
      notes: {},
      series: {
        protected: protectedSteps(character, endS),
        rounds: roundsOf(character),
        deviceStreams: deviceStreams(character, endS),
        limited: limited(character, endS),
        bounds: {
          name: ['longest VM', 'proxies', 'devices'],
          seconds: [9000, 12_960 + 300 * nightSeed, 8000],
          what: ['sql-17', 'CPU of all proxies', 'array-01'],
        },
      },
    },
  };
}

function protectedSteps({ stranded }: Character, endS: number): Series {
  const steps = Array.from({ length: vmCount - stranded }, (_, i) => (i + 1) / (vmCount - stranded));
  const reach = (vmCount - stranded) / vmCount;
  return {
    tS: steps.map((x) => endS * (0.02 + 0.98 * (0.55 * x + 0.45 * x ** 4))),
    vmShare: steps.map((x) => x * reach),
    byteShare: steps.map((x) => x ** 1.6 * reach ** 2),
  };
}

function roundsOf({ rounds }: Character): Series {
  const started = rounds.map((_, i) => (i === 0 ? vmCount : rounds[i - 1]!));
  return {
    round: rounds.map((_, i) => i + 1),
    stranded: rounds,
    started,
    failed: rounds.map((count) => Math.floor(count / 4)),
  };
}

function deviceStreams({ strategy }: Character, endS: number): Series {
  const most = strategy === 'vsa-static' ? 16 : strategy === 'priority-list' ? 6 : 10;
  const points = devices.flatMap((device, d) =>
    bins(endS).map(({ tS, x }) => ({
      device,
      tS,
      streams:
        device === 'spare' ? 0.1 : (most / (1 + d / 2)) * Math.max(0, 1 - x ** 3) * (1 + 0.3 * wave(x, d)),
    })),
  );
  return columnsOf(points);
}

function limited({ strategy }: Character, endS: number): Series {
  const weights = strategy === 'vsa-static' ? [9, 3, 1, 2, 1, 2] : [3, 7, 2, 4, 1, 2];
  return columnsOf(
    groups.flatMap((group, g) =>
      bins(endS).map(({ tS, x }) => ({
        group,
        tS,
        streams: weights[g]! * Math.max(0, 1 - x ** 4) * (1 + 0.4 * wave(x, g)),
      })),
    ),
  );
}

const binCount = 180;
const bins = (endS: number): { tS: number; x: number }[] =>
  Array.from({ length: binCount }, (_, i) => ({ tS: (endS * i) / binCount, x: i / binCount }));

/** Between -1 and 1, without sin: equal on every machine. */
const wave = (x: number, phase: number): number => 4 * Math.abs(((x * 7 + phase * 0.3) % 1) - 0.5) - 1;

const columnsOf = (points: readonly Record<string, number | string>[]): Series =>
  Object.fromEntries(Object.keys(points[0]!).map((name) => [name, points.map((point) => point[name]!)]));
