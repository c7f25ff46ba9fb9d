import type { Document } from '../../harness/model/document/document.ts';
import { documentScene, type Scene, type VmSketch } from './document-scene.ts';

// One small night for each thing that a strategy has to cope with. 1000 MB take 10 s, 6000 MB a minute.

const vms = (count: number, more: (k: number) => Partial<VmSketch> = () => ({})): VmSketch[] =>
  Array.from({ length: count }, (_, k) => ({ key: `vm-${k + 1}`, MB: 1000 * (k + 1), ...more(k) }));
const on =
  (...devices: string[]) =>
  (k: number) => ({ on: devices[k % devices.length]! });

const away = { sites: ['away'], links: [{ between: ['away', 'here'] as [string, string], MBps: 1e6 }] };
const halves = (list: readonly VmSketch[], streams = 3) =>
  ['even', 'odd'].map((id, half) => ({
    id,
    streams,
    select: { vms: list.filter((_, k) => k % 2 === half).map((v) => v.key) },
  }));

const scenes = {
  'one device': {
    vms: vms(6),
    proxies: [
      { id: 'p1', maxStreams: 2 },
      { id: 'p2', maxStreams: 1 },
    ],
  },
  'many proxies': {
    devices: ['d1', 'd2', 'd3'],
    vms: vms(12, on('d1', 'd2', 'd3')),
    proxies: [
      { id: 'p1', san: ['d1', 'd2'], maxStreams: 2 },
      { id: 'p2', san: ['d2', 'd3'], maxStreams: 3 },
      { id: 'p3', san: ['d3'], maxStreams: 1 },
      { id: 'p4', maxStreams: 2 },
      { id: 'p5', san: ['d1'], maxStreams: 5 },
    ],
  },
  'tiers mixed': {
    ...away,
    devices: ['d1', 'd2'],
    vms: vms(8, on('d1', 'd2')),
    proxies: [
      { id: 'complex', site: 'away', san: [] },
      { id: 'network', san: [] },
      { id: 'local', server: 'esx', san: [], maxStreams: 2 },
      { id: 'san-1', san: ['d1'], maxStreams: 1 },
    ],
    jobs: [{ id: 'job', streams: 4 }],
  },
  'a proxy lost in mid-round': {
    devices: ['d1', 'd2'],
    vms: vms(6, (k) => ({ on: `d${(k % 2) + 1}`, MB: 6000 + 1000 * k })),
    proxies: [
      { id: 'p1', maxStreams: 2 },
      { id: 'p2', maxStreams: 2 },
      { id: 'p3', san: [], maxStreams: 1 },
    ],
    faults: { outages: [{ proxy: 'p2', from: '22:01' }] },
  },
  'the coordinator lost, and a successor': {
    vms: vms(6, (k) => ({ MB: 6000 + 1000 * k })),
    proxies: [
      { id: 'p1', maxStreams: 1 },
      { id: 'p2', maxStreams: 2 },
      { id: 'p3', maxStreams: 2 },
    ],
    jobs: [{ id: 'job', streams: 3, coordinator: 'p1' }],
    roles: { detectS: 0, takeoverS: 30 },
    faults: { outages: [{ proxy: 'p1', from: '22:01', to: '22:10' }] },
  },
  'two jobs sharing proxies': {
    devices: ['d1', 'd2'],
    vms: vms(10, on('d1', 'd2')),
    proxies: [
      { id: 'p1', maxStreams: 2 },
      { id: 'p2', maxStreams: 1 },
    ],
    jobs: halves(vms(10)),
  },
  'a job that comes later': {
    devices: ['d1', 'd2'],
    vms: vms(10, (k) => ({ on: `d${(k % 2) + 1}`, MB: 3000 + 1000 * k })),
    proxies: [
      { id: 'p1', maxStreams: 3 },
      { id: 'p2', maxStreams: 2 },
    ],
    jobs: halves(vms(10)).map((j, k) => ({ ...j, start: k === 0 ? '22:00' : '22:01' })),
  },
  'slots at the media agent scarce': {
    vms: vms(6),
    proxies: [{ id: 'p1' }, { id: 'p2' }],
    agents: [
      { id: 'agent-1', maxStreams: 1 },
      { id: 'agent-2', maxStreams: 1 },
    ],
    jobs: halves(vms(6)),
  },
  'VMs that no proxy reaches': {
    servers: [{ id: 'esx' }, { id: 'esx-x', hypervisor: 'xen' }],
    vms: vms(6, (k) => ({ server: k % 3 === 0 ? 'esx-x' : 'esx' })),
    proxies: [
      { id: 'p1', maxStreams: 2 },
      { id: 'p2', maxStreams: 2 },
    ],
  },
  'attempts that fail now and then': {
    devices: ['d1', 'd2'],
    vms: vms(10, on('d1', 'd2')),
    proxies: [
      { id: 'p1', maxStreams: 2 },
      { id: 'p2', san: ['d1'], maxStreams: 2 },
      { id: 'p3', san: [] },
    ],
    faults: { rates: { attempt: 0.3 } },
  },
  'a black hole and a broken path': {
    vms: vms(8),
    proxies: [
      { id: 'hole', maxStreams: 2 },
      { id: 'p2', maxStreams: 2 },
      { id: 'p3', maxStreams: 2 },
    ],
    faults: { broken: [{ proxy: 'hole' }, { vm: 'vm-3', proxy: 'p2' }] },
  },
  'VMs of no bytes': {
    vms: vms(5, (k) => ({ MB: k < 3 ? 0 : 1000 })),
    proxies: [{ id: 'p1', maxStreams: 2 }],
  },
  'thin disks': {
    vms: [9000, 1000, 4000, 2000].map((usedMB, k) => ({
      key: `vm-${k + 1}`,
      disks: [{ store: 'disk', allocatedMB: 10_000 + 1000 * k, usedMB }],
    })),
    proxies: [{ id: 'p1', maxStreams: 1 }],
  },
  'VMs of several disks': {
    devices: ['d1', 'd2', 'd3'],
    stores: [{ id: 'd1-b', device: 'd1' }],
    vms: vms(8, (k) => ({ on: [['d1', 'd2'], ['d2', 'd3'], ['d1-b'], ['d3', 'd1', 'd2']][k % 4]! })),
    proxies: [
      { id: 'p1', maxStreams: 3 },
      { id: 'p2', san: ['d1', 'd2'], maxStreams: 2 },
    ],
    jobs: [{ id: 'job', streams: 6, streamsPerVm: 2 }],
  },
  'the window ends first': {
    vms: vms(6, () => ({ MB: 180_000 })),
    proxies: [
      { id: 'p1', maxStreams: 1 },
      { id: 'p2', maxStreams: 1 },
    ],
    jobs: [{ id: 'job', streams: 2, window: { hours: 1 } }],
  },
  'the window ends and terminates': {
    vms: vms(6, () => ({ MB: 250_000 })),
    proxies: [
      { id: 'p1', maxStreams: 1 },
      { id: 'p2', maxStreams: 1 },
    ],
    jobs: [{ id: 'job', streams: 2, window: { hours: 1, atEnd: 'terminate' } }],
  },
  'proxies switched off': {
    devices: ['d1', 'd2'],
    vms: vms(6, on('d1', 'd2')),
    proxies: [
      { id: 'p1', dormant: true, maxStreams: 2 },
      { id: 'p2', maxStreams: 1 },
    ],
  },
  'few cores, and one proxy switched off': {
    vms: vms(9),
    proxies: [
      { id: 'p1', cpus: 2, maxStreams: 5 },
      { id: 'p2', cpus: 2, maxStreams: 3, dormant: true },
    ],
  },
  'hosts in clusters, VMs new and failed': {
    servers: [{ id: 'esx-1', cluster: 'one' }, { id: 'esx-2', cluster: 'two' }, { id: 'esx-3' }],
    vms: vms(9, (k) => ({
      server: `esx-${(k % 3) + 1}`,
      lastResult: (['ok', 'failed', 'ok', 'new'] as const)[k % 4]!,
    })),
    proxies: [
      { id: 'p1', server: 'esx-1', san: [], maxStreams: 2 },
      { id: 'p2', server: 'esx-2', san: [], maxStreams: 1 },
      { id: 'p3', san: [], maxStreams: 1 },
    ],
  },
  'changed data and a snapshot limit': {
    stores: [{ id: 'tight', device: 'disk', maxOpenSnapshots: 1 }],
    vms: vms(6, (k) => ({ on: k % 2 === 0 ? 'disk' : 'tight', MB: 50_000 })),
    proxies: [
      { id: 'p1', maxStreams: 3 },
      { id: 'p2', maxStreams: 2 },
    ],
    jobs: [{ id: 'job', kind: 'incremental', streams: 5 }],
  },
} as const satisfies Record<string, Scene>;

export type SceneName = keyof typeof scenes;
export const sceneNames = Object.keys(scenes) as SceneName[];
export const sceneOf = (name: SceneName): Scene => scenes[name];
export const nightScene = (name: SceneName): Document => documentScene({ ...scenes[name], name });
