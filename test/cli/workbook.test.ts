import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cli, folderWith } from './cli-scene.ts';

// The three questions of a backup administrator, on a workbook of 805 VMs that is not part of this repository: its path is in
// PROXYBENCH_WORKBOOK. Fewer nights and settings than by default, so that it takes seconds.

const workbook = process.env['PROXYBENCH_WORKBOOK'] ?? '';

test.skipIf(!existsSync(workbook))(
  'a real estate: one command each',
  async () => {
    const folder = folderWith();
    const ask = (...args: string[]) => cli(args, folder, '');
    expect((await ask('import', workbook, '-o', 'estate.yaml')).code).toBe(0);

    const cap = await ask('tune', 'estate.yaml', '--vary', 'priority-list[cap={1|4}]', '--nights', '2');
    expect([cap.code, cap.stdout]).toEqual([0, expect.stringMatching(/of 2 settings tried on 2 nights/u)]);

    const size = ['size', 'estate.yaml', '--window', '8h', '--vary', 'proxies={4|16}', '--nights', '1'];
    const fleet = await ask(...size);
    expect([fleet.code, fleet.stdout]).toEqual([0, expect.stringContaining('The sizing formula of vendors')]);
    const all = await ask(...size, '--protect', '100%');
    expect(all.stdout).toMatch(/No fleet can: VM \S+ alone needs 9\.\d h/u);

    const loss = await ask(
      'resilience',
      'estate.yaml',
      '--only',
      'proxy-3',
      '--at',
      '02:00',
      '--nights',
      '1',
    );
    expect([loss.code, loss.stdout]).toEqual([0, expect.stringMatching(/Without proxy-3/u)]);
  },
  120_000,
);
