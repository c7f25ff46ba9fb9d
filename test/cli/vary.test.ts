import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, folderWith } from './cli-scene.ts';

/** The kinds of the package. */
const nights = '';
const branchOffice = join(import.meta.dirname, '../../fixtures/estates/branch-office.yaml');

const rowsOf = (folder: string, name: string): string[][] =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('--fault', () => {
  test('is part of the night that is run, and of the name of what was run', async () => {
    const folder = folderWith();
    const { code, stderr, stdout } = await cli(
      ['run', branchOffice, '-s', 'lpt', '--fault', 'proxy-san out from 22:02', '-o', 'out'],
      folder,
      nights,
    );
    expect([stderr.match(/error.*/u), code]).toEqual([null, 0]);
    expect(stdout).toContain('branch-office (proxy-san out from 22:02)');
    const [, ...rows] = rowsOf(join(folder, 'out'), 'vms.csv');
    const undisturbed = folderWith();
    await cli(['run', branchOffice, '-s', 'lpt', '-o', 'out'], undisturbed, nights);
    const [, ...before] = rowsOf(join(undisturbed, 'out'), 'vms.csv');
    expect(rows.length).toBe(before.length);
    expect(rows.map((row) => row.slice(4))).not.toEqual(before.map((row) => row.slice(4)));
  });

  test('that cannot be read, or names nothing: 2, one message, and nothing written', async () => {
    const folder = folderWith();
    const run = (fault: string) => cli(['run', branchOffice, '--fault', fault, '-o', 'out'], folder, nights);
    expect(await run('proxy-9 out')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: fault "proxy-9 out": nothing is called "proxy-9"[^\n]*\n$/u),
    });
    expect(await run('proxy-san gone')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: fault "proxy-san gone": cannot be read[^\n]*\n$/u),
    });
  });
});

describe('--assume', () => {
  test('holds for every cell, and is part of its key: another sharing model, another night', async () => {
    const folder = folderWith();
    const run = async (out: string, ...more: string[]) => {
      const ended = await cli(['run', branchOffice, '-s', 'lpt', '-o', out, ...more], folder, nights);
      expect([ended.stderr.match(/error.*/u), ended.code]).toEqual([null, 0]);
      return rowsOf(join(folder, out), 'trials.csv')[1]!;
    };
    const plain = await run('plain');
    const shared = await run('shared', '--assume', 'sharing=per-stream', '--assume', 'networkCap=50');
    expect(shared[0]).toBe('branch-office sharing=per-stream networkCap=50');
    expect(shared[1]).not.toBe(plain[1]);
    expect(shared.slice(6)).not.toEqual(plain.slice(6));
  });

  test('of what is no knob, has many values, or is varied beside: 2, and nothing written', async () => {
    const folder = folderWith();
    const run = (...more: string[]) => cli(['sweep', branchOffice, '-o', 'out', ...more], folder, nights);
    const wrong = async (...more: string[]) => {
      const { code, stderr } = await run(...more);
      return [code, stderr];
    };
    expect(await wrong('--vary', 'proxies=1..2', '--assume', 'sharing=fair')).toEqual([
      2,
      expect.stringContaining('expected one of max-min, by-demand, per-stream'),
    ]);
    expect(await wrong('--vary', 'proxies=1..2', '--assume', 'networkCap=50..60')).toEqual([
      2,
      expect.stringContaining('expected knob=value, one value'),
    ]);
    expect(await wrong('--vary', 'proxies=1..2', '--assume', 'proxies=3')).toEqual([
      2,
      expect.stringContaining('proxies is varied twice'),
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('inspect looks at the document as it is varied', async () => {
  const { code, stdout } = await cli(['inspect', branchOffice, '--vary', 'proxies=4'], folderWith(), nights);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^proxy-san-2 /mu);
});

test('plan counts the cells of a sweep', async () => {
  const { code, stdout } = await cli(
    [
      'plan',
      branchOffice,
      '--vary',
      'proxies=1..4',
      '--vary',
      'priority-list[cap=1..8]',
      '--nights',
      '5',
      '--json',
    ],
    folderWith(),
    nights,
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ data: { cells: 160 } });
});

test('list knobs says what can be varied', async () => {
  const { code, stdout } = await cli(['list', 'knobs'], folderWith(), nights);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^cores\n\s+unit\s+CPUs per proxy/mu);
});

describe('sweep', () => {
  const args = [
    'sweep',
    branchOffice,
    '-o',
    'out',
    '--vary',
    'proxies=1..3',
    '--vary',
    'priority-list[cap={1|4}]',
  ];

  test('says what is to be done, does it, and does it once: the same bytes for any number of threads', async () => {
    const folder = folderWith();
    const first = await cli([...args, '--nights', '2', '-j', '2'], folder, nights);
    expect(first.stderr).toMatch(/^12 cells, 0 of them done; about [^\n]* on 2 threads/u);
    expect([first.stderr.match(/error.*/u), first.code]).toEqual([null, 0]);
    expect(first.stdout).toContain('12 cells computed.');
    const written = readFileSync(join(folder, 'out/sweep.csv'), 'utf8');
    expect(written.split('\n')[1]).toMatch(/^branch-office,priority-list,1,1,2,2,2,range,/u);

    const again = await cli([...args, '--nights', '2'], folder, nights);
    expect(again.stdout).toContain('0 cells computed, 12 kept from before.');
    const other = folderWith();
    await cli([...args, '--nights', '2', '-j', '1'], other, nights);
    expect(readFileSync(join(other, 'out/sweep.csv'), 'utf8')).toBe(written);
    expect(readFileSync(join(folder, 'out/sweep.csv'), 'utf8')).toBe(written);
  });

  test('without anything to vary, or with a value that nothing takes: 2, and nothing written', async () => {
    const folder = folderWith();
    const run = (...more: string[]) => cli(['sweep', branchOffice, '-o', 'out', ...more], folder, nights);
    expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing is varied') });
    const wrong = await run('--vary', 'proxies=0..2', '--vary', 'priority-list[capp=1..2]');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('proxies=0 is not valid') });
    expect(readdirSync(folder)).toEqual([]);
  });
});
