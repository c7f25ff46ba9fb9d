import { describe, expect, test } from 'vitest';
import { inspectText } from '../../harness/cli/inspect-text.ts';
import { inspectDocument, inspectNight } from '../../harness/measure/inspect/inspect.ts';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import { nightScene } from '../scenes/record-scene.ts';

const seeds = { clusterSeed: 1, nightSeed: 1 };

/** Two sites without a link; one VM at each, on a NAS of its own. */
const base: DocumentInput = {
  proxybench: 1,
  name: 'two-sites',
  sites: [{ id: 'a' }, { id: 'b' }],
  devices: [
    { id: 'nas-a', media: 'hdd', attachment: { kind: 'nas', site: 'a' } },
    { id: 'nas-b', media: 'hdd', attachment: { kind: 'nas', site: 'b' } },
  ],
  stores: [
    { id: 'ds-a', device: 'nas-a' },
    { id: 'ds-b', device: 'nas-b' },
  ],
  servers: [
    { id: 'esx-a', site: 'a', stores: ['ds-a'] },
    { id: 'esx-b', site: 'b', stores: ['ds-b'] },
  ],
  vms: [
    { key: 'vm-a', server: 'esx-a', disks: [{ store: 'ds-a', allocatedMB: 2000, usedMB: 1000 }] },
    { key: 'vm-b', server: 'esx-b', disks: [{ store: 'ds-b', allocatedMB: 2000, usedMB: 1000 }] },
  ],
  proxies: [
    { id: 'proxy-1', site: 'a', cpus: 8, ramMB: 16_000 },
    { id: 'proxy-2', site: 'b', cpus: 2, ramMB: 2000, maxStreams: 4 },
  ],
  agents: [
    { id: 'agent-a', site: 'a', storage: 'vault' },
    { id: 'agent-b', site: 'b', storage: 'vault' },
  ],
  secondaryStorage: [{ id: 'vault' }],
  policies: [{ id: 'copy', agents: ['agent-a', 'agent-b'] }],
  jobs: [{ id: 'nightly', policy: 'copy', streams: 4 }],
};

const inspect = (change: Partial<DocumentInput> = {}) =>
  inspectDocument(acceptDocument({ ...base, ...change }, 'test'), seeds);

describe('what will strand', () => {
  test('is nothing where every VM has a proxy at its site', () => {
    expect(inspect().stranded).toEqual([]);
    expect(inspectText(inspect())).toContain('nothing that the document tells');
  });

  const [first, second] = base.proxies;
  test.each([
    {
      why: 'no proxy has a data agent that is installed and active',
      change: {
        proxies: [
          { ...first!, active: false },
          { ...second!, installed: false },
        ],
      },
      vms: ['vm-a', 'vm-b'],
    },
    {
      why: 'no proxy with an active data agent suits hypervisor hyperv',
      change: { servers: [{ ...base.servers[0]!, hypervisor: 'hyperv' }, base.servers[1]!] },
      vms: ['vm-a'],
    },
    {
      why: 'no suited proxy has a link to a media agent of job nightly',
      change: {
        proxies: [first!],
        agents: [base.agents[1]!],
        policies: [{ id: 'copy', agents: ['agent-b'] }],
      },
      vms: ['vm-a', 'vm-b'],
    },
    {
      why: 'no suited proxy with a way to a media agent reaches server esx-b or its data stores (ds-b)',
      change: { proxies: [first!] },
      vms: ['vm-b'],
    },
    {
      why: 'a fault is written that breaks the VM in every attempt',
      change: { faults: { broken: [{ vm: 'vm-a', cause: 'snapshot' as const }] } },
      vms: ['vm-a'],
    },
    {
      why: 'faults are written that break every path to it',
      change: { faults: { broken: [{ proxy: 'proxy-1' }, { proxy: 'proxy-2', device: 'nas-b' }] } },
      vms: ['vm-a', 'vm-b'],
    },
    {
      why: 'faults are written that break every path to it',
      change: { faults: { broken: [{ vm: 'vm-b', proxy: 'proxy-2' }] } },
      vms: ['vm-b'],
    },
  ])('is told: $why', ({ why, change, vms }) => {
    expect(inspect(change).stranded).toEqual([{ why, vms }]);
  });

  test('does not include what fails for some attempts only, or on one path of two', () => {
    const broken = [
      { vm: 'vm-a', cause: 'snapshot' as const, attempts: 2 },
      { vm: 'vm-a', proxy: 'proxy-3' },
    ];
    const proxies = [...base.proxies, { ...base.proxies[0]!, id: 'proxy-3' }];
    expect(inspect({ proxies, faults: { broken } }).stranded).toEqual([]);
  });
});

describe('proxies and tiers', () => {
  test('count VMs by the mode of each pair and by the best mode of each VM', () => {
    const vms = [
      { disksMB: [100], tiers: [1, 2] as const },
      { disksMB: [200], tiers: [3, 2] as const },
      { disksMB: [400], tiers: [0, 0] as const },
    ];
    const { tiers, proxies, stranded } = inspectNight(nightScene({ vms, proxies: [{}, {}] }), []);
    expect(tiers.map((t) => [t.mode, t.vms, t.toMoveMB])).toEqual([
      ['san', 1, 100],
      ['local', 1, 200],
      ['network', 0, 0],
      ['complex', 0, 0],
      [null, 1, 400],
    ]);
    expect(proxies.map((p) => p.vms)).toEqual([
      { san: 1, local: 0, network: 1, complex: 0 },
      { san: 0, local: 2, network: 0, complex: 0 },
    ]);
    expect(stranded.flatMap((s) => s.vms)).toEqual(['vm-2']);
  });

  test('mark a rule that allows far more streams than are comfortable, but not what an administrator set', () => {
    // 10 per CPU against 2 per CPU; 4 set against 2 comfortable
    expect(inspect().proxies.map((p) => [p.limit, p.maxStreams, p.comfortable, p.isFarAbove])).toEqual([
      [80, null, 16, true],
      [4, 4, 2, false],
    ]);
    const text = inspectText(inspect());
    expect(text).toMatch(/proxy-1 .* 80 +16 +5\.0 x comfortable, by the rule\n/u);
    expect(text).toMatch(/proxy-2 .* 4 +2 +limit set by maxStreams\n/u);
  });
});

describe('bounds and windows', () => {
  test('stand side by side, one of each name, the binding one first', () => {
    const { bounds } = inspect({ devices: [{ ...base.devices[0]!, readMBps: 10 }, base.devices[1]!] });
    expect(bounds[0]).toEqual({
      name: 'vm',
      what: 'VM vm-a alone',
      // 5 + 5 + 100 + 5 + 10, and the writing back of what was written in 120 s
      seconds: expect.closeTo(125, 1) as number,
    });
    expect(new Set(bounds.map((b) => b.name)).size).toBe(bounds.length);
    expect(bounds.map((b) => b.seconds)).toEqual(bounds.map((b) => b.seconds).toSorted((a, b) => b - a));
  });

  test('tell the job that cannot fit its window, by how much and why', () => {
    const vms = [
      { disksMB: [10_000], job: 0 },
      { disksMB: [100], job: 1 },
    ];
    const jobs = [
      { name: 'fulls', windowEndS: 40 },
      { name: 'rest', startS: 3600, windowEndS: 7200 },
    ];
    const inspection = inspectNight(nightScene({ vms, jobs }), []);
    expect(inspection.jobs.map((j) => [j.boundS, j.canFit])).toEqual([
      [100, false],
      [3601, true],
    ]);
    const text = inspectText({ ...inspection, document: 'x', caveats: [], seeds });
    expect(text).toContain('fulls does not fit its window: 1 min 0 s over, by VM vm-0 alone');
    expect(text).toMatch(/rest .* 23:00:00 +\+1 00:00:00 +23:00:01\n/u);
    expect(text).toContain('  rest may fit its window');
  });

  test('of a night without VMs are none', () => {
    const inspection = { ...inspectNight(nightScene(), []), document: 'x', caveats: [], seeds };
    expect([inspection.bounds, inspection.stranded]).toEqual([[], []]);
    expect(inspectText(inspection)).toContain('nothing to move');
  });
});

test('totals count what no job selects apart, and assumptions are told', () => {
  const inspection = inspect({
    jobs: [{ ...base.jobs[0]!, select: { vms: ['vm-a'] } }],
    ledger: { source: 'RVTools', fields: {}, assumedPlacement: { stores: 'per-host' } },
  });
  expect(inspection.totals).toEqual({ vms: 2, unselected: 1, allocatedMB: 2000, toMoveMB: 1000 });
  expect(inspectText(inspection).split('\n').slice(0, 3)).toEqual([
    'two-sites (cluster seed 1, night seed 1)',
    '  note: the placement of VMs on data stores is assumed (per-host)',
    '1 VMs to back up, 1 selected by no job: 1 GB to move of 2 GB allocated',
  ]);
});
