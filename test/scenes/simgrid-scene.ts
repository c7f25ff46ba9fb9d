import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Twin {
  /** @returns by flow [startS, endS], and the seconds that SimGrid took */
  run(tracePath: string): { readonly times: readonly (readonly [number, number])[]; readonly wallS: number };
}

/** @returns the twin in test/oracle/simgrid, or why there is none */
export function buildTwin(): Twin | string {
  const folder = mkdtempSync(join(tmpdir(), 'simgrid-'));
  const program = join(folder, 'twin');
  const source = fileURLToPath(new URL('../oracle/simgrid/twin.cpp', import.meta.url));
  try {
    execFileSync('g++', ['-O3', '-std=c++17', source, '-o', program, '-lsimgrid'], { stdio: 'pipe' });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    const said = stderr?.toString().split('\n')[0] ?? '';
    return code === 'ENOENT' ? 'there is no g++' : `libsimgrid-dev is not there or not as expected: ${said}`;
  }
  return {
    run(tracePath) {
      const csv = join(folder, 'times.csv');
      const args = [tracePath, csv, '--log=root.thres:error'];
      const wallS = Number(execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' }));
      const times = readFileSync(csv, 'utf8')
        .trimEnd()
        .split('\n')
        .map((row) => row.split(',').map(Number));
      return { wallS, times: times.map(([, startS, endS]) => [startS!, endS!] as const) };
    },
  };
}
