import * as fc from 'fast-check';
import type { Params } from '../../harness/model/params.ts';
import { choices } from '../../strategies/priority-list/choices.ts';
import type { Scene } from './document-scene.ts';

// Small clusters and parameters by chance, for comparisons of two deciders. Times are whole multiples of 1 s at 100 MB/s, so
// that much happens in one instant.

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
const some = (list: readonly string[], minLength = 0) => fc.subarray([...list], { minLength });

function proxyOf(id: string, devices: readonly string[]) {
  return fc
    .record({
      san: some(devices),
      maxStreams: fc.integer({ min: 1, max: 3 }),
      where: fc.constantFrom('here', 'here', 'away', 'esx', 'esx-2'),
      hypervisors: fc.constantFrom('vmware', 'vmware', 'vmware xen', 'xen'),
    })
    .map(({ san, maxStreams, where, hypervisors }) => ({
      id,
      san,
      maxStreams,
      hypervisors: hypervisors.split(' '),
      ...(where.startsWith('esx') ? { server: where } : { site: where }),
    }));
}

const brokenOf = (vms: readonly string[], proxies: readonly string[]) =>
  fc.array(
    fc.oneof(
      fc.record({ vm: fc.constantFrom(...vms), attempts: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ proxy: fc.constantFrom(...proxies) }),
      fc.record({ vm: fc.constantFrom(...vms), proxy: fc.constantFrom(...proxies) }),
    ),
    { maxLength: 3 },
  );

const outagesOf = (proxies: readonly string[]) =>
  fc.array(
    fc.record(
      {
        proxy: fc.constantFrom(...proxies),
        from: fc.constantFrom('22:01', '22:02'),
        to: fc.constantFrom('22:03', '22:05'),
      },
      { requiredKeys: ['proxy', 'from'] },
    ),
    { maxLength: 2 },
  );

export const randomScene: fc.Arbitrary<Scene> = fc
  .record({
    deviceCount: fc.integer({ min: 1, max: 4 }),
    proxyCount: fc.integer({ min: 1, max: 4 }),
    vmCount: fc.integer({ min: 1, max: 14 }),
    jobCount: fc.integer({ min: 1, max: 2 }),
  })
  .chain(({ deviceCount, proxyCount, vmCount, jobCount }) => {
    const devices = names('d', deviceCount);
    const proxies = names('p', proxyCount);
    const vms = names('v', vmCount);
    const stores = [...devices, 'd1-b'];
    const vmOf = (key: string) =>
      fc.record({
        key: fc.constant(key),
        on: some(stores, 1),
        // minutes of work, so that outages meet it
        MB: fc.constantFrom(0, 1000, 6000, 6000, 12000).map((mb) => stores.map((_, k) => mb * (k + 1))),
        server: fc.constantFrom('esx', 'esx-2'),
      });
    return fc.record({
      devices: fc.constant(devices),
      stores: fc.constant([{ id: 'd1-b', device: 'd1' }]),
      sites: fc.constant(['away']),
      links: fc.constant([{ between: ['here', 'away'] as [string, string], MBps: 1e6 }]),
      servers: fc.constant([{ id: 'esx' }, { id: 'esx-2', stores: stores.slice(1) }]),
      proxies: fc.tuple(...proxies.map((id) => proxyOf(id, devices))),
      vms: fc.tuple(...vms.map(vmOf)).map((list) =>
        // a server mounts what its VMs need
        list.map((v) => (v.on.includes('d1') ? { ...v, server: 'esx' } : v)),
      ),
      agents: fc.constantFrom(
        [{ id: 'agent' }],
        [
          { id: 'agent', maxStreams: 2 },
          { id: 'agent-2', maxStreams: 1 },
        ],
      ),
      jobs: fc
        .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 2 }))
        .map(([streams, streamsPerVm]) =>
          names('job', jobCount).map((id, k) => ({
            id,
            streams,
            streamsPerVm,
            select: { vms: vms.filter((_, v) => v % jobCount === k) },
          })),
        ),
      faults: fc.record({ broken: brokenOf(vms, proxies), outages: outagesOf(proxies) }),
    });
  });

const chosen = Object.fromEntries(
  Object.entries(choices).map(([key, values]) => [key, fc.constantFrom(...(values as readonly string[]))]),
);
const mostly = (usual: boolean) => fc.constantFrom(usual, usual, usual, !usual);

/** Any parameters of priority-list; switches are mostly as they are by default. */
export const randomParams: fc.Arbitrary<Params> = fc.record({
  ...chosen,
  threshold: fc.constantFrom(0, 1, 1, 2, 1.5),
  cap: fc.constantFrom(null, null, 1, 2, 3),
  dropAfter: fc.constantFrom(null, null, 1, 2),
  othersFirst: fc.boolean(),
  retryInRound: mostly(false),
  limit: mostly(true),
  tiers: mostly(true),
  order: mostly(true),
  tieBreak: mostly(true),
  utilisation: mostly(true),
  activity: mostly(true),
  rounds: mostly(true),
});
