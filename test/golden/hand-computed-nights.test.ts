import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../harness/model/document/parse-document.ts';
import type { AttemptRecord, NightRecord } from '../../harness/model/record.ts';
import { endsByKey, playNight } from '../scenes/plain-deciders.ts';

// The arithmetic stands in the documents. The decider: VMs in document order, each to the proxy with the fewest streams.

const folder = new URL('../../fixtures/nights/', import.meta.url);

interface Expected {
  /** by VM: when it was protected; null = it was not */
  readonly endS: Readonly<Record<string, number | null>>;
  /** of some attempts, by number: what else they must be */
  readonly attempts?: Readonly<Record<number, Partial<AttemptRecord>>>;
  readonly also?: (record: NightRecord) => void;
}

const nights: Readonly<Record<string, Expected>> = {
  'two-vms-one-device': { endS: { a: 40, b: 70 } },
  'nic-bound-proxy': { endS: { a: 100, b: 150 }, attempts: { 0: { tier: 3 } } },
  'hdd-streams': {
    endS: { a: 30, b: 60, c: 90 },
    also: ({ load }) => expectClose(load.devices[0]!.secondsAt, [0, 30, 30, 30]),
  },
  'data-reduction': { endS: { a: 75, b: 750 } },
  'hotadd-queue': {
    endS: { a: 105, b: 120, c: 135 },
    attempts: { 0: { tier: 2, transferS: 30 }, 1: { transferS: 60 }, 2: { transferS: 90 } },
  },
  'snapshot-removal': { endS: { a: 128.8, b: 150.4 } },
  'proxy-lost': {
    endS: { a: 210, b: 30 },
    attempts: {
      0: { proxy: 0, cause: 'proxy-lost', endS: 90, movedMB: 6000 },
      2: { proxy: 1, round: 2, startS: 90 },
    },
    also: ({ load }) => expect(load.devices[0]!.readMB).toBe(6000 + 3000 + 12_000),
  },
  'path-fault': {
    endS: { a: 60, b: 20, c: 60 },
    attempts: {
      0: { proxy: 0, cause: 'path-broken', endS: 10, transferS: null },
      2: { proxy: 0, cause: 'path-broken', endS: 10, transferS: null },
      3: { proxy: 1, cause: 'finished' },
      4: { proxy: 1, cause: 'finished' },
    },
  },
  'two-jobs': { endS: { a: 60, c: 90, b: 30, d: 90 }, attempts: { 2: { startS: 30 }, 3: { startS: 60 } } },
  'coordinator-lost': {
    endS: { a: 40, b: 80, c: 150 },
    also: ({ jobs }) =>
      expect(jobs[0]).toMatchObject({ coordinator: 0, takeovers: [{ proxy: 1, atS: 110 }], end: 'complete' }),
  },
  'window-finish': {
    endS: { a: 60, b: 120, c: null },
    also: ({ units }) => expect(units[2]).toMatchObject({ state: 'unfinished', reason: 'window-closed' }),
  },
  'window-terminate': {
    endS: { a: 60, b: null, c: null },
    attempts: { 1: { cause: 'window', endS: 90, movedMB: 3000 } },
    also: ({ units }) => expect(units.map((u) => u.reason)).toEqual([null, 'window', 'window-closed']),
  },
  'store-outage': {
    endS: { a: 320, b: 200 },
    attempts: { 0: { cause: 'store-lost', endS: 60, movedMB: 6000 } },
  },
  'agent-outage': {
    endS: { a: 210, b: 90 },
    attempts: { 0: { agent: 0, cause: 'agent-lost', endS: 60 }, 2: { agent: 1, startS: 90 } },
  },
  slowdown: { endS: { a: 270 }, attempts: { 0: { attemptNo: 1 } } },
  'production-by-hour': { endS: { a: 120 } },
  'dormant-proxy': {
    endS: { a: 50, b: 60, c: 60 },
    attempts: { 0: { transferS: 40 }, 2: { transferS: 50 } },
  },
  'two-disks': { endS: { a: 100, b: 660 } },
  'site-link': { endS: { a: 100, b: 150 } },
  'second-server': { endS: { a: 90, b: 60 }, attempts: { 0: { tier: 4 }, 1: { tier: 3 } } },
  'snapshot-limit': { endS: { a: 20, b: 40, c: 20 } },
  'connection-limit': { endS: { a: 20, b: 40 } },
  'nothing-to-read': {
    endS: { a: 20, b: null },
    attempts: { 1: { cause: 'stalled', endS: 20 }, 2: { cause: 'stalled', startS: 20, endS: 30 } },
    also: ({ jobs }) => expect(jobs[0]).toMatchObject({ end: 'no-progress', endS: 30 }),
  },
  'overloaded-proxy': { endS: { a: 60, b: 90, c: 110 } },
  'read-twice': {
    endS: { a: 60, b: 20 },
    attempts: {
      0: { cause: 'network', endS: 10, movedMB: 1000 },
      2: { round: 2, startS: 20, movedMB: 4000 },
    },
  },
  'nas-hotadd': { endS: { a: 50 }, attempts: { 0: { tier: 2 } } },
  'incremental-read': { endS: { a: 25, b: 50 } },
};

/** Equal but for numbers, which are equal to 1e-9 of themselves. */
function expectClose(actual: unknown, expected: unknown): void {
  if (typeof expected === 'number' && typeof actual === 'number') {
    expect(Math.abs(actual - expected), `${actual}, should be ${expected}`).toBeLessThanOrEqual(
      1e-9 * Math.abs(expected),
    );
    return;
  }
  if (typeof expected !== 'object' || expected === null) {
    expect(actual).toBe(expected);
    return;
  }
  for (const [key, value] of Object.entries(expected))
    expectClose((actual as Record<string, unknown>)[key], value);
}

describe('nights computed by hand', () => {
  it.each(Object.entries(nights))('%s', (name, { endS, attempts = {}, also }) => {
    const text = readFileSync(new URL(`${name}.yaml`, folder), 'utf8');
    const record = playNight(parseDocument(text, `${name}.yaml`));
    const ends = endsByKey(record);
    expect(Object.keys(ends)).toEqual(Object.keys(endS));
    expectClose(ends, endS);
    expectClose(record.attempts, attempts);
    also?.(record);
  });

  it('are all there is, but for the worked example and the weaknesses, which have tests of their own', () => {
    const files = readdirSync(folder)
      .map((file) => file.replace(/\.yaml$/u, ''))
      .filter((name) => !name.startsWith('weakness-'));
    expect(files.toSorted()).toEqual([...Object.keys(nights), 'worked-example'].toSorted());
  });

  it.each(Object.keys(nights))('%s says what goes wrong without it', (name) => {
    expect(readFileSync(new URL(`${name}.yaml`, folder), 'utf8')).toMatch(/^# why: without/u);
  });
});
