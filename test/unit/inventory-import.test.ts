import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { fieldsOf, isCovered } from '../../harness/inventory/ledger.ts';
import { inventoryScene, smallCsv, vmOf, workbookPath } from '../scenes/inventory-scene.ts';

const scene = inventoryScene();

describe('the small CSV export', () => {
  it('gives its 25 VMs, without template, placeholder and blank rows, which are counted', async () => {
    const { document, summary } = await scene.import(smallCsv);
    expect(document.vms).toHaveLength(25);
    expect(document.vms.map((vm) => vm.key)).not.toContain('tpl-ubuntu');
    expect(document.vms.map((vm) => vm.key)).not.toContain('web-02-dr');
    const leftOut = summary.find((line) => line.startsWith('left out'));
    for (const said of ['blank rows: 5', 'templates: 1', 'SRM placeholders: 1', 'raw disks (RDM)'])
      expect(leftOut).toContain(said);
  });

  it('tells two VMs of one name apart by VM ID', async () => {
    const { document } = await scene.import(smallCsv);
    expect(vmOf(document, 'web-01 (vm-101)').server).toBe('esx-01.example.net');
    expect(vmOf(document, 'web-01 (vm-131)').server).toBe('esx-04.example.net');
    // each with the disk of its own row of vDisk
    expect(vmOf(document, 'web-01 (vm-101)').disks.map((d) => d.store)).toEqual(['sas-01']);
    expect(vmOf(document, 'web-01 (vm-131)').disks.map((d) => d.store)).toEqual(['esx-04-local']);
  });

  it('reads stores and sizes of disks, and splits what is used by size', async () => {
    const { document } = await scene.import(smallCsv);
    // 100,000 and 500,000 MiB; 450,000 MiB used = 471,859 MB, a sixth of it 78,643
    expect(vmOf(document, 'sql-01').disks).toMatchObject([
      { store: 'nvme-01', allocatedMB: 104_858, usedMB: 78_643 },
      { store: 'nvme-01', allocatedMB: 524_288, usedMB: 393_216 },
    ]);
    // "2,000,000" with its digits grouped
    expect(vmOf(document, 'file-01').disks).toMatchObject([
      { store: 'sas-02', allocatedMB: 104_858 },
      { store: 'nfs-archive', allocatedMB: 2_097_152 },
    ]);
  });

  it('leaves raw disks out', async () => {
    const { document } = await scene.import(smallCsv);
    expect(vmOf(document, 'sql-02').disks).toMatchObject([{ allocatedMB: 125_829 }]);
  });

  it('falls back to vInfo for a VM that vDisk does not have', async () => {
    const { document } = await scene.import(smallCsv);
    // 90,000 MiB on two disks = 94,372 MB; the store of its .vmx
    expect(vmOf(document, 'test-04').disks).toMatchObject([
      { store: 'nfs-archive', allocatedMB: 47_186, usedMB: 15_729 },
      { store: 'nfs-archive', allocatedMB: 47_186, usedMB: 15_728 },
    ]);
    expect(document.ledger?.assumedPlacement).toEqual({ disks: 'even' });
  });

  it('takes NFS for NAS, VMFS of one host for internal, other VMFS for SAN', async () => {
    const { document } = await scene.import(smallCsv);
    const attachments = document.devices.map(({ id, attachment }) => [id, attachment.kind]);
    expect(Object.fromEntries(attachments)).toEqual({
      'sas-01': 'san',
      'sas-02': 'san',
      'nvme-01': 'san',
      'nfs-archive': 'nas',
      'esx-04-local': 'internal',
    });
  });

  it('takes the cluster from the last column of that name, not from a custom attribute', async () => {
    const { document } = await scene.import(smallCsv);
    expect([...new Set(document.servers.map((server) => server.cluster))]).toEqual(['prod', 'test']);
  });

  it('knows power state and family of the guest', async () => {
    const { document } = await scene.import(smallCsv);
    expect(vmOf(document, 'app-04')).toMatchObject({ poweredOn: false, guest: 'linux' });
    expect(vmOf(document, 'sql-01')).toMatchObject({ poweredOn: true, guest: 'windows' });
    expect(vmOf(document, 'fw-01').guest).toBe('other');
  });

  it('assumes three proxies, one of them physical with a way into the SAN, and a job for all', async () => {
    const { document } = await scene.import(smallCsv);
    expect(document.proxies.map(({ id, server, site }) => [id, server ?? site])).toEqual([
      ['proxy-1', 'Berlin'],
      ['proxy-2', 'esx-01.example.net'],
      ['proxy-3', 'esx-02.example.net'],
    ]);
    expect(document.proxies[0]!.sanZones).toEqual(['san-1']);
    // 3 proxies x 8 cores x 2 tasks
    expect(document.jobs).toMatchObject([{ id: 'nightly', kind: 'full', streams: 48, start: '22:00' }]);
  });

  it('says of every field whether it is read, derived or assumed', async () => {
    const { document } = await scene.import(smallCsv);
    const { fields } = document.ledger!;
    expect(fieldsOf(document).filter((field) => !isCovered(field, fields))).toEqual([]);
    expect(fields['vms.server']).toEqual({ origin: 'read', how: 'vInfo column Host' });
    expect(fields['vms.disks.usedMB']!.origin).toBe('derived');
    expect(fields['proxies.cpus']!.origin).toBe('assumed');
    expect(fields['vms.disks.store']).toEqual({
      origin: 'derived',
      how: "read 31: the name in brackets in the path in vDisk; derived 2: the name in brackets in the VM's path in vInfo",
    });
  });

  it('gives the same document as YAML and as JSON, and twice the same bytes', async () => {
    const yaml = await scene.import(smallCsv);
    const json = await scene.import(smallCsv, { out: scene.at('estate.json') });
    expect(json.document).toEqual(yaml.document);
    const again = await scene.import(smallCsv, { out: scene.at('again.yaml') });
    expect(again.text.replace(/^name: again$/mu, `name: ${yaml.document.name}`)).toBe(yaml.text);
  });

  it('is called after the file that it is written to, so that two imports of it can be compared', async () => {
    expect((await scene.import(smallCsv, { out: scene.at('site-b.yaml') })).document.name).toBe('site-b');
  });
});

describe('exports that tell little', () => {
  it('imports a vInfo with names alone: one server, sizes and placement assumed', async () => {
    const { document } = await scene.import(scene.export({ vInfo: ['VM', 'a', 'b'] }));
    expect(document.servers.map((server) => server.id)).toEqual(['site-1-host']);
    // the median VM, 115 GiB, half used, on two disks
    expect(document.vms).toMatchObject([{ key: 'a' }, { key: 'b' }]);
    expect(document.vms[0]!.disks).toMatchObject([
      { allocatedMB: 61_740, usedMB: 30_870 },
      { allocatedMB: 61_740, usedMB: 30_870 },
    ]);
    expect(document.ledger?.assumedPlacement).toEqual({
      stores: 'one SAN store per 20 VMs of a cluster, VMs drawn among them',
      disks: 'even',
    });
  });

  it('makes one server per cluster where no host is named', async () => {
    const source = scene.export({ vInfo: ['VM,Cluster', 'a,prod', 'b,test', 'c,prod'] });
    const { document } = await scene.import(source);
    expect(document.servers.map(({ id, cluster }) => [id, cluster])).toEqual([
      ['prod-host', 'prod'],
      ['test-host', 'test'],
    ]);
    expect(vmOf(document, 'c').server).toBe('prod-host');
  });

  it('takes a host for another one where it is in another datacenter', async () => {
    const source = scene.export({ vInfo: ['VM,Datacenter,Host', 'a,Rome,esx', 'b,Oslo,esx', 'c,Rome,esx'] });
    const { document } = await scene.import(source);
    expect(document.servers.map(({ id, site }) => [id, site])).toEqual([
      ['esx', 'Rome'],
      ['esx (Oslo)', 'Oslo'],
    ]);
    expect(document.agents.map((agent) => agent.site)).toEqual(['Rome', 'Oslo']);
  });

  it('takes stores of one name in two datacenters for two', async () => {
    const source = scene.export({
      vInfo: ['VM,Path,Datacenter,Host', 'a,[lun] a/a.vmx,Rome,r1', 'b,[lun] b/b.vmx,Oslo,o1'],
    });
    const { document } = await scene.import(source);
    expect(document.stores.map((store) => store.id)).toEqual(['lun', 'lun (Oslo)']);
    expect(document.servers.map((server) => server.stores)).toEqual([['lun'], ['lun (Oslo)']]);
  });

  it('lets vHost fill in a cluster that vInfo does not name, and adds no server from it', async () => {
    const source = scene.export({
      vInfo: ['VM,Host', 'a,ESX-1'],
      vHost: ['Host,Datacenter,Cluster', 'esx-1,Rome,prod', 'esx-2,Rome,prod'],
    });
    const { document } = await scene.import(source);
    expect(document.servers).toMatchObject([{ id: 'ESX-1', site: 'Rome', cluster: 'prod' }]);
  });

  it('numbers VMs of one name where no VM ID tells them apart', async () => {
    const { document } = await scene.import(scene.export({ vInfo: ['VM', 'a', 'a', 'a #2'] }));
    expect(document.vms.map((vm) => vm.key)).toEqual(['a', 'a #3', 'a #2']);
  });

  it('does not give the disks of one of two VMs of one name to either', async () => {
    const source = scene.export({
      vInfo: ['VM,Host,Disks,Provisioned MB', 'a,h1,1,100', 'a,h1,1,200'],
      vDisk: ['VM,Host,Capacity MiB,Disk Path', 'a,h1,5000,[x] a/a.vmdk'],
    });
    const { document } = await scene.import(source);
    expect(document.vms.flatMap((vm) => vm.disks.map((d) => d.allocatedMB))).toEqual([105, 210]);
  });

  it('leaves out VMs whose disks are all raw, or that have none', async () => {
    const source = scene.export({
      vInfo: ['VM,Disks', 'a,1', 'b,1', 'c,0'],
      vDisk: ['VM,Capacity MiB,Raw', 'a,5000,True', 'b,5000,False'],
    });
    const { document, summary } = await scene.import(source);
    expect(document.vms.map((vm) => vm.key)).toEqual(['b']);
    expect(summary.join('\n')).toContain('VMs without a disk that can be backed up: 2');
  });

  it('never has more used than allocated', async () => {
    const source = scene.export({ vInfo: ['VM,Disks,Provisioned MB,In Use MB', 'a,2,1000,1500'] });
    const { document } = await scene.import(source);
    expect(document.vms[0]!.disks).toMatchObject([
      { allocatedMB: 525, usedMB: 525 },
      { allocatedMB: 524, usedMB: 524 },
    ]);
  });

  it('gives no proxy the name of a VM, which would then not be backed up', async () => {
    const { document } = await scene.import(scene.export({ vInfo: ['VM', 'proxy-2', 'a'] }));
    expect(document.proxies.map((proxy) => proxy.id)).toEqual(['proxy-1', 'proxy-3', 'proxy-4']);
  });

  it('survives names with quotes, brackets, colons and line breaks', async () => {
    const names = ['a: {b}', '"quoted"', '#1', 'true', '- x', "it's", '1e3', 'two\nlines', '日本 - *&!'];
    const cells = names.map((name) => `"${name.replaceAll('"', '""')}"`);
    const { document } = await scene.import(scene.export({ vInfo: ['VM', ...cells] }));
    expect(document.vms.map((vm) => vm.key)).toEqual([
      'a: {b}',
      'quoted',
      '#1',
      'true',
      '- x',
      "it's",
      '1e3',
      'two lines',
      '日本 - *&!',
    ]);
  });
});

describe('assumed placement', () => {
  const rows = Array.from({ length: 50 }, (_, i) => `vm-${i},prod,h${i % 4},3,1000,1000`);
  const source = () => scene.export({ vInfo: ['VM,Cluster,Host,Disks,Provisioned MB,In Use MB', ...rows] });

  it('per-host: one internal store per server', async () => {
    const { document } = await scene.import(source(), { placement: 'per-host' });
    expect(document.stores.map((store) => store.id)).toEqual([
      'h0-disks',
      'h1-disks',
      'h2-disks',
      'h3-disks',
    ]);
    expect(document.devices.every((device) => device.attachment.kind === 'internal')).toBe(true);
    for (const vm of document.vms)
      expect(vm.disks.map((d) => d.store)).toEqual(Array(3).fill(`${vm.server}-disks`));
    // nothing is on a SAN: no physical proxy
    expect(document.proxies.every((proxy) => proxy.server !== undefined)).toBe(true);
  });

  it('per-cluster: one SAN store per cluster', async () => {
    const { document } = await scene.import(source(), { placement: 'per-cluster' });
    expect(document.stores.map((store) => store.id)).toEqual(['prod-store-1']);
    expect(document.servers.map((server) => server.stores)).toEqual([1, 2, 3, 4].map(() => ['prod-store-1']));
  });

  it.each([
    ['a number', 7, 7],
    ['left out: one per 20 VMs', null, 3], // 50 / 20 = 2.5
  ] as const)('%s: so many SAN stores per cluster, all of them used', async (_, placement, count) => {
    const { document } = await scene.import(source(), { placement });
    expect(document.stores).toHaveLength(count);
    expect(new Set(document.vms.flatMap((vm) => vm.disks.map((d) => d.store))).size).toBe(count);
    expect(document.ledger?.fields['vms.disks.store']!.origin).toBe('assumed');
  });

  it('draws other stores with another cluster seed, and the same with the same', async () => {
    const draw = async (clusterSeed: number) =>
      (await scene.import(source(), { placement: 7, clusterSeed })).document.vms;
    expect(await draw(2)).toEqual(await draw(2));
    expect(await draw(2)).not.toEqual(await draw(1));
  });

  it('splits a total evenly, or 70 % on the first disk', async () => {
    const sizes = async (diskSplit: 'even' | 'dominant') =>
      (await scene.import(source(), { diskSplit })).document.vms[0]!.disks.map((d) => d.allocatedMB);
    // 1000 MiB = 1049 MB
    expect(await sizes('even')).toEqual([350, 349, 350]);
    expect(await sizes('dominant')).toEqual([734, 158, 157]);
  });

  it('concerns only the VMs whose store is not known', async () => {
    const some = scene.export({
      vInfo: ['VM,Path,Host', 'a,[lun] a/a.vmx,h1', 'b,,h1', 'c,[lun] c/c.vmx,h1'],
    });
    const { document } = await scene.import(some);
    expect(document.ledger?.assumedPlacement?.vms).toEqual(['b']);
    expect(document.stores.map((store) => store.id)).toEqual(['lun']);
  });
});

describe('what cannot be imported is one clear error, and leaves nothing', () => {
  const refuse = async (source: string, message: RegExp) => {
    await expect(scene.import(source)).rejects.toThrow(message);
    expect(readdirSync(scene.at('.')).filter((name) => name !== 'export')).toEqual([]);
  };

  it('a vInfo without VM', () =>
    refuse(scene.export({ vInfo: ['Name,Host', 'a,h'] }), /sheet vInfo: no column "VM"/u));
  it('a vInfo with templates only', () =>
    refuse(scene.export({ vInfo: ['VM,Template', 'a,True'] }), /no VM that can be backed up/u));
  it('an empty vInfo', () => refuse(scene.export({ vInfo: [] }), /sheet vInfo: no column "VM"/u));
  it('sizes that are no numbers, all of them at once', () =>
    refuse(
      scene.export({ vInfo: ['VM,In Use MB', 'a,x', 'b,2', 'c,y'] }),
      /export: vInfo row 2, .*got "x"\n.*export: vInfo row 4, .*got "y"$/u,
    ));
  it('an output folder that is not there', async () => {
    const gone = { out: scene.at('none/estate.yaml') };
    await expect(scene.import(smallCsv, gone)).rejects.toThrow(
      /cannot be written \(there is no such folder\)/u,
    );
  });
  it('an output that is a folder: the key is not written either', async () => {
    mkdirSync(scene.at('a.yaml'));
    const options = { out: scene.at('a.yaml'), keyFile: scene.at('key.json') };
    await expect(scene.import(smallCsv, options)).rejects.toThrow(/cannot be written \(it is a folder\)/u);
    expect(readdirSync(scene.at('.'), { recursive: true })).toEqual(['a.yaml']);
  });
  it('an output that is an input', async () => {
    const path = scene.save('o.yaml', '{}');
    await expect(scene.import(smallCsv, { overlay: path, out: path })).rejects.toThrow(/is an input too/u);
  });
});

const present = (name: string) => existsSync(workbookPath(name));
const titled = (title: string, name: string) =>
  present(name) ? title : `${title} (skipped: ${name} is absent)`;

const sizing = 'SizingWorkshop-RVTools.xlsx';
test.skipIf(!present(sizing)).each(['per-host', 'per-cluster', 10, null] as const)(
  titled('the 805-VM workbook, placement %s, gives 795 VMs on 38 servers', sizing),
  async (placement) => {
    const { document } = await scene.import(workbookPath(sizing), { placement });
    expect([document.vms.length, document.servers.length, document.proxies.length]).toEqual([795, 38, 4]);
    expect(document.ledger?.fields['vms.disks.store']!.origin).toBe('assumed');
    // 121.98 TiB of In Use, less ten templates
    const usedMB = document.vms.flatMap((vm) => vm.disks).reduce((sum, disk) => sum + disk.usedMB, 0);
    expect(usedMB / 1e6).toBeCloseTo(133.5, 1);
  },
);

const small = 'rvtools-small-complete.xlsx';
test.skipIf(!present(small))(
  titled('the small workbook gives disks from vDisk and their use from vPartition', small),
  async () => {
    const { document } = await scene.import(workbookPath(small));
    expect(document.vms.map((vm) => vm.key)).toEqual(['sample-web-01', 'sample-db-01', 'sample-archive-01']);
    // 80 and 40 GiB, half used
    expect(document.vms[0]!.disks).toMatchObject([
      { allocatedMB: 85_899, usedMB: 42_950 },
      { allocatedMB: 42_950, usedMB: 21_475 },
    ]);
  },
);
