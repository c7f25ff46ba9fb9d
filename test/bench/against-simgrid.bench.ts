import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../architecture/sources.ts';
import { buildTwin } from '../scenes/simgrid-scene.ts';
import { median, say } from './figures.ts';
import { writeTrace } from './trace-file.ts';

// Seconds of the simulation alone, in turn on the same machine: cold = a fresh process, warm = after ten runs in one.
const rounds = Number(process.env['ROUNDS'] ?? 3);
const names = (process.env['TRACES'] ?? 'small,medium,large,large-flat,huge-head').split(',');
const twin = buildTwin();

test.skipIf(typeof twin === 'string').each(names)('%s', async (name) => {
  const path = await writeTrace(name);
  const fluid = (...args: string[]) => {
    const program = join(root, 'dist/harness/cli/main.js');
    const said = execFileSync('node', [program, 'fluid', path, '--solver', 'fast', ...args], {
      encoding: 'utf8',
    });
    return JSON.parse(said) as { wallS: number; rssMB: number };
  };
  const simgrid: number[] = [];
  const cold: number[] = [];
  const warm: number[] = [];
  let mostMB = 0;
  for (let i = 0; i < rounds; i++) {
    if (name !== 'huge') simgrid.push((twin as Exclude<typeof twin, string>).run(path).wallS);
    const once = fluid();
    cold.push(once.wallS);
    mostMB = Math.max(mostMB, once.rssMB);
    warm.push(fluid('--warm', '10').wallS);
  }
  const [s, c, w] = [simgrid, cold, warm].map(median) as [number, number, number];
  const times = (x: number) => (name === 'huge' ? '-' : String(Number((s / x).toPrecision(2))));
  const seconds = (x: number) => (Number.isNaN(x) ? '-' : x.toPrecision(3));
  say(
    `| ${name} | ${seconds(s)} | ${seconds(c)} | ${times(c)} | ${seconds(w)} | ${times(w)} | ${mostMB.toFixed(0)} |`,
  );
  expect(cold).toHaveLength(rounds);
});
