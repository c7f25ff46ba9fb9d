import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { cli, folderWith, start } from '../cli/cli-scene.ts';
import { shortNight } from './short-night.ts';

const strategy = 'least-loaded';
const night = () => folderWith({ 'night.yaml': JSON.stringify(shortNight()) });
const emulate = ['emulate', 'night.yaml', '-s', strategy, '-o', 'wall', '--progress', 'none'];

const data = ['--data', 'images'];

const listed = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(50);
}

const rowsOf = (path: string): Record<string, string>[] =>
  parse(readFileSync(path, 'utf8'), { columns: true });

interface EndNote {
  readonly type: 'ended';
  readonly attempt: number;
  readonly vm: string;
  readonly cause: string;
  readonly atS: number;
  readonly hashes: readonly string[];
}

function notesOf(folder: string): EndNote[] {
  const name = readdirSync(join(folder, 'items')).find((file) => file.endsWith('.ndjson'))!;
  return readFileSync(join(folder, 'items', name), 'utf8')
    .split('\n')
    .flatMap((line) => (line.includes('"ended"') ? [JSON.parse(line) as EndNote] : []));
}

interface Starts {
  readonly startS: readonly number[];
  readonly proxy: readonly string[];
}

const startsOf = (folder: string): Starts =>
  (
    JSON.parse(readFileSync(join(folder, 'journal.ndjson'), 'utf8')) as {
      outcome: { series: { attempts: Starts } };
    }
  ).outcome.series.attempts;

function mostAtOnce(spans: readonly (readonly [fromS: number, toS: number])[]): number {
  const steps = spans
    .flatMap(([fromS, toS]) => [
      { atS: fromS, change: 1 },
      { atS: toS, change: -1 },
    ])
    .toSorted((a, b) => a.atS - b.atS || a.change - b.change);
  let now = 0;
  return steps.reduce((most, { change }) => Math.max(most, (now += change)), 0);
}

describe('a night on the wall clock', () => {
  // on a machine that has other things to do the scale is smaller, and the night longer
  it(
    'ends as the simulated one does, keeps every limit and verifies every byte',
    { timeout: 90_000 },
    async () => {
      const folder = night();
      const ran = await cli(
        ['run', 'night.yaml', '-s', strategy, '-o', 'virtual', '--progress', 'none'],
        folder,
        '',
      );
      const emulated = await cli([...emulate, ...data, '--prepare'], folder, '');
      expect([ran.code, emulated.code, emulated.stderr]).toEqual([0, 0, '']);
      const wall = join(folder, 'wall');
      const [simulated, measured] = ['virtual', 'wall'].map(
        (name) => rowsOf(join(folder, name, 'trials.csv'))[0]!,
      );

      // vm-7 is broken; the others are protected, and every one of them was restored
      expect(measured!['protected_vms']).toBe('39');
      expect(measured!['vms_verified']).toBe('39');
      expect(measured!['stranded']).toBe(simulated!['stranded']);
      expect(measured!['executor']).toMatch(/wall clock/u);
      for (const metric of ['t95_vms_s', 'turnaround_p50_s'])
        expect(Math.abs(Number(measured![metric]) / Number(simulated![metric]) - 1)).toBeLessThan(0.2);

      const ends = notesOf(wall);
      // what protects a VM is kept in a file, and nothing else is
      const kept = listed(join(wall, 'files')).filter((name) => name.endsWith('.backup'));
      const index = JSON.parse(
        readFileSync(join(wall, 'files', dirname(kept[0]!), 'index.json'), 'utf8'),
      ) as {
        file: string;
        sha256: string;
      }[];
      expect(kept.map((name) => basename(name)).toSorted()).toEqual(index.map(({ file }) => file).toSorted());
      expect(index.map(({ sha256 }) => sha256).toSorted()).toEqual(ends.flatMap((e) => e.hashes).toSorted());
      const starts = startsOf(wall);
      expect(ends.map((e) => e.attempt).toSorted((a, b) => a - b)).toEqual([...starts.startS.keys()]);
      for (const end of ends) expect(end.hashes).toHaveLength(end.cause === 'finished' ? 1 : 0);
      const spans = ends.map((e) => [starts.startS[e.attempt]!, e.atS] as const);
      const spansOn = (name: string) => spans.filter((_, i) => starts.proxy[ends[i]!.attempt] === name);
      expect(mostAtOnce(spans)).toBeLessThanOrEqual(10);
      for (const name of ['killed', 'stalled', 'steady', 'virtual'])
        expect(mostAtOnce(spansOn(name))).toBeLessThanOrEqual(3);
      expect(mostAtOnce(spansOn('hole'))).toBeLessThanOrEqual(1);

      // what was lost with a proxy failed once its silence was noticed, and a thread died for it
      const lost = ends.filter((e) => e.cause === 'proxy-lost');
      expect(lost.length).toBeGreaterThan(0);
      for (const { atS } of lost) expect(Math.abs(atS - 75)).toBeLessThan(8);
      const cost = rowsOf(join(wall, 'cost.csv'))[0]!;
      expect([cost['threads_killed'], cost['threads'], cost['threads_at_end']]).toEqual(['1', '2', '3']);

      const compared = await cli(['compare', 'virtual', 'wall', '--json'], folder, '');
      const { cells } = (JSON.parse(compared.stdout) as { data: { cells: Record<string, unknown>[] } }).data;
      expect(cells).toMatchObject([
        {
          strategy,
          simulatedMakespanS: null,
          vmsFinished: 39,
          vmsVerified: 39,
          emulatedT95S: Number(measured!['t95_vms_s']),
        },
      ]);
      expect(listed(join(wall, 'compare')).filter((name) => name.endsWith('.svg'))).toHaveLength(2);
    },
  );

  it('leaves nothing half written when it is stopped, and clears away what a killed one has left', async () => {
    const folder = night();
    const files = join(folder, 'wall', 'files');
    const prepared = [...emulate.slice(0, -2), ...data];
    const killed = start([...prepared, '--prepare'], folder, '');
    await until(() => listed(files).some((name) => name.endsWith('.backup')));
    killed.child.kill('SIGKILL');
    await killed.ended;
    const [key] = listed(files);
    writeFileSync(join(files, key!, 'left.backup'), '');

    const stopped = start(prepared, folder, '');
    await until(() => !listed(files).some((name) => name.endsWith('left.backup')));
    await until(() => listed(files).some((name) => name.endsWith('.backup')));
    const told = stopped.shown(/stopping/u);
    stopped.child.kill('SIGINT');
    await told;
    const from = Date.now();
    expect((await stopped.ended).code).toBe(130);
    expect(Date.now() - from).toBeLessThan(3000);
    const wall = listed(join(folder, 'wall'));
    expect(wall.filter((name) => /tmp|lock|csv$|backup$/u.test(name))).toEqual([]);
    const notes = wall.find((name) => name.endsWith('.ndjson') && name.includes('items'))!;
    const lines = readFileSync(join(folder, 'wall', notes), 'utf8');
    expect(lines.endsWith('\n')).toBe(true);
    for (const line of lines.trimEnd().split('\n')) JSON.parse(line);
  });

  it('refuses a scale that does not fit, and names the one that would', async () => {
    const folder = night();
    const { code, stderr } = await cli([...emulate, '--scale', '500'], folder, '');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--scale 500 does not fit: .* try --scale \d/u);
    expect(readdirSync(folder)).toEqual(['night.yaml']);
  });

  it('refuses data that is not there', async () => {
    const folder = night();
    const { code, stderr } = await cli([...emulate, '--data', 'nowhere'], folder, '');
    expect([code, stderr]).toEqual([2, expect.stringContaining('nowhere')]);
    expect(readdirSync(folder)).toEqual(['night.yaml']);
  });

  it('refuses a sharing model that it cannot follow', async () => {
    const folder = folderWith({ 'night.yaml': JSON.stringify({ ...shortNight(), sharing: 'by-demand' }) });
    const { code, stderr } = await cli(emulate, folder, '');
    expect([code, stderr]).toEqual([2, expect.stringContaining('sharing by-demand can be simulated only')]);
  });
});
