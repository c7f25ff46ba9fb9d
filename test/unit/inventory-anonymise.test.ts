import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { NameKey } from '../../harness/inventory/anonymise.ts';
import { inventoryScene, smallCsv } from '../scenes/inventory-scene.ts';

const scene = inventoryScene();
const keyFile = () => scene.at('names.json');
const readKey = () => JSON.parse(readFileSync(keyFile(), 'utf8')) as NameKey;

describe('--anonymise', () => {
  it('leaves no name of the export in the document, be it alone or inside another', async () => {
    const { document } = await scene.import(smallCsv);
    const { text } = await scene.import(smallCsv, { keyFile: keyFile() });
    const names = new Set([
      ...document.vms.map((vm) => vm.key),
      ...document.servers.map((server) => server.id),
      ...[document.stores, document.devices, document.sites, document.managementServers]
        .flat()
        .map((thing) => thing.id),
      'esx-0',
      'example.net',
      'web-0',
      'small-csv',
      'vm-101',
      'Berlin',
      'nfs-archive',
      'sql',
    ]);
    expect(names.size).toBeGreaterThan(40);
    expect([...names].filter((name) => text.includes(name))).toEqual([]);
    expect(text).not.toMatch(/\bprod\b|\btest\b/u);
  });

  it('leaves nothing of what is assumed for clusters and hosts, nor of an overlay', async () => {
    const source = scene.export({
      vInfo: ['VM,Cluster,Host,Datacenter', 'zebra,giraffe,lion,savanna', 'gnu,giraffe,lion,savanna'],
    });
    const overlay = scene.save(
      'acacia.yaml',
      [
        'note: baobab',
        'sites: [{ id: steppe }]',
        'links: [{ between: [savanna, steppe], MBps: 100 }]',
        'proxies: [{ id: rhino, server: lion, cpus: 2, ramMB: 4000, sanZones: [jackal] }, { id: gnu, server: lion, cpus: 2, ramMB: 4000 }]',
        'vms: [{ key: zebra, guest: termite on windows }]',
        'jobs: [{ id: nightly, select: { clusters: [giraffe], except: [gnu] }, coordinator: rhino }]',
        'faults: { outages: [{ server: lion, from: "23:00" }], broken: [{ vm: zebra, proxy: rhino }] }',
      ].join('\n'),
    );
    for (const placement of ['per-host', 'per-cluster', 2] as const) {
      const { text } = await scene.import(source, { keyFile: keyFile(), overlay, placement });
      expect(text).not.toMatch(/zebra|giraffe|lion|savanna|acacia|baobab|steppe|rhino|jackal|gnu|termite/u);
    }
  });

  it('keeps sizes, families of guests and who lies where', async () => {
    const open = (await scene.import(smallCsv)).document;
    const hidden = (await scene.import(smallCsv, { keyFile: keyFile() })).document;
    const { names } = readKey();
    expect(hidden.vms.map((vm) => ({ ...vm, key: names[vm.key], server: names[vm.server] }))).toEqual(
      open.vms.map((vm) => ({ ...vm, disks: expect.anything() })),
    );
    const storesOf = (vms: typeof open.vms, nameOf: (id: string) => string | undefined) =>
      vms.map((vm) => vm.disks.map((disk) => [nameOf(disk.store), disk.usedMB]));
    expect(storesOf(hidden.vms, (id) => names[id])).toEqual(storesOf(open.vms, (id) => id));
  });

  it('keeps the key for its owner alone', async () => {
    await scene.import(smallCsv, { keyFile: keyFile() });
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  });

  it('gives other hashes with another salt, and the same with a kept key', async () => {
    const first = (await scene.import(smallCsv, { keyFile: keyFile() })).text;
    expect((await scene.import(smallCsv, { keyFile: keyFile() })).text).toBe(first);
    expect((await scene.import(smallCsv, { keyFile: scene.at('other.json') })).text).not.toBe(first);
  });

  it('keeps the names that an earlier import put into the key', async () => {
    await scene.import(smallCsv, { keyFile: keyFile() });
    const before = readKey();
    await scene.import(scene.export({ vInfo: ['VM', 'late'] }), { keyFile: keyFile() });
    expect(readKey().names).toMatchObject(before.names);
    expect(Object.values(readKey().names)).toContain('late');
  });

  it('knows a proxy that is a VM of the estate by the name of that VM', async () => {
    const overlay = scene.save(
      'o.yaml',
      'proxies: [{ id: ci-01, server: esx-02.example.net, cpus: 4, ramMB: 9000 }]',
    );
    const { document } = await scene.import(smallCsv, { keyFile: keyFile(), overlay });
    expect(document.vms.map((vm) => vm.key)).toContain(document.proxies.at(-1)!.id);
  });

  it.each(['not JSON', '{}', '{"salt":"short","names":{}}', 'null'])(
    'refuses to overwrite a file that is no key: %s',
    async (text) => {
      scene.save('names.json', text);
      await expect(scene.import(smallCsv, { keyFile: keyFile() })).rejects.toThrow(
        /names\.json: not a key file/u,
      );
      expect(readFileSync(keyFile(), 'utf8')).toBe(text);
    },
  );
});
