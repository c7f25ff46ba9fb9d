import type { DocumentInput } from '../../harness/model/document/document.ts';
import {
  plainAgent,
  plainDevice,
  plainDocument,
  plainProxy,
  plainServer,
  plainStore,
  plainVm,
} from '../scenes/plain-document.ts';

/**
 * A night of a few minutes that meets everything: devices and CPUs that are narrow, a queue for attaching disks, a proxy that
 * is killed, one that stalls, one that fails every attempt, a broken VM, a store that goes away and comes back. No phase is
 * shorter than 5 s: it may run 50 times as fast as the clock.
 */
export function shortNight(): DocumentInput {
  const stores = ['ds-0', 'ds-1', 'ds-2'];
  const proxy = (id: string, more: Parameters<typeof plainProxy>[1]) =>
    plainProxy(id, { cpus: 4, fullMBpsPerCore: 50, maxStreams: 3, ...more });
  const san = { sanZones: ['zone-disk-0', 'zone-disk-1'] };
  const document: DocumentInput = {
    proxybench: 1,
    name: 'short night',
    sites: [{ id: 'here' }],
    devices: [plainDevice('disk-0', { readMBps: 400 }), plainDevice('disk-1', { readMBps: 400 })],
    stores: stores.map((id, i) => plainStore(id, `disk-${i % 2}`, 6)),
    servers: ['esx-0', 'esx-1'].map((id) => plainServer(id, stores)),
    vms: Array.from({ length: 40 }, (_, i) =>
      plainVm(`vm-${i}`, [[stores[i % 3]!, 2000 + 150 * (i % 7)]], { server: `esx-${i % 2}` }),
    ),
    proxies: [
      proxy('killed', san),
      proxy('stalled', san),
      proxy('steady', san),
      proxy('hole', { ...san, maxStreams: 1 }),
      proxy('virtual', { server: 'esx-0' }),
    ],
    agents: [plainAgent('agent')],
    secondaryStorage: [{ id: 'vault', writeMBps: 1000 }],
    policies: [{ id: 'policy', agents: ['agent'], dataReduction: 2 }],
    jobs: [{ id: 'job', policy: 'policy', streams: 10 }],
    streamCaps: { sanMBps: 100, localMBps: 100, networkMBps: 100, complexMBps: 100 },
    overheads: {
      snapshotCreateS: 5,
      snapshotRemoveS: 5,
      attachS: 10,
      detachS: 5,
      connectS: 5,
      disconnectS: 5,
      cleanUpS: 5,
    },
    roles: { detectS: 15, takeoverS: 10 },
    faults: {
      failAtOnceS: 5,
      broken: [{ proxy: 'hole' }, { vm: 'vm-7', cause: 'network', atShare: 0.5 }],
      outages: [
        { proxy: 'killed', from: '22:01' },
        { proxy: 'stalled', from: '22:01', to: '22:02' },
        { store: 'ds-2', from: '22:00', to: '22:01' },
      ],
    },
  };
  plainDocument(document);
  return document;
}
