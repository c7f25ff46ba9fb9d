import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { root } from '../architecture/sources.ts';
import { median, say } from './figures.ts';
import { writeTrace } from './trace-file.ts';

// What coefficients, and capacities that hang on the number of flows, cost traces that have neither: the engine as built against
// a copy of it in which every coefficient is the constant 1 and no capacity is measured anew. Both in turn in one process, warm;
// of each process the median of 20 ratios, then the median and the range of processes.
const rounds = Number(process.env['ROUNDS'] ?? 15);
const names = (process.env['TRACES'] ?? 'medium,large,huge-head').split(',');
const general = join(root, 'dist');
const plain = mkdtempSync(join(tmpdir(), 'plain-'));

beforeAll(() => {
  cpSync(join(general, 'harness'), join(plain, 'harness'), { recursive: true });
  writeFileSync(join(plain, 'package.json'), '{"type":"module"}');
  const fast = join(plain, 'harness/engine/fluid/fast');
  let changes = 0;
  const changed = (by: string) => () => {
    changes++;
    return by;
  };
  for (const name of readdirSync(fast).filter((file) => file.endsWith('.js'))) {
    const text = readFileSync(join(fast, name), 'utf8')
      .replaceAll(/^ *this\.perMB\[\w+\] = .*$/gmu, changed(''))
      .replaceAll(/(?:this\.flows\.|flows\.|this\.)?\bperMB\[\w+\]/gu, changed('1'))
      .replaceAll(/levels\.recount\(.*\);/gu, changed(';'));
    writeFileSync(join(fast, name), text);
  }
  // Whoever rewrites the engine looks here again.
  expect(changes).toBe(21);
});

const child = `
const [, path, ...folders] = process.argv;
const { readFileSync } = await import('node:fs');
const runs = await Promise.all(folders.map(async (folder) => {
  const engine = (name) => import(folder + '/harness/engine/' + name + '.js');
  const { createFastSolver } = await engine('fluid/fast/fast-solver');
  const { runTrace } = await engine('fluid-trace/run-trace');
  const { createTraceReader } = await engine('fluid-trace/trace-reader');
  const reader = createTraceReader(path);
  for (const line of readFileSync(path, 'utf8').split('\\n')) reader.line(line);
  const trace = reader.end();
  return { ms: [], makespanS: 0, once: () => runTrace(trace, createFastSolver(), null).makespanS };
}));
for (let i = 0; i < 24; i++)
  for (const run of i % 2 === 0 ? runs : runs.toReversed()) {
    const before = process.cpuUsage();
    run.makespanS = run.once();
    if (i >= 4) run.ms.push(process.cpuUsage(before).user / 1000);
  }
console.log(JSON.stringify(runs));`;

interface Leg {
  readonly ms: readonly number[];
  readonly makespanS: number;
}

test.each(names)('%s', async (name) => {
  const path = await writeTrace(name);
  const costs: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const args = ['--input-type=module', '-e', child, path];
    const folders = i % 2 === 0 ? [general, plain] : [plain, general];
    const legs = JSON.parse(execFileSync('node', [...args, ...folders], { encoding: 'utf8' })) as [Leg, Leg];
    const [built, fixed] = i % 2 === 0 ? legs : [legs[1], legs[0]];
    expect(fixed.makespanS).toBe(built.makespanS);
    costs.push(100 * (median(built.ms.map((ms, k) => ms / fixed.ms[k]!)) - 1));
  }
  const sorted = costs.toSorted((x, y) => x - y).map((cost) => cost.toFixed(1));
  say(`| ${name} | ${median(costs).toFixed(1)} % | ${sorted[0]} to ${sorted.at(-1)} % |`);
});
