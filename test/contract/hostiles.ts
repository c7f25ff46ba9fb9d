import type { Decision, Strategy, View } from '../../harness/model/strategy.ts';
import type { SceneName } from '../scenes/night-scenes.ts';
import { hostile } from './deciders.ts';

// Deciders that break the contract, each in one way, and what is said about it.

export interface Hostile {
  readonly strategy: Strategy;
  readonly error: 'DecisionInvalid' | 'StrategyCrashed' | 'Unsupported';
  readonly message: RegExp;
  readonly scene?: SceneName;
}

const decides =
  (decide: (view: View) => unknown): Strategy['create'] =>
  () => ({
    decide: (view) => decide(view) as Decision,
  });
const circular: Record<string, unknown> = { do: 'dance' };
circular['self'] = circular;

/** One start after the other; while one is under way, something else. */
const meanwhile = (act: (view: View) => unknown) =>
  decides((view) => {
    if (view.jobActive > 0) return act(view);
    return view.awaitingCount === 0 ? { do: 'end-round' } : { do: 'start', unit: firstOf(view), proxy: 0 };
  });
const firstOf = (view: View) => [...view.awaiting()][0];

const invalid: readonly (readonly [string, Strategy['create'], RegExp])[] = [
  ['waits for ever', decides(() => ({ do: 'wait' })), /waits for ever: vm-1 could start on proxy p1/u],
  [
    'decides in the past',
    decides((v) => ({ do: 'wait', untilS: v.nowS - 1 })),
    /waits until -1 s, which is not later/u,
  ],
  [
    'waits for no time',
    decides((v) => ({ do: 'wait', untilS: v.nowS })),
    /waits until 0 s, which is not later/u,
  ],
  ['waits for no number', decides(() => ({ do: 'wait', untilS: Number.NaN })), /waits until NaN s/u],
  ['waits beyond the night', decides(() => ({ do: 'wait', untilS: 1e300 })), /waits for ever/u],
  [
    'over-commits',
    decides(() => ({ do: 'start', unit: 0, proxy: 0, streams: 2 })),
    /2 streams for vm-1; the job allows 1/u,
  ],
  [
    'starts half a stream',
    decides(() => ({ do: 'start', unit: 0, proxy: 0, streams: 0.5 })),
    /0\.5 streams for vm-1/u,
  ],
  ['starts twice', meanwhile(() => ({ do: 'start', unit: 0, proxy: 1 })), /vm-1 does not await backup/u],
  [
    'starts an unknown unit',
    decides(() => ({ do: 'start', unit: 99, proxy: 0 })),
    /no unit 99; the job has 6/u,
  ],
  [
    'starts on an unknown proxy',
    decides(() => ({ do: 'start', unit: 0, proxy: -1 })),
    /no proxy -1; there are 2/u,
  ],
  ['starts by name', decides(() => ({ do: 'start', unit: 'vm-1', proxy: 'p1' })), /no unit vm-1/u],
  ['returns nothing', decides(() => undefined), /not a decision: undefined/u],
  ['returns null', decides(() => null), /not a decision: null/u],
  ['returns a word', decides(() => 'start'), /not a decision: 'start'/u],
  ['returns a promise', decides(async () => ({ do: 'wait' })), /not a decision/u],
  ['returns a number that JSON has not', decides(() => ({ do: 10n })), /not a decision: \{ do: 10n \}/u],
  ['returns a circle', decides(() => circular), /not a decision: .*Circular/u],
  [
    "returns an object's own name",
    decides(() => ({ do: 'constructor' })),
    /not a decision: \{ do: 'constructor' \}/u,
  ],
  [
    'throttles without need',
    decides(() => ({ do: 'throttle', device: 0, streamMBps: 1 })),
    /throttles, which it does not list/u,
  ],
  [
    'asks for latency without need',
    decides((v) => v.latencyMs(0)),
    /asks for latency, which it does not list/u,
  ],
  [
    'asks what if without need',
    decides((v) => v.rateIfMBps(0, 0)),
    /asks for what-if, which it does not list/u,
  ],
  [
    'writes to the view',
    meanwhile((v) => {
      (v.proxies.active as number[])[0] = 0;
      return { do: 'wait' };
    }),
    /wrote to the view: proxies\.active\[0\]/u,
  ],
  [
    'writes what concerns its own job',
    meanwhile((v) => {
      (v.devices.activeThisJob as number[])[0] = 7;
      return { do: 'wait' };
    }),
    /wrote to the view: devices\.activeThisJob\[0\] is \d+, should be 0/u,
  ],
  [
    'draws though seed-free',
    ({ rng }) => ({ decide: () => ({ do: 'wait', untilS: rng.next() }) }),
    /promised seed-free, but drew/u,
  ],
];

const crashes: readonly (readonly [string, Strategy['create'], RegExp])[] = [
  [
    'throws',
    decides(() => {
      throw new Error('out of ideas');
    }),
    /throws threw: out of ideas/u,
  ],
  [
    'throws at the start',
    () => {
      throw new TypeError('no beginning');
    },
    /throws at the start threw: no beginning/u,
  ],
  [
    'throws what is no error',
    decides(() => {
      throw 'a word';
    }),
    /threw: a word/u,
  ],
  [
    'throws at a notice',
    () => ({
      decide: () => ({ do: 'wait' }),
      notice: () => {
        throw new Error('bad news');
      },
    }),
    /throws at a notice threw: bad news/u,
  ],
  [
    'throws when its decision is read',
    decides(() => ({
      get do() {
        throw new Error('a trap');
      },
    })),
    /threw: a trap/u,
  ],
  [
    'replaces a part of the view',
    decides((v) => Object.assign(v, { nowS: 5 })),
    /threw: Cannot (set|assign)/u,
  ],
  [
    'replaces an array of the view',
    decides((v) => Object.assign(v.proxies, { active: [] })),
    /threw: Cannot assign/u,
  ],
  [
    'writes to the facts',
    ({ job }) => {
      (job.units as unknown[]).length = 0;
      return { decide: () => ({ do: 'wait' }) };
    },
    /threw: Cannot/u,
  ],
  [
    'writes to its parameters',
    ({ params }) => {
      Object.assign(params, { x: 1 });
      return { decide: () => ({ do: 'wait' }) };
    },
    /threw: Cannot/u,
  ],
  [
    'writes to a notice',
    () => ({ decide: () => ({ do: 'wait' }), notice: (n) => void Object.assign(n, { round: 9 }) }),
    /threw: Cannot/u,
  ],
];

export const hostiles: readonly Hostile[] = [
  ...invalid.map(([name, create, message]) => ({
    strategy: hostile(name, create),
    error: 'DecisionInvalid' as const,
    message,
  })),
  ...crashes.map(([name, create, message]) => ({
    strategy: hostile(name, create),
    error: 'StrategyCrashed' as const,
    message,
  })),
  {
    strategy: hostile(
      'never ends',
      decides(() => ({ do: 'throttle', device: 0, streamMBps: 1 })),
      { needs: ['throttle'] },
    ),
    error: 'DecisionInvalid',
    message: /decides without end at 0 s/u,
  },
  {
    strategy: hostile(
      'throttles to nothing',
      decides(() => ({ do: 'throttle', device: 0, streamMBps: 0 })),
      { needs: ['throttle'] },
    ),
    error: 'DecisionInvalid',
    message: /throttle to 0 MB\/s/u,
  },
  {
    // one stream on the proxy of one, then another
    strategy: hostile(
      'breaks proxy-limit',
      decides((v) => ({ do: 'start', unit: firstOf(v), proxy: 1 })),
    ),
    error: 'DecisionInvalid',
    message: /promised proxy-limit, but proxy p2 would carry 2 of 1 streams/u,
  },
  {
    strategy: hostile(
      'breaks best-tier-first',
      decides(() => ({ do: 'start', unit: 0, proxy: 1 })),
      { keeps: () => ['best-tier-first'] },
    ),
    error: 'DecisionInvalid',
    message: /promised best-tier-first, but tier 3 of vm-1 opens in round 3 and this is round 1/u,
    scene: 'tiers mixed',
  },
  {
    strategy: hostile(
      'starts where no path is',
      decides(() => ({ do: 'start', unit: 0, proxy: 0 })),
    ),
    error: 'DecisionInvalid',
    message: /proxy p1 has no path to vm-1/u,
    scene: 'VMs that no proxy reaches',
  },
  {
    strategy: hostile(
      'takes more than the media agent has',
      decides((v) => ({ do: 'start', unit: firstOf(v), proxy: 0 })),
    ),
    error: 'DecisionInvalid',
    message: /but the job has 0 free/u,
    scene: 'slots at the media agent scarce',
  },
  {
    strategy: hostile(
      'throws when asked what it promises',
      decides(() => ({ do: 'wait' })),
      {
        keeps: () => {
          throw new Error('no promise');
        },
      },
    ),
    error: 'StrategyCrashed',
    message: /threw: no promise/u,
  },
];
