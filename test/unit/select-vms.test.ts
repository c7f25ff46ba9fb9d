import { expect, test } from 'vitest';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import { selectVms } from '../../harness/model/document/select-vms.ts';

type Select = NonNullable<DocumentInput['jobs'][number]['select']>;

const vm = (key: string, server: string, stores: readonly string[], more: object = {}) => ({
  key,
  server,
  disks: stores.map((store) => ({ store, allocatedMB: 1, usedMB: 1 })),
  ...more,
});

/** Servers a1 and a2 at site a (cluster blue: a1), b1 at site b; p1 is a proxy that is itself a VM. */
const base: DocumentInput = {
  proxybench: 1,
  name: 'selections',
  sites: [{ id: 'a' }, { id: 'b' }],
  devices: [{ id: 'd', media: 'flash', attachment: { kind: 'nas', site: 'a' } }],
  stores: [
    { id: 's1', device: 'd' },
    { id: 's2', device: 'd' },
  ],
  servers: [
    { id: 'a1', site: 'a', cluster: 'blue', stores: ['s1', 's2'] },
    { id: 'a2', site: 'a', stores: ['s1', 's2'] },
    { id: 'b1', site: 'b', stores: ['s1', 's2'] },
  ],
  vms: [
    vm('v0', 'a1', ['s1'], { priority: 'critical' }),
    vm('v1', 'a2', ['s1', 's2'], { poweredOn: false }),
    vm('v2', 'b1', ['s2'], { priority: 'low' }),
    vm('p1', 'a1', ['s1']),
    vm('v4', 'b1', ['s1']),
  ],
  proxies: [{ id: 'p1', server: 'a1', cpus: 1, ramMB: 1000 }],
  agents: [{ id: 'm', site: 'a', storage: 't' }],
  secondaryStorage: [{ id: 't' }],
  policies: [{ id: 'p', agents: ['m'] }],
  jobs: [{ id: 'j', policy: 'p', streams: 1 }],
};

test.each<[string, Select, number[]]>([
  ['every VM but proxies, where nothing is given', {}, [0, 1, 2, 4]],
  ['the VMs at a site', { sites: ['b'] }, [2, 4]],
  ['the VMs of a cluster, none of servers in no cluster', { clusters: ['blue'] }, [0]],
  ['the VMs of servers', { servers: ['a2', 'b1'] }, [1, 2, 4]],
  ['VMs with any disk on a store', { stores: ['s2'] }, [1, 2]],
  ['VMs by priority', { priorities: ['normal'] }, [1, 4]],
  ['VMs by key', { vms: ['v4', 'v0'] }, [0, 4]],
  ['a proxy that is named', { vms: ['p1', 'v0'] }, [0, 3]],
  ['only what meets every field', { sites: ['b'], stores: ['s1'] }, [4]],
  ['no excepted VM, though it is named', { vms: ['v0', 'v1'], except: ['v0'] }, [1]],
  ['only running VMs', { sites: ['a'], poweredOnOnly: true }, [0]],
])('selects %s', (_, select, places) => {
  const document = acceptDocument({ ...base, jobs: [{ ...base.jobs[0], select }] }, 'selections');
  expect(selectVms(document, document.jobs[0]!)).toEqual(places);
});
