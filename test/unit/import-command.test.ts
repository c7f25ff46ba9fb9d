import { Command, CommanderError } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { importCommand } from '../../harness/cli/verbs/import.ts';
import { inventoryScene, smallCsv } from '../scenes/inventory-scene.ts';

const scene = inventoryScene();

async function run(...args: string[]): Promise<string> {
  const said: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const program = new Command('proxybench').exitOverride();
  importCommand(program);
  try {
    await program.parseAsync(['import', smallCsv, ...args], { from: 'user' });
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
  return said.join('');
}

describe('proxybench import', () => {
  it('says in plain words what was read, left out, assumed and written', async () => {
    const out = scene.at('estate.yaml');
    const lines = (await run('-o', out)).split('\n');
    expect(lines[0]).toBe(
      `read     ${smallCsv}: 25 VMs with 33 disks (4.3 TB used of 6.2 TB), 4 servers in 2 clusters at 1 site, 5 data stores`,
    );
    expect(lines[1]).toMatch(/^left out /u);
    expect(lines).toContain(
      '  - 3 proxies, 2 on servers and 1 physical with a way into the SAN, by the sizing rule [proxies]',
    );
    expect(lines).toContain(`wrote    ${out}; its ledger says of every field where it comes from`);
  });

  it.each([
    ['--placement', 'many', /--placement .*expected a whole number from 1 to 1000, got "many"/u],
    ['--placement', '0', /expected a whole number from 1 to 1000, got "0"/u],
    ['--cluster-seed', '-1', /--cluster-seed: expected a whole number from 0 to 2147483647, got "-1"/u],
    ['--disk-split', 'odd', /Allowed choices are even, dominant/u],
  ])('refuses %s %s', async (flag, value, message) => {
    await expect(run('-o', scene.at('x.yaml'), flag, value)).rejects.toThrow(message);
  });

  it('refuses a file that would be neither YAML nor JSON', async () => {
    await expect(run('-o', scene.at('x.txt'))).rejects.toThrow(
      'expected a name that ends with .yaml or .json',
    );
  });

  it('refuses to run without a file to write', async () => {
    await expect(run()).rejects.toThrow(CommanderError);
  });
});
