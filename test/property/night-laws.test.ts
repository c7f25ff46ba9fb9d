import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import { boundsOf } from '../../harness/measure/bounds.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import type { Night } from '../../harness/model/night.ts';
import type { AttemptRecord, NightRecord } from '../../harness/model/record.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { drawnDocument } from '../scenes/drawn-document.ts';
import { anyStart, fewestStreams, largestToIdle, playNight, type Play } from '../scenes/plain-deciders.ts';
import { watchSolver } from '../scenes/watched-solver.ts';

const everything = drawnDocument({ overheads: true, faults: true, windows: true });

const strategies = { fewestStreams, anyStart, largestToIdle };

const drawnPlay = fc.record({
  by: fc.constantFrom(...(['fewestStreams', 'anyStart', 'anyStart', 'largestToIdle'] as const)),
  nightSeed: fc.integer({ min: 1, max: 1000 }),
  plain: fc.record({
    workUnit: fc.constantFrom('vm' as const, 'disk' as const),
    retries: fc.boolean(),
    respectsLimit: fc.boolean(),
  }),
});

/** Most of `weight` that runs at one time, between events: what ends at a time is gone when something starts then. */
function mostAtOnce(attempts: readonly AttemptRecord[], weight: (a: AttemptRecord) => number): number {
  const steps = attempts
    .flatMap((a) => [
      { atS: a.startS, change: weight(a) },
      { atS: a.endS!, change: -weight(a) },
    ])
    .toSorted((x, y) => x.atS - y.atS || x.change - y.change);
  let now = 0;
  return steps.reduce((most, { change }) => Math.max(most, (now += change)), 0);
}

const sum = (list: Iterable<number>) => [...list].reduce((total, x) => total + x, 0);

type Law = (record: NightRecord, night: Night, played: Play) => void;

const laws: Record<string, Law> = {
  'every attempt ends once, after it began, and reads in between'({ attempts, endS }) {
    for (const a of attempts) {
      expect(a.cause).not.toBeNull();
      expect(a.endS).toBeGreaterThanOrEqual(a.transferS ?? a.startS);
      expect(a.transferS ?? a.startS).toBeGreaterThanOrEqual(a.startS);
      expect(a.endS).toBeLessThanOrEqual(endS);
      if (a.transferS === null) expect(a.movedMB).toBe(0);
    }
    expect(attempts.map((a) => a.startS)).toEqual(attempts.map((a) => a.startS).toSorted((x, y) => x - y));
  },
  'no unit has two attempts at a time, and none after it is protected'({ attempts, units }) {
    for (const u of units) {
      const own = attempts.filter((a) => a.job === u.job && a.unit === u.unit);
      expect(own.map((a) => a.attemptNo)).toEqual(own.map((_, i) => i + 1));
      own.slice(1).forEach((a, i) => expect(a.startS).toBeGreaterThanOrEqual(own[i]!.endS!));
      own.slice(0, -1).forEach((a) => expect(a.cause).not.toBe('finished'));
      expect(own.at(-1)?.cause === 'finished').toBe(u.state === 'finished');
      expect(u.attempts).toBe(own.length);
    }
  },
  'streams of jobs, slots of agents and, where promised, limits of proxies are kept'(
    record,
    night,
    { plain },
  ) {
    for (const job of night.jobs)
      expect(mostAtOnce(record.attempts, (a) => (a.job === job.id ? a.streams : 0))).toBeLessThanOrEqual(
        job.streams,
      );
    for (const agent of night.agents)
      expect(mostAtOnce(record.attempts, (a) => (a.agent === agent.id ? a.streams : 0))).toBeLessThanOrEqual(
        agent.maxStreams,
      );
    if (plain!.respectsLimit === true)
      for (const proxy of night.proxies)
        expect(
          mostAtOnce(record.attempts, (a) => (a.proxy === proxy.id ? a.streams : 0)),
        ).toBeLessThanOrEqual(proxy.limit);
  },
  'bytes read are those of the finished units and what other attempts read'(
    { attempts, load },
    night,
    played,
  ) {
    const factsOf = night.jobs.map((j) => night.jobFacts(j.id, played.plain!.workUnit!));
    for (const a of attempts) {
      const { toMoveMB } = factsOf[a.job]!.units[a.unit]!;
      if (a.cause === 'finished') expect(a.movedMB).toBeCloseTo(toMoveMB, 6);
      else expect(a.movedMB).toBeLessThanOrEqual(toMoveMB + 1e-6);
    }
    const readMB = sum(attempts.map((a) => a.movedMB));
    expect(sum(load.devices.map((d) => d.readMB))).toBeCloseTo(readMB, 5);
    expect(sum(load.proxies.map((p) => p.movedMB))).toBeCloseTo(readMB, 5);
  },
  'no data store has more open snapshots than it bears'({ attempts }, night, { plain }) {
    for (const store of night.stores) {
      if (store.maxOpenSnapshots === null || plain!.workUnit === 'disk') continue;
      const reading = attempts
        .filter((a) => a.transferS !== null && night.vms[a.vm]!.disks.some((d) => d.store === store.id))
        .map((a) => ({ ...a, startS: a.transferS! }));
      expect(mostAtOnce(reading, () => 1)).toBeLessThanOrEqual(store.maxOpenSnapshots);
    }
  },
  'rounds follow one another and count their attempts'({ jobs, attempts }) {
    for (const { job, rounds, startS, endS } of jobs) {
      expect(rounds.map((r) => r.round)).toEqual(rounds.map((_, i) => i + 1));
      for (const r of rounds) {
        const own = attempts.filter((a) => a.job === job && a.round === r.round);
        const finished = own.filter((a) => a.cause === 'finished').length;
        expect(r).toMatchObject({ started: own.length, finished, failed: own.length - finished });
        for (const a of own) {
          expect(a.startS).toBeGreaterThanOrEqual(r.startS);
          expect(a.endS).toBeLessThanOrEqual(r.endS);
        }
        expect(r.startS).toBeGreaterThanOrEqual(startS);
        expect(r.endS).toBeLessThanOrEqual(endS);
      }
    }
  },
  'no night that protects all ends before its bounds'(record, night, { plain }) {
    if (record.units.some((u) => u.state !== 'finished')) return;
    const { bestS, binding } = boundsOf(night, plain!.workUnit!);
    const lastS = Math.max(...record.units.map((u) => u.endS!));
    expect(lastS, binding ?? '').toBeGreaterThanOrEqual(bestS * (1 - 1e-9));
  },
  'the time of devices and streams adds up to the night'({ load, endS }) {
    for (const d of load.devices) expect(sum(d.secondsAt)).toBeCloseTo(endS, 5);
    for (const p of load.proxies) expect(p.idleWhileWaitingS).toBeLessThanOrEqual(endS + 1e-6);
  },
};

describe('every night', () => {
  it('obeys the laws, with rates that are max-min fair at every instant, and twice alike', () => {
    fc.assert(
      fc.property(everything, drawnPlay, (input, { by, ...drawn }) => {
        const played: Play = { strategy: strategies[by], ...drawn };
        const document = acceptDocument(input, 'drawn');
        const { solver, findings } = watchSolver();
        const record = playNight(document, { ...played, createSolver: () => solver });
        expect(findings).toEqual([]);
        const night = compileNight(document, { clusterSeed: 1, nightSeed: played.nightSeed! });
        for (const law of Object.values(laws)) law(record, night, played);
        expect(playNight(document, played)).toEqual(record);
      }),
      { numRuns: 200 },
    );
  });
});

/** The document with every number of these names, wherever it stands, times `factor`. */
function scaled(input: DocumentInput, fields: readonly string[], factor: number): DocumentInput {
  const walk = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(walk)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value).map(([key, part]) => [
              key,
              typeof part === 'number' && fields.includes(key) ? part * factor : walk(part),
            ]),
          )
        : value;
  return walk(input) as DocumentInput;
}

const sizes = ['usedMB', 'allocatedMB'];
const speeds = [
  'MBps',
  'readMBps',
  'writeMBps',
  'uplinkMBps',
  'networkReadMBps',
  'nicMBps',
  'hbaMBps',
  'fullMBpsPerCore',
  'incrementalMBpsPerCore',
  'sanMBps',
  'localMBps',
  'networkMBps',
  'complexMBps',
];

/** What of a night is a time, in order. */
const timesOf = ({ attempts, endS }: NightRecord): number[] => [
  endS,
  ...attempts.flatMap((a) => [a.startS, a.transferS ?? 0, a.endS!]),
];

const unhurried = drawnDocument({ overheads: false, faults: false, windows: false }).map((input) => ({
  ...input,
  jobs: input.jobs.map((job) => ({ ...job, start: '22:00' })),
}));
const deterministic = fc.record({
  by: fc.constantFrom('fewestStreams' as const, 'largestToIdle' as const),
  plain: fc.record({ workUnit: fc.constantFrom('vm' as const, 'disk' as const) }),
});
const nightOf = (
  input: DocumentInput,
  { by, plain }: { by: keyof typeof strategies; plain: Play['plain'] },
) => playNight(acceptDocument(input, 'drawn'), { strategy: strategies[by], plain: plain! });

describe('a night without overheads, faults, windows and hourly load', () => {
  const expectTimes = (record: NightRecord, times: readonly number[]) =>
    timesOf(record).forEach((atS, i) =>
      expect(Math.abs(atS - times[i]!)).toBeLessThanOrEqual(1e-9 * (1 + atS)),
    );

  it('takes twice as long with sizes doubled, and half as long with speeds doubled', () => {
    fc.assert(
      fc.property(unhurried, deterministic, (input, by) => {
        const record = nightOf(input, by);
        expectTimes(
          nightOf(scaled(input, sizes, 2), by),
          timesOf(record).map((s) => 2 * s),
        );
        expectTimes(
          nightOf(scaled(input, speeds, 2), by),
          timesOf(record).map((s) => s / 2),
        );
      }),
      { numRuns: 60 },
    );
  });
});

/** Every name of the document with an x before it, in the lists that define and in those that refer. */
function renamed(input: DocumentInput): DocumentInput {
  const names = new Set(
    [
      'sites',
      'managementServers',
      'devices',
      'stores',
      'servers',
      'proxies',
      'agents',
      'secondaryStorage',
      'policies',
      'jobs',
    ]
      .flatMap((list) => (input[list as 'sites'] as readonly { id: string }[]).map((e) => e.id))
      .concat(
        input.vms.map((v) => v.key),
        input.devices.flatMap((d) => (d.attachment.kind === 'san' ? d.attachment.zones : [])),
      ),
  );
  const walk = (value: unknown): unknown =>
    typeof value === 'string' && names.has(value)
      ? `x${value}`
      : Array.isArray(value)
        ? value.map(walk)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part)]))
          : value;
  return walk(input) as DocumentInput;
}

it('renaming everything changes nothing but names', () => {
  const undrawn = everything.map((input) => ({ ...input, faults: { ...input.faults, rates: {} } }));
  fc.assert(
    fc.property(undrawn, deterministic, (input, by) => {
      const { units, ...record } = nightOf(input, by);
      const { units: renamedUnits, ...renamedRecord } = nightOf(renamed(input), by);
      expect(renamedRecord).toEqual(record);
      expect(renamedUnits).toEqual(units.map((u) => ({ ...u, key: `x${u.key}` })));
    }),
    { numRuns: 60 },
  );
});
