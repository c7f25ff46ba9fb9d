import { describe, expect, it } from 'vitest';
import { inventoryScene, smallCsv, vmOf } from '../scenes/inventory-scene.ts';

const scene = inventoryScene();
const lay = (text: string, source = smallCsv) =>
  scene.import(source, { overlay: scene.save('o.yaml', text) });

describe('an overlay', () => {
  it('replaces the fields that it gives of a thing with that id, and only those', async () => {
    const { document } = await lay('devices: [{ id: sas-01, media: hdd, readMBps: 900 }]');
    const { media, readMBps, attachment } = document.devices[0]!;
    expect([media, readMBps, attachment.kind]).toEqual(['hdd', 900, 'san']);
    expect(document.devices[1]!.media).toBe('hybrid');
  });

  it('speaks of VMs by their key', async () => {
    const { document } = await lay('vms: [{ key: sql-01, priority: critical }]');
    expect(vmOf(document, 'sql-01')).toMatchObject({ priority: 'critical', server: 'esx-01.example.net' });
  });

  it('speaks by match of all whose id fits', async () => {
    const { document } = await lay(
      "vms: [{ match: 'sql-*', priority: critical }, { match: 'web-0?', priority: low }]",
    );
    const having = (priority: string) =>
      document.vms.filter((vm) => vm.priority === priority).map((vm) => vm.key);
    expect(having('critical')).toEqual(['sql-01', 'sql-02', 'sql-03']);
    // "web-01 (vm-101)" has more behind it
    expect(having('low')).toEqual(['web-02', 'web-03']);
  });

  it('takes the signs of a match for themselves, but * and ?', async () => {
    await expect(lay("vms: [{ match: 'web.01 (vm-...)', priority: low }]")).rejects.toThrow(
      /is called "web\.01 \(vm-\.\.\.\)"/u,
    );
    const { document } = await lay("vms: [{ match: 'web-01 (*)', priority: low }]");
    expect(document.vms.filter((vm) => vm.priority === 'low')).toHaveLength(2);
  });

  it('adds things with new ids behind the others', async () => {
    const { document } = await lay('proxies: [{ id: px, site: Berlin, cpus: 4, ramMB: 8000 }]');
    expect(document.proxies.map((proxy) => proxy.id)).toEqual(['proxy-1', 'proxy-2', 'proxy-3', 'px']);
  });

  it('removes, and lets something else take the id', async () => {
    const { document } = await lay(
      "proxies: [{ match: '*', remove: true }, { id: proxy-1, server: esx-03.example.net, cpus: 2, ramMB: 8000 }]",
    );
    expect(document.proxies).toMatchObject([{ id: 'proxy-1', server: 'esx-03.example.net', sanZones: [] }]);
  });

  it('lets the streams of the job follow the proxies, until it gives them', async () => {
    // min(2 x 2 cores, 8000 MB / 1000) = 4
    const two = "proxies: [{ match: 'proxy-[12]*' , remove: true }]";
    await expect(lay(two)).rejects.toThrow(/none of the 3 proxies/u);
    const less = "proxies: [{ id: proxy-1, remove: true }, { match: '*', cpus: 2, ramMB: 8000 }]";
    expect((await lay(less)).document.jobs[0]!.streams).toBe(8);
    expect((await lay(`${less}\njobs: [{ id: nightly, streams: 5 }]`)).document.jobs[0]!.streams).toBe(5);
  });

  it('puts several stores on one device, and devices left without a store go', async () => {
    const { document } = await lay(
      "stores: [{ match: 'sas-*', device: array }]\ndevices: [{ id: array, media: hdd, attachment: { kind: san, site: Berlin, zones: [san-1] } }]",
    );
    expect(document.devices.map((device) => device.id)).toEqual([
      'nvme-01',
      'nfs-archive',
      'esx-04-local',
      'array',
    ]);
  });

  it('unmounts the stores that it removes', async () => {
    const { document } = await lay(
      "stores: [{ id: esx-04-local, remove: true }]\nvms: [{ key: test-01, remove: true }, { key: test-02, remove: true }, { key: 'web-01 (vm-131)', remove: true }]",
    );
    expect(document.servers[3]!.stores).toEqual(['nfs-archive']);
  });

  it('replaces whole what is no list of things', async () => {
    const { document } = await lay(
      'faults: { rates: { attempt: 0.03 } }\nstreamCaps: { sanMBps: 300 }\nname: mine',
    );
    expect(document.faults.rates.attempt).toBe(0.03);
    expect(document.streamCaps.sanMBps).toBe(300);
    expect(document.name).toBe('mine');
  });

  it('may be empty', async () => {
    expect((await lay('# nothing yet\n')).document).toEqual((await scene.import(smallCsv)).document);
  });

  it('is told apart in the ledger: all values, or some of them', async () => {
    const { fields } = (
      await lay("devices: [{ match: '*', media: flash }]\nproxies: [{ id: proxy-1, cpus: 20 }]")
    ).document.ledger!;
    expect(fields['devices.media']).toEqual({ origin: 'read', how: 'the overlay' });
    expect(fields['proxies.cpus']).toEqual({ origin: 'assumed', how: '8 each; the overlay gives 1 of 3' });
  });
});

describe('an overlay and assumed placement', () => {
  const source = () => scene.export({ vInfo: ['VM,Cluster,Host', 'a,c,h', 'b,c,h', 'd,c,h'] });

  it('stands: VMs whose disks it gives are drawn no more', async () => {
    const { document } = await lay(
      'vms: [{ key: b, disks: [{ store: c-store-1, allocatedMB: 9, usedMB: 8 }] }]',
      source(),
    );
    expect(vmOf(document, 'b').disks).toMatchObject([{ allocatedMB: 9 }]);
    expect(document.ledger?.assumedPlacement?.vms).toEqual(['a', 'd']);
  });

  it('ends the assumption where it gives the disks of all', async () => {
    const { document } = await lay(
      "vms: [{ match: '*', disks: [{ store: c-store-1, allocatedMB: 9, usedMB: 8 }] }]",
      source(),
    );
    expect(document.ledger?.assumedPlacement).toBeUndefined();
  });

  it('gives stores to draw among', async () => {
    const { document } = await lay(
      [
        'stores: [{ id: c-store-1, remove: true }, { id: x, device: x }]',
        'devices: [{ id: x, media: flash, attachment: { kind: nas, site: site-1 } }]',
        'servers: [{ id: h, stores: [x] }]',
      ].join('\n'),
      source(),
    );
    expect(new Set(document.vms.flatMap((vm) => vm.disks.map((disk) => disk.store)))).toEqual(new Set(['x']));
  });
});

describe('errors of an overlay say where they are', () => {
  it.each([
    [
      'a key that no document has',
      'proxys: []',
      /o\.yaml:1:9 proxys: an overlay cannot give this \(did you mean "proxies"\?\); expected one of name, /u,
    ],
    [
      'a thing without a name',
      'proxies:\n  - { cpus: 4 }',
      /o\.yaml:2:5 proxies\[0\]: expected either id or match/u,
    ],
    ['two names', 'vms:\n  - { key: a, match: b }', /o\.yaml:2:5 vms\[0\]: expected either key or match/u],
    [
      'VMs by id',
      'vms: [{ id: sql-01, priority: low }]',
      /o\.yaml:1:7 vms\[0\]: expected either key or match/u,
    ],
    ['no list', 'devices: { id: sas-01 }', /o\.yaml:1:10 devices: expected a list/u],
    ['no object', '- 1', /o\.yaml:1:1 document: expected an object/u],
    [
      'removal with fields',
      'proxies: [{ id: proxy-1, remove: true, cpus: 2 }]',
      /o\.yaml:1:11 .*goes with no other field/u,
    ],
    [
      'removal of nothing',
      'proxies: [{ id: proxy-9, remove: true }]',
      /o\.yaml:1:11 none of the 3 proxies is called "proxy-9"/u,
    ],
    [
      'a match of nothing',
      "stores:\n  - { match: 'ssd-*', device: x }",
      /o\.yaml:2:5 none of the 5 stores is called "ssd-\*"/u,
    ],
    [
      'an unknown field',
      'devices:\n  - { id: sas-01, medium: hdd }',
      /o\.yaml:2:19 devices\[0\]\.medium: unknown key/u,
    ],
    [
      'a wrong value',
      'devices:\n  - { id: sas-02, media: tape }',
      /o\.yaml:2:26 devices\[1\]\.media: .*expected one of hdd, hybrid, flash/u,
    ],
    [
      'a new thing that is not whole',
      'devices:\n  - { id: new }',
      /o\.yaml:2:5 devices\[5\]\.media: is missing/u,
    ],
    [
      'a name of nothing',
      'stores:\n  - { id: sas-01, device: nope }',
      /o\.yaml:2:27 stores\[0\]\.device: there is no device "nope"/u,
    ],
    ['wrong deep inside', 'faults:\n  rates: { attempt: 2 }', /o\.yaml:2:21 faults\.rates\.attempt: /u],
    [
      'nonsense for CPUs',
      'proxies: [{ id: proxy-1, cpus: many }]',
      /^[^\n]*o\.yaml:1:32 proxies\[0\]\.cpus: is "many"; expected a number$/u,
    ],
    ['no YAML', 'devices: [', /o\.yaml:\d+:\d+ not readable as YAML/u],
    [
      'what now dangles',
      'servers: [{ id: esx-04.example.net, remove: true }]',
      /o\.yaml: with it the document has a problem: .*no server "esx-04/u,
    ],
  ])('%s', async (_, text, message) => {
    await expect(lay(text)).rejects.toThrow(message);
  });

  it('all of them at once', async () => {
    await expect(lay('proxies: [{ cpus: 4 }, { id: proxy-1, remove: maybe }]\ndevices: 5')).rejects.toThrow(
      /proxies\[0\].*\n.*proxies\[1\]\.remove.*\n.*devices: expected a list/u,
    );
  });

  it('a file that is not there', async () => {
    await expect(scene.import(smallCsv, { overlay: scene.at('none.yaml') })).rejects.toThrow(
      /none\.yaml: the overlay cannot be read \(there is no such file\)/u,
    );
  });
});
