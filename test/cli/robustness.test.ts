import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, folderWith } from './cli-scene.ts';

const nights = '';
const suite = `suite: 1
name: small
families:
  - { family: few-san-proxies, vms: 20, night: incremental }
`;
const ask = ['robustness', 'small.yaml', '--strategies', 'priority-list[cap=2],lpt', '--draws', '3'];

/** Few are varied here: networkCap, failureMix and sharing. */
const given = [
  'sanCap=250',
  'localCap=180',
  'taskStartStop=10',
  'commitSpeed=60',
  'deviceSpeedFactor=1',
  'hddEfficiency=0.3',
  'hybridEfficiency=0.5',
  'scatteredReads=1',
  'latency=1',
  'queueDepth=1',
  'sanProxies=30',
  'rounds=4',
  'roundDelay=0',
].flatMap((text) => ['--assume', text]);

const results = (folder: string) =>
  [
    'robustness.csv',
    'trials.csv',
    ...readdirSync(join(folder, 'charts')).map((name) => `charts/${name}`),
  ].map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);

describe('robustness', () => {
  test('is estimated, computed once, and the same bytes for any number of threads', async () => {
    const folder = folderWith({ 'small.yaml': suite });
    const first = await cli([...ask, ...given, '-o', 'out', '-j', '2'], folder, nights);
    expect([first.stderr.match(/error.*/u), first.code]).toEqual([null, 0]);
    expect(first.stderr).toMatch(/^\d+ cells, 0 of them done; about [^\n]* on 2 threads/u);
    expect(first.stdout).toMatch(/^few-san-proxies-20-incremental: 95 % of VMs \(t95_vms_s\)$/mu);
    expect(first.stdout).toMatch(/ of 3 comparisons with all assumptions drawn together/u);
    const names = results(join(folder, 'out')).map(([name]) => name);
    expect(names).toEqual([
      'robustness.csv',
      'trials.csv',
      expect.stringMatching(/^charts\/tornado-few-san-.*\.svg$/u),
      expect.stringMatching(/\.vl\.json$/u),
    ]);

    const again = await cli([...ask, ...given, '-o', 'out'], folder, nights);
    expect(again.stdout).toMatch(/^0 cells computed, \d+ kept from before\.$/mu);
    const other = folderWith({ 'small.yaml': suite });
    const json = await cli([...ask, ...given, '-o', 'out', '-j', '1', '--json'], other, nights);
    expect(results(join(other, 'out'))).toEqual(results(join(folder, 'out')));
    const { data } = JSON.parse(json.stdout);
    const { verdicts, comparisons } = data;
    expect(verdicts).toMatchObject([{ a: 'priority-list[cap=2]', b: 'lpt', metric: 't95_vms_s' }]);
    expect(comparisons.filter(({ changed }: { changed: string }) => changed === 'all').length).toBe(3);
    expect(comparisons.map(({ sharing }: { sharing: string | null }) => sharing)).toEqual(
      expect.arrayContaining([null, 'by-demand', 'per-stream']),
    );
  }, 90_000);

  test('does not vary what is given, and cannot say anything of one cluster', async () => {
    const folder = folderWith({ 'small.yaml': suite });
    const { code, stdout } = await cli(
      [...ask, ...given, '--assume', 'sharing=per-stream', '--metric', 'makespan_s', '-o', 'out'],
      folder,
      nights,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('cannot say at 1 cluster, whatever they show; 6 are the least');
    const [head] = readFileSync(join(folder, 'out/robustness.csv'), 'utf8').split('\n');
    expect(head).toContain('networkCap,failureMix');
    expect(head).not.toContain('sharing');
  });

  test.each([
    [['--strategies', 'lpt'], 'expected two at least'],
    [['--strategies', 'lpt,random', '--baseline', 'round-robin'], 'round-robin is not among the strategies'],
    [['--strategies', 'lpt,random', '--metric', 'nonsense'], '--metric: nonsense is unknown'],
    [['--strategies', 'lpt,random', '--levels', '1'], 'expected at least 2'],
  ])('%j: 2, and nothing is written', async (args, message) => {
    const folder = folderWith({ 'small.yaml': suite });
    const { code, stderr } = await cli(['robustness', 'small.yaml', ...args, '-o', 'out'], folder, nights);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(readdirSync(folder)).toEqual(['small.yaml']);
  });

  test('of a kind that names no assumptions: 2', async () => {
    const folder = folderWith({ 'queue.yaml': 'name: queue\nparcels: [{ id: a, minutes: 2 }]\n' });
    const args = ['robustness', 'queue.yaml', '--strategies', 'first-come,shortest-first', '-o', 'out'];
    const { code, stderr } = await cli(args, folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('has nothing that can be varied')]);
  });
});

test('list assumptions says what is assumed, in which range, and where that comes from', async () => {
  const { code, stdout } = await cli(['list', 'assumptions'], folderWith(), nights);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^networkCap\n\s+unit\s+MB\/s per stream\n\s+range\s+50 to 150\n/mu);
  expect(stdout).toMatch(/source\s+domain\.md 7, cap per stream, NBD/u);
});
