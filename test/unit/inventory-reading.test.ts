import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { headerToken } from '../../harness/inventory/columns.ts';
import { type Cell, readSheets } from '../../harness/inventory/read-sheets.ts';
import { openTable, parseNumber } from '../../harness/inventory/table.ts';
import { UserError } from '../../harness/model/errors.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proxybench-reading-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const save = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('columns are found by name', () => {
  it.each([
    ['In Use MiB', 'vInfo', 'inuse'],
    ['In use MB ', 'vInfo', 'inuse'],
    ['vInfoInUse', 'vInfo', 'inuse'],
    ['vInfoVMName', 'vInfo', 'vmname'],
    ['  VM ', 'vInfo', 'vm'],
    ['SRM_Placeholder', 'vInfo', 'srmplaceholder'],
    ['Free %', 'vDatastore', 'free%'],
    ['Free MiB', 'vDatastore', 'free'],
    ['# Hosts', 'vDatastore', '#hosts'],
    ['MB', 'vDisk', 'mb'],
  ])('%s of %s is %s', (header, sheet, token) => {
    expect(headerToken(header, sheet)).toBe(token);
  });

  const table = (...rows: Cell[][]) => openTable(new Map([['vInfo', rows]]), 'vInfo', []);

  it('takes the last Cluster, as custom attributes stand before the real one', () => {
    const info = table(['VM', 'Cluster', 'Datacenter', 'Cluster'], ['a', 'gold', 'Berlin', 'prod']);
    expect(info.text(1, 'cluster')).toBe('prod');
  });

  it('takes the first Path, as custom attributes stand behind the real one', () => {
    const info = table(['VM', 'Path', 'Path'], ['a', '[ds] a/a.vmx', 'custom']);
    expect(info.text(1, 'path')).toBe('[ds] a/a.vmx');
  });

  it('skips blank rows above, between and below, and counts them', () => {
    const info = table([null, ' '], ['VM'], [''], ['a'], [null], ['b'], ['']);
    expect(info.rows.map((row) => info.text(row, 'vm'))).toEqual(['a', 'b']);
    expect(info.blankRows).toBe(4);
  });

  it('gives null for cells of missing columns', () => {
    const info = table(['VM'], ['a']);
    expect([
      info.has('host'),
      info.text(1, 'host'),
      info.sizeMB(1, 'inUse'),
      info.flag(1, 'template'),
    ]).toEqual([false, null, null, false]);
  });

  it('converts MB and MiB columns alike, as both hold MiB', () => {
    // 1000 MiB = 1048.576 MB
    expect(table(['VM', 'In Use MB'], ['a', 1000]).sizeMB(1, 'inUse')).toBe(1049);
    expect(table(['VM', 'In Use MiB'], ['a', '1000']).sizeMB(1, 'inUse')).toBe(1049);
  });

  it('reports a size that is no number with its row and column', () => {
    const problems: string[] = [];
    const rows: Cell[][] = [
      ['VM', 'In Use MB'],
      ['a', 'n/a'],
      ['b', -5],
    ];
    const info = openTable(new Map([['vInfo', rows]]), 'vInfo', problems);
    for (const row of info.rows) info.sizeMB(row, 'inUse');
    expect(problems).toEqual([
      'vInfo row 2, column "In Use MB": expected a number that is not negative, got "n/a"',
      'vInfo row 3, column "In Use MB": expected a number that is not negative, got "-5"',
    ]);
  });

  it.each<[Cell, number | null | undefined]>([
    ['86,201', 86201],
    ['86.201', 86201],
    ['1 234 567', 1234567],
    ["1'234", 1234],
    ['12,5', 12.5],
    [86.201, 86.201],
    ['', null],
    [null, null],
    ['12 apples', undefined],
    [-1, undefined],
    [true, undefined],
  ])('reads %j as %j', (cell, value) => {
    expect(parseNumber(cell)).toBe(value);
  });
});

describe('a folder of CSV files', () => {
  const rowsOf = async (content: string | Buffer) => {
    save('RVTools_tabvInfo.csv', content);
    return (await readSheets(folder)).get('vInfo');
  };
  const rows = [
    ['VM', 'Host'],
    ['Zürich-1', 'esx, 1'],
  ];

  it.each([
    ['commas', 'VM,Host\r\nZürich-1,"esx, 1"\r\n'],
    ['semicolons', 'VM;Host\nZürich-1;esx, 1\n'],
    ['tabs', 'VM\tHost\nZürich-1\tesx, 1\n'],
    ['a byte order mark', '\uFEFFVM,Host\nZürich-1,"esx, 1"\n'],
    ['UTF-16', Buffer.from('\uFEFFVM,Host\nZürich-1,"esx, 1"\n', 'utf16le')],
    ['Windows-1252', Buffer.from('VM,Host\nZürich-1,"esx, 1"\n', 'latin1')],
  ])('reads %s', async (_, content) => {
    expect(await rowsOf(content)).toEqual(rows);
  });

  it('finds sheets whatever the case and the words before their names', async () => {
    save('rvtools_TABVINFO.CSV', 'VM\na\n');
    save('export-vDisk.csv', 'VM\na\n');
    save('vHost.csv', 'Host\na\n');
    save('RVTools_tabvRP.csv', 'x\n');
    expect([...(await readSheets(folder)).keys()].toSorted()).toEqual(['vDisk', 'vHost', 'vInfo']);
  });

  it('refuses a folder without vInfo', async () => {
    save('RVTools_tabvDisk.csv', 'VM\n');
    await expect(readSheets(folder)).rejects.toThrow(/no vInfo\.csv .*the folder has RVTools_tabvDisk\.csv/u);
  });

  it('refuses two files for one sheet', async () => {
    save('RVTools_tabvInfo.csv', 'VM\n');
    save('vInfo.csv', 'VM\n');
    await expect(readSheets(folder)).rejects.toThrow(
      /both RVTools_tabvInfo\.csv and vInfo\.csv hold the sheet vInfo/u,
    );
  });

  it('refuses a single CSV file, and says to give the folder', async () => {
    await expect(readSheets(save('RVTools_tabvInfo.csv', 'VM\n'))).rejects.toThrow(/give the folder/u);
  });
});

describe('a broken workbook is one clear error', () => {
  it.each([
    ['empty', Buffer.alloc(0)],
    ['text', Buffer.from('VM,Host\n')],
    ['a zip that ends early', Buffer.from('504b0304140000000800', 'hex')],
    ['an old .xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])],
  ])('%s', async (_, bytes) => {
    const path = save('broken.xlsx', bytes);
    const error = await readSheets(path).then(
      () => null,
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).problems).toHaveLength(1);
    expect((error as UserError).message).toContain(`${path}: not a whole .xlsx workbook`);
  });

  it('missing', async () => {
    await expect(readSheets(join(folder, 'none.xlsx'))).rejects.toThrow(
      /none\.xlsx: cannot be read \(there is no such file\)/u,
    );
  });
});

const workbook = new URL('../../../shared/data/SizingWorkshop-RVTools.xlsx', import.meta.url).pathname;
const absent = existsSync(workbook) ? '' : ' (skipped: the workbook is absent)';

test.skipIf(absent !== '')(`a truncated real workbook is one clear error${absent}`, async () => {
  const bytes = readFileSync(workbook);
  mkdirSync(join(folder, 'cut'));
  for (const share of [0.01, 0.5, 0.999]) {
    const path = save(`cut/${share}.xlsx`, bytes.subarray(0, Math.floor(bytes.length * share)));
    await expect(readSheets(path)).rejects.toThrow(/not a whole \.xlsx workbook/u);
  }
});
