import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { strategies } from '../../strategies/index.ts';

const root = new URL('../..', import.meta.url).pathname;
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'proxybench-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/gu)].map((m) => m[1]!.trim());

describe('the README', () => {
  it('lists the strategies of the table', () => {
    const rows = strategies.map((s) => `- **\`${s.name}\`**: ${s.summary}. (${s.source})`);
    const shown = /<!-- strategies: .* -->\n([\s\S]*?)<!-- end of strategies -->/u.exec(readme)?.[1];
    expect(shown?.trim()).toBe(rows.join('\n'));
  });

  it('names its two commands, and the scripts behind them exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(blocks).toContain('npm ci && npm start');
    expect(blocks).toContain('npm ci && npm test');
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test', 'prepare']));
  });

  it('shows commands that work as they stand', () => {
    const commands = blocks.flatMap((b) => b.split('\n')).filter((line) => line.startsWith('npx proxybench'));
    expect(commands.length).toBeGreaterThan(2);
    const program = join(root, 'dist/harness/cli/main.js');
    for (const command of commands) {
      const args = command
        .split(' ')
        .slice(2)
        .map((arg) => (arg.startsWith('fixtures/') ? join(root, arg) : arg));
      execFileSync(process.execPath, [program, ...args], { cwd: folder, stdio: 'pipe' });
    }
    expect(readFileSync(join(folder, 'results/mine/trials.csv'), 'utf8').split('\n').length).toBe(
      1 + 3 * strategies.length + 1,
    );
  });

  it('tells why it came out so, as the commands do', () => {
    const program = join(root, 'dist/harness/cli/main.js');
    const tell = (...args: string[]) =>
      execFileSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
    const cells = tell('explain', 'results/mine').split('\n');
    const cellOf = (strategy: string) =>
      `results/mine#${cells.find((line) => line.endsWith(`under ${strategy} (cluster seed 1, night seed 1)`))!.slice(0, 12)}`;
    const told = [
      tell('explain', cellOf('lpt'), '--vm', 'file-01'),
      tell('diff', cellOf('lpt'), cellOf('priority-list')),
    ];
    const shown = /<!-- explain: .* -->\n([\s\S]*?)<!-- end of explain -->/u.exec(readme)?.[1] ?? '';
    expect([...shown.matchAll(/```text\n([\s\S]*?)```/gu)].map((m) => m[1]!.trim())).toEqual(
      told.map((text) => text.trim()),
    );
  });

  it('shows of robustness what the command printed', () => {
    const block = /<!-- robustness: .* -->\n\n```text\n([\s\S]*?)\n```/u.exec(readme)![1]!;
    const printed = readFileSync(join(root, 'results/robustness/output.txt'), 'utf8');
    expect(block.length).toBeGreaterThan(500);
    expect(printed).toContain(block);
  });
});
