import { describe, expect, it } from 'vitest';
import type { Params } from '../../harness/model/params.ts';
import { defineStrategy, type Notice, type Strategy } from '../../harness/model/strategy.ts';
import { endsByKey, fewestStreams, playNight } from '../scenes/plain-deciders.ts';
import { plainAgent, plainDocument, plainProxy, plainServer, plainVm } from '../scenes/plain-document.ts';

/** The same strategy, telling each decider's notices to a list of its own. */
function overheard(strategy: Strategy, heard: Notice['type'][][]): Strategy {
  return {
    ...strategy,
    create(setup) {
      const own: Notice['type'][] = [];
      heard.push(own);
      const decider = strategy.create(setup);
      return {
        decide: (view) => decider.decide(view),
        notice(notice, view) {
          own.push(notice.type);
          decider.notice?.(notice, view);
        },
      };
    },
  };
}

describe('the loss of the coordinator', () => {
  it('stops all decisions of its job from that moment until the successor has taken over', () => {
    const record = playNight(
      plainDocument({
        proxies: [plainProxy('p'), plainProxy('q')],
        vms: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => plainVm(key, [['ds', 2500]])),
        jobs: [{ id: 'job', policy: 'policy', streams: 2 }],
        roles: { detectS: 60, takeoverS: 20 },
        faults: { outages: [{ proxy: 'p', from: '22:01' }] },
      }),
    );
    // a, c, e on p and b, d, f on q from 0, 25 and 50 on; p and with it e is lost at 60, f ends at 75;
    // the loss is noticed at 120, q takes over at 140 and starts g; round 2 takes up e
    expect(record.attempts.filter((a) => a.startS > 50).map((a) => [a.vm, a.startS, a.endS])).toEqual([
      [6, 140, 165],
      [4, 165, 190],
    ]);
    expect(record.attempts[4]).toMatchObject({ cause: 'proxy-lost', endS: 120 });
    expect(record.jobs[0]).toMatchObject({ coordinator: 0, takeovers: [{ proxy: 1, atS: 140 }] });
  });

  it('between two rounds shows the successor nothing before its first round but what it inherits', () => {
    const heard: Notice['type'][][] = [];
    playNight(
      plainDocument({
        proxies: [plainProxy('p'), plainProxy('q')],
        vms: [
          plainVm('a', [['ds', 1000]]),
          plainVm('b', [['ds', 1000]]),
          ...['c', 'd', 'e'].map((key) => plainVm(key, [['ds', 20_000]])),
        ],
        jobs: [
          { id: 'pends', policy: 'policy', streams: 2, select: { vms: ['a', 'b'] }, pendDelayS: 600 },
          { id: 'other', policy: 'policy', streams: 1, select: { vms: ['c', 'd', 'e'] }, coordinator: 'q' },
        ],
        faults: { broken: [{ vm: 'b', attempts: 1 }], outages: [{ proxy: 'p', from: '22:01' }] },
      }),
      { strategy: overheard(fewestStreams, heard) },
    );
    expect(heard.map((own) => own.slice(0, own.indexOf('round')))).toEqual([[], [], ['inherited']]);
  });
});

describe('the end of the window', () => {
  it('between two rounds does not count the last one twice', () => {
    const record = playNight(
      plainDocument({
        vms: [plainVm('a', [['ds', 1000]]), plainVm('b', [['ds', 1000]])],
        jobs: [{ id: 'job', policy: 'policy', streams: 2, pendDelayS: 7200, window: { hours: 1 } }],
        faults: { broken: [{ vm: 'b', attempts: 1 }] },
      }),
    );
    expect(record.jobs[0]).toMatchObject({ end: 'window', endS: 3600 });
    expect(record.jobs[0]!.rounds.map((r) => [r.round, r.endS, r.stranded])).toEqual([[1, 10, 1]]);
  });

  it('leaves units unfinished, which are not stranded, and for which no proxy idles any more', () => {
    const record = playNight(
      plainDocument({
        proxies: [plainProxy('p', { maxStreams: 1 }), plainProxy('q')],
        vms: [plainVm('a', [['ds', 400_000]]), plainVm('b', [['ds', 1000]])],
        jobs: [{ id: 'job', policy: 'policy', streams: 1, window: { hours: 1 } }],
      }),
    );
    expect(endsByKey(record)).toEqual({ a: 4000, b: null });
    expect(record.units[1]).toMatchObject({ state: 'unfinished', reason: 'window-closed' });
    expect(record.jobs[0]!.rounds[0]).toMatchObject({ units: 2, finished: 1, stranded: 0 });
    expect(record.load.proxies.map((p) => p.idleWhileWaitingS)).toEqual([0, 3600]);
  });
});

it('sleeps through a last round in which nothing can start, and wakes up to it', () => {
  const record = playNight(
    plainDocument({
      vms: [plainVm('a', [['ds', 1000]])],
      jobs: [{ id: 'job', policy: 'policy', streams: 1, maxRounds: 1, coordinator: 'q' }],
      proxies: [plainProxy('p', { sanZones: ['zone-disk'] }), plainProxy('q', { hypervisors: ['other'] })],
      faults: { outages: [{ proxy: 'p', from: '22:00', to: '22:05' }] },
    }),
  );
  expect(endsByKey(record)).toEqual({ a: 310 });
});

it('lets all the VMs of a large job start in one instant', () => {
  const disks = Array.from({ length: 60 }, (): [string, number] => ['ds', 100]);
  const vms = Array.from({ length: 20 }, (_, i) => plainVm(`vm-${i}`, disks));
  const record = playNight(
    plainDocument({
      vms,
      proxies: [plainProxy('p', { maxStreams: 5000 })],
      agents: [plainAgent('agent', { maxStreams: 5000 })],
      jobs: [{ id: 'job', policy: 'policy', streams: 5000 }],
    }),
    { plain: { workUnit: 'disk' } as Params },
  );
  expect(record.jobs[0]!.end).toBe('complete');
});

it('shows the slots of one media agent as free for a start, not those of two together', () => {
  let seen = -1;
  const peek = defineStrategy({
    ...fewestStreams,
    create: (setup) => {
      const decider = fewestStreams.create(setup);
      return {
        decide(view) {
          if (seen < 0) seen = view.agentFree(0);
          return decider.decide(view);
        },
      };
    },
  });
  playNight(
    plainDocument({
      servers: [plainServer('esx', ['ds'])],
      agents: [plainAgent('agent', { maxStreams: 2 }), plainAgent('agent-2', { maxStreams: 3 })],
      policies: [{ id: 'policy', agents: ['agent', 'agent-2'] }],
      vms: [plainVm('a', [['ds', 1000]])],
    }),
    { strategy: peek },
  );
  expect(seen).toBe(3);
});

describe('a start is refused', () => {
  const starts = (start: { streams?: number }, proxy: number) =>
    defineStrategy({
      ...fewestStreams,
      name: 'blind',
      create: () => ({
        decide: (view) =>
          view.isAwaiting(0) ? { do: 'start', unit: 0, proxy, ...start } : { do: 'end-round' },
      }),
    });

  it('for which two media agents have slots only together', () => {
    const document = plainDocument({
      agents: ['agent', 'agent-2'].map((id) => plainAgent(id, { maxStreams: 1 })),
      policies: [{ id: 'policy', agents: ['agent', 'agent-2'] }],
      jobs: [{ id: 'job', policy: 'policy', streams: 9, streamsPerVm: 2 }],
      vms: [
        plainVm('a', [
          ['ds', 1000],
          ['ds', 1000],
        ]),
      ],
    });
    expect(() => playNight(document, { strategy: starts({ streams: 2 }, 0) })).toThrow(
      'no media agent that proxy p reaches has 2 slots free',
    );
    expect(playNight(document, { strategy: starts({ streams: 1 }, 0) }).jobs[0]!.end).toBe('complete');
  });

  it('on a proxy that is known to be out of service', () => {
    const document = plainDocument({
      proxies: ['p', 'q'].map((id) => plainProxy(id, { sanZones: ['zone-disk'] })),
      faults: { outages: [{ proxy: 'q', from: '22:00' }] },
      vms: [plainVm('a', [['ds', 1000]])],
    });
    expect(() => playNight(document, { strategy: starts({}, 1) })).toThrow('proxy q is out of service');
    expect(playNight(document, { strategy: starts({}, 0) }).jobs[0]!.end).toBe('complete');
  });
});

it('two outages that overlap are one: down once, up when the last of them is over', () => {
  const heard: unknown[] = [];
  const listens = defineStrategy({
    ...fewestStreams,
    create(setup) {
      const decider = fewestStreams.create(setup);
      return {
        decide: (view) => decider.decide(view),
        notice(notice, view) {
          if (notice.type === 'service') heard.push([notice.inService, view.nowS]);
          decider.notice?.(notice, view);
        },
      };
    },
  });
  const outages = [
    { store: 'other', from: '22:01', to: '22:10' },
    { store: 'other', from: '22:05', to: '22:20' },
  ];
  playNight(
    plainDocument({
      stores: ['ds', 'other'].map((id) => ({ id, device: 'disk' })),
      vms: [plainVm('a', [['ds', 180_000]])], // 1800 s
      faults: { outages },
    }),
    { strategy: listens },
  );
  expect(heard).toEqual([
    [false, 60],
    [true, 1200],
  ]);
});

it('wakes up a job whose round found no place, when another job gives one back', () => {
  const impatient = defineStrategy({
    ...fewestStreams,
    workUnit: () => 'vm',
    keeps: () => ['once-per-round'],
    create: ({ job }) => ({
      decide(view) {
        const [unit] = view.awaiting();
        if (unit === undefined || view.agentFree(0) === 0) return { do: 'end-round' };
        return { do: 'start', unit, proxy: job.candidates(job.units[unit]!.reach, 1)[0]! };
      },
    }),
  });
  const record = playNight(
    plainDocument({
      agents: [plainAgent('agent', { maxStreams: 1 })],
      vms: [plainVm('a', [['ds', 1000]]), plainVm('b', [['ds', 1000]])],
      jobs: [
        { id: 'one', policy: 'policy', streams: 1, select: { vms: ['a'] } },
        { id: 'two', policy: 'policy', streams: 1, select: { vms: ['b'] } },
      ],
    }),
    { strategy: impatient },
  );
  expect(endsByKey(record)).toEqual({ a: 10, b: 20 });
  expect(record.jobs[1]!.rounds).toHaveLength(1);
});

it('leaves a unit that fails again and again for the next round, and ends the job where that brings nothing', () => {
  const record = playNight(
    plainDocument({ vms: [plainVm('a', [['ds', 1000]])], faults: { broken: [{ vm: 'a' }] } }),
    { plain: { retries: true } },
  );
  expect(record.attempts.map((a) => [a.startS, a.endS, a.round])).toEqual(
    Array.from({ length: 10 }, () => [0, 0, 1]),
  );
  expect(record.jobs[0]).toMatchObject({ end: 'no-progress', endS: 0 });
});

it('offers a place that comes free to the job after the one served last', () => {
  const vm = (key: string, sizeMB: number) => plainVm(key, [['ds', sizeMB]]);
  const record = playNight(
    plainDocument({
      proxies: [plainProxy('p', { maxStreams: 2 })],
      vms: [vm('a', 6000), vm('b', 3000), vm('c', 6000), vm('d', 3000), vm('e', 3000)],
      jobs: [
        { id: 'one', policy: 'policy', streams: 2, select: { vms: ['a', 'c', 'e'] } },
        { id: 'two', policy: 'policy', streams: 2, select: { vms: ['b', 'd'] } },
      ],
    }),
  );
  // at 30 one takes c, so at 60 two takes d, though e of one stands before it
  expect(endsByKey(record)).toEqual({ a: 60, c: 90, e: 120, b: 30, d: 90 });
});

it('ends a job after its most rounds, though another might protect more', () => {
  const ends = (maxRounds: number | null) =>
    playNight(
      plainDocument({
        vms: ['a', 'b', 'c'].map((key) => plainVm(key, [['ds', 1000]])),
        jobs: [{ id: 'job', policy: 'policy', streams: 3, maxRounds }],
        faults: {
          broken: [
            { vm: 'b', attempts: 1 },
            { vm: 'c', attempts: 2 },
          ],
        },
      }),
    ).jobs[0]!;
  expect(ends(2)).toMatchObject({ end: 'max-rounds', endS: 20, rounds: [{ stranded: 2 }, { stranded: 1 }] });
  expect(ends(3)).toMatchObject({ end: 'complete', endS: 30 });
  expect(ends(null)).toMatchObject({ end: 'complete', endS: 30 });
});

it('tells a VM that no proxy reaches from one that was not assigned', () => {
  const parts = {
    servers: [plainServer('esx', ['ds']), plainServer('xen', ['ds'], { hypervisor: 'xen' })],
    vms: [
      plainVm('a', [['ds', 1e6]], { server: 'xen' }),
      plainVm('b', [['ds', 1e6]]),
      plainVm('c', [['ds', 1e6]]),
    ],
    jobs: [{ id: 'job', policy: 'policy', streams: 1, window: { hours: 1, atEnd: 'terminate' as const } }],
  };
  expect(playNight(plainDocument(parts)).units.map((u) => [u.state, u.reason])).toEqual([
    ['stranded', 'no-path'],
    ['unfinished', 'window'],
    ['unfinished', 'window-closed'],
  ]);
});

it('gives the successor of a coordinator what its predecessor had left for the next round', () => {
  const ending = defineStrategy({
    ...fewestStreams,
    workUnit: () => 'vm',
    keeps: () => ['once-per-round'],
    create: ({ takeover }) => ({
      decide(view) {
        const [unit] = view.awaiting();
        if (unit === undefined || (view.jobActive > 0 && !takeover)) return { do: 'end-round' };
        return { do: 'start', unit, proxy: 1 };
      },
    }),
  });
  const record = playNight(
    plainDocument({
      proxies: [plainProxy('p'), plainProxy('q')],
      vms: [plainVm('a', [['ds', 12_000]]), plainVm('b', [['ds', 1000]])],
      roles: { detectS: 10, takeoverS: 20 },
      faults: { outages: [{ proxy: 'p', from: '22:01' }] },
    }),
    { strategy: ending },
  );
  // a on q 0-120; q takes over at 90
  expect(record.attempts.map((a) => [a.vm, a.round, a.startS, a.endS])).toEqual([
    [0, 1, 0, 120],
    [1, 1, 90, 100],
  ]);
});
