import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainAgent, plainDocument, plainProxy, plainServer, plainVm } from '../scenes/plain-document.ts';
import { cli, folderWith } from './cli-scene.ts';

/** The kinds of the package. */
const nights = '';

// 40 VMs of 1000 s on one stream of 100 MB/s; a proxy takes 2 streams, so that p proxies take 20,000 / p seconds.
const office = {
  name: 'office',
  vms: Array.from({ length: 40 }, (_, i) => plainVm(`vm-${i}`, [['ds', 100_000]])),
  proxies: [plainProxy('p', { sanZones: ['zone-disk'], maxStreams: 2 })],
};

const folderOf = (parts: Parameters<typeof plainDocument>[0]) =>
  folderWith({ 'office.json': JSON.stringify(plainDocument(parts)) });

describe('size', () => {
  const size = (parts: Parameters<typeof plainDocument>[0], ...args: string[]) =>
    cli(['size', 'office.json', ...args, '--vary', 'proxies=1..6'], folderOf(parts), nights);

  test('names the smallest fleet, which is the one that the arithmetic says', async () => {
    // 1.5 h = 5400 s: 20,000 / 4 = 5000 s, 20,000 / 3 > 5400 s
    const { code, stdout } = await size(office, '--window', '90min', '--protect', '100%');
    expect(code).toBe(0);
    expect(stdout).toMatch(/protects 100 % of the VMs in 1 h 30 min under priority-list\n\n4 proxies \(/u);
    expect(stdout).toContain('Nothing in the document differs from night to night');
    expect(stdout).toContain('The sizing formula of vendors');
  });

  test('that none meets it is an answer too', async () => {
    const { code, stdout } = await size(office, '--window', '30min', '--protect', '99%', '--json');
    expect(code).toBe(0);
    const { data } = JSON.parse(stdout) as { data: { found: unknown; tried: { missed: number }[] } };
    expect(data.found).toBeNull();
    expect(data.tried.map(({ missed }) => missed)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('a VM that is longer than the window rules every fleet out, without a night simulated', async () => {
    const vms = [...office.vms.slice(0, 9), plainVm('sql-17', [['ds', 4_356_000]])];
    const { code, stdout } = await size({ ...office, vms }, '--window', '8h', '--protect', '99%');
    expect(code).toBe(0);
    expect(stdout).toContain('No fleet can: VM sql-17 alone needs 12.1 h (4.36 TB), and the window has 8 h');
    const nine = await size({ ...office, vms }, '--window', '8h', '--protect', '90%');
    expect(nine.stdout).toMatch(/\n1 proxy \(/u);
  });

  test('says how little a few nights show', async () => {
    const parts = { ...office, faults: { rates: { attempt: 0.001 } } };
    const { stdout } = await size(parts, '--window', '3h', '--protect', '90%', '--nights', '3');
    expect(stdout).toContain(
      'It meets the target in all 3 nights, which shows no more, with 95 % confidence, than that at least 36.8 % of such nights meet it; 90 % needs 29 nights',
    );
  });

  test('refuses what it cannot vary: 2', async () => {
    const { code, stderr } = await cli(
      ['size', 'office.json', '--window', '8h', '--vary', 'priority-list[cap=1..8]'],
      folderOf(office),
      nights,
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining('size varies the document')]);
  });
});

describe('resilience', () => {
  const parts = {
    ...office,
    // 40 VMs on 2 x 2 streams: 10,000 s
    jobs: [{ id: 'job', policy: 'policy', streams: 100, window: { hours: 3 } }],
    servers: [plainServer('esx', ['ds']), plainServer('spare', ['ds'])],
    agents: [plainAgent('agent'), plainAgent('idle')],
    proxies: [
      plainProxy('p', { sanZones: ['zone-disk'], maxStreams: 2 }),
      plainProxy('q', { sanZones: ['zone-disk'], maxStreams: 2 }),
    ],
  };

  test('loses each in turn, the worst first, and counts what is left alone', async () => {
    const folder = folderOf(parts);
    const { code, stdout } = await cli(
      ['resilience', 'office.json', '--at', '22:30', '--json'],
      folder,
      nights,
    );
    expect(code).toBe(0);
    const { data } = JSON.parse(stdout) as {
      data: { whole: object; losses: { name: string; protectedPct: number; makespanS: number | null }[] };
    };
    expect(data.whole).toMatchObject({ protectedPct: 100, makespanS: 10_000 });
    // the only agent of the policy, and the server of every VM: what has not ended at 22:30 never does (4 of 40 have)
    expect(data.losses.slice(0, 2).map(({ name, protectedPct }) => [name, protectedPct])).toEqual([
      ['esx', 10],
      ['agent', 10],
    ]);
    // 36 VMs left on 2 streams, of which 18 end inside the window of 10,800 s; nothing starts after it
    expect(data.losses[2]).toMatchObject({ protectedPct: 55, makespanS: null });
    expect(data.losses.slice(4)).toEqual([
      expect.objectContaining({ name: 'spare', protectedPct: 100 }),
      expect.objectContaining({ name: 'idle', protectedPct: 100 }),
    ]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('answers of one thing, in words', async () => {
    const { code, stdout } = await cli(
      ['resilience', 'office.json', '--only', 'p', '--at', '22:30'],
      folderOf(parts),
      nights,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Without p, 18 VMs fewer are protected when the window ends (55 %)');
  });

  test('refuses a name that nothing has: 2', async () => {
    const { code, stderr } = await cli(['resilience', 'office.json', '--only', 'x'], folderOf(parts), nights);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--only x: no proxy and no server and no agent is called so'),
    ]);
  });
});

describe('tune', () => {
  const ask = (folder: string, ...args: string[]) => cli(['tune', ...args], folder, nights);

  test('picks among settings, a knob with one value being the same in all', async () => {
    const settings = ['--vary', 'priority-list[cap=1..3]', '--vary', 'proxies=4'];
    const folder = folderOf(office);
    const [one, two] = [
      await ask(folder, 'office.json', ...settings, '-j', '1'),
      await ask(folder, 'office.json', ...settings, '-j', '2'),
    ];
    expect(one.code).toBe(0);
    expect(one.stdout).toBe(two.stdout);
    expect(one.stdout).toMatch(
      /^office proxies=4: priority-list\[cap=\d\] is the best of 3 settings tried on 1 night$/mu,
    );
    expect(one.stdout).toContain('there is nothing to hold out');
    expect(one.stdout).toContain('as written: priority-list ');
  });

  test('looks again on clusters that had no part in the choice', async () => {
    const ask20 = ['tune', 'nas-lan', '--vms', '20', '--vary', 'priority-list[cap={1|4}]', '--nights', '2'];
    const { code, stdout } = await cli([...ask20, '--json'], folderWith(), nights);
    expect(code).toBe(0);
    const { data } = JSON.parse(stdout) as {
      data: { tried: number; heldOut: { against: { clusters: number } | null } }[];
    };
    expect(data[0]).toMatchObject({ tried: 2, heldOut: { winner: {}, asWritten: {} } });
  });

  test('refuses what nothing can be best by, and to tune nothing: 2', async () => {
    const folder = folderOf(office);
    const settings = ['office.json', '--vary', 'proxies=1..2'];
    expect(await ask(folder, ...settings, '--by', 'makespan')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no metric "makespan"'),
    });
    expect(await ask(folder, 'office.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nothing is varied'),
    });
  });
});
