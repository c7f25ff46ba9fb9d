import { describe, expect, it } from 'vitest';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import type { Night } from '../../harness/model/night.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { plainDocument, plainProxy, plainVm } from '../scenes/plain-document.ts';

const keys = Array.from({ length: 300 }, (_, i) => `vm-${i}`);
const proxies = ['p', 'q', 'r'].map((id) => plainProxy(id));

const nightOf = (faults: DocumentInput['faults'], { nightSeed = 1, reversed = false } = {}): Night => {
  const vms = keys.map((key) => plainVm(key, [['ds', 1]]));
  return compileNight(
    plainDocument({
      vms: reversed ? vms.toReversed() : vms,
      proxies: reversed ? proxies.toReversed() : proxies,
      faults,
    }),
    { clusterSeed: 1, nightSeed },
  );
};

/** By names, so that places in the document do not matter. */
const faultAt = (
  night: Night,
  key: string,
  proxy = 'p',
  [attemptNo, startS]: readonly [number, number] = [1, 0],
) =>
  night.faults.faultOf({
    vm: night.vms.find((v) => v.key === key)!.id,
    proxy: night.proxies.find((p) => p.name === proxy)!.id,
    devices: [0],
    attemptNo,
    startS,
  });

const everything = {
  rates: {
    attempt: 0.3,
    vmBroken: 0.1,
    proxyBroken: 0.1,
    vmProxyPath: 0.1,
    proxyDevicePath: 0.1,
    serverHour: 0.1,
  },
};

describe('drawn faults', () => {
  it('are the same in whatever order they are asked for, and VMs and proxies are written', () => {
    const night = nightOf(everything);
    const asked = keys.map((key) => faultAt(night, key, 'q', [2, 0]));
    const again = nightOf(everything);
    expect(keys.toReversed().map((key) => faultAt(again, key, 'q', [2, 0]))).toEqual(asked.toReversed());
    const reversed = nightOf(everything, { reversed: true });
    expect(keys.map((key) => faultAt(reversed, key, 'q', [2, 0]))).toEqual(asked);
  });

  it('are others in another night', () => {
    const of = (nightSeed: number) =>
      keys.map((key) => faultAt(nightOf({ rates: { attempt: 0.5 } }, { nightSeed }), key) !== null);
    expect(of(1)).not.toEqual(of(2));
  });

  it.each(['attempt', 'vmBroken', 'vmProxyPath'] as const)(
    'by %s meet about the share that is written',
    (rate) => {
      const night = nightOf({ rates: { [rate]: 0.2 } });
      const hit = keys.filter((key) => faultAt(night, key) !== null).length;
      expect(hit).toBeGreaterThan(0.12 * keys.length);
      expect(hit).toBeLessThan(0.28 * keys.length);
    },
  );

  it('of an attempt may be gone with the next; those of a VM stay', () => {
    const once = nightOf({ rates: { attempt: 0.3 } });
    const failing = keys.filter((key) => faultAt(once, key) !== null);
    expect(failing.some((key) => faultAt(once, key, 'p', [2, 0]) === null)).toBe(true);
    const stays = nightOf({ rates: { vmBroken: 0.3 } });
    for (const key of keys) expect(faultAt(stays, key, 'q', [5, 0])).toEqual(faultAt(stays, key));
  });

  it('of a path are cured by another path, and by nothing else', () => {
    const night = nightOf({ rates: { vmProxyPath: 0.3 } });
    const failing = keys.filter((key) => faultAt(night, key, 'p')?.cause === 'path-broken');
    expect(failing.some((key) => faultAt(night, key, 'q') === null)).toBe(true);
    for (const key of failing) expect(faultAt(night, key, 'p', [9, 9999])?.cause).toBe('path-broken');
  });

  it('of a proxy meet every VM on it', () => {
    const night = Array.from({ length: 40 }, (_, nightSeed) =>
      nightOf({ rates: { proxyBroken: 0.3 } }, { nightSeed }),
    ).find((n) => faultAt(n, 'vm-0', 'p') !== null && faultAt(n, 'vm-0', 'q') === null)!;
    expect(new Set(keys.map((key) => faultAt(night, key, 'p')?.cause))).toEqual(new Set(['proxy-broken']));
    expect(new Set(keys.map((key) => faultAt(night, key, 'q')))).toEqual(new Set([null]));
  });

  it('follow the hour of the day', () => {
    const hourFactors = Array.from({ length: 24 }, (_, hour) => (hour === 23 ? 1 : 0));
    const night = nightOf({ rates: { attempt: 1 }, hourFactors });
    expect(faultAt(night, 'vm-0', 'p', [1, 0])).toBeNull();
    expect(faultAt(night, 'vm-0', 'p', [1, 3600])).not.toBeNull();
    expect(faultAt(night, 'vm-0', 'p', [1, 7200])).toBeNull();
  });

  it('have causes by their weights', () => {
    const night = nightOf({ rates: { attempt: 1 }, causes: { network: 0.25, storage: 0.75 } });
    const causes = keys.map((key) => faultAt(night, key)!.cause);
    const network = causes.filter((c) => c === 'network').length;
    expect(causes.filter((c) => c === 'storage').length).toBe(keys.length - network);
    expect(network).toBeGreaterThan(0.15 * keys.length);
    expect(network).toBeLessThan(0.35 * keys.length);
  });
});

describe('written faults', () => {
  it('of a VM may be several: the first that still counts', () => {
    const night = nightOf({
      broken: [
        { vm: 'vm-1', cause: 'network', attempts: 1, atShare: 0.25 },
        { vm: 'vm-1', cause: 'quiesce', attempts: 2 },
      ],
    });
    expect([1, 2, 3].map((attemptNo) => faultAt(night, 'vm-1', 'p', [attemptNo, 0]))).toEqual([
      { phase: 'transfer', cause: 'network', atShare: 0.25 },
      { phase: 'snapshot', cause: 'quiesce', atShare: 0.5 },
      null,
    ]);
  });

  it('of a server last from one time to another', () => {
    const night = nightOf({ broken: [{ server: 'esx', from: '22:10', to: '22:20' }] });
    expect([599, 600, 1199, 1200].map((s) => faultAt(night, 'vm-0', 'p', [1, s])?.cause ?? null)).toEqual([
      null,
      'server-hour',
      'server-hour',
      null,
    ]);
  });

  it('of a pair concern that pair alone', () => {
    const night = nightOf({
      broken: [
        { vm: 'vm-1', proxy: 'p' },
        { proxy: 'q', device: 'disk' },
      ],
    });
    expect(['p', 'q', 'r'].map((p) => faultAt(night, 'vm-1', p)?.cause ?? null)).toEqual([
      'path-broken',
      'path-broken',
      null,
    ]);
    expect(faultAt(night, 'vm-2', 'p')).toBeNull();
  });
});
