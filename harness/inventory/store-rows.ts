import { cleanName } from './names.ts';
import type { Notes } from './notes.ts';
import type { Sheets } from './read-sheets.ts';
import { openTable } from './table.ts';

/** A data store as vDatastore tells it; null = not told. */
export interface StoreRow {
  readonly name: string;
  /** upper case */
  readonly type: string | null;
  readonly freeMB: number | null;
  readonly hostCount: number | null;
  /** lower case */
  readonly hosts: readonly string[] | null;
}

export function readStores(sheets: Sheets, notes: Notes): readonly StoreRow[] {
  const table = openTable(sheets, 'vDatastore', notes.problems);
  return table.rows.flatMap((row) => {
    const name = table.text(row, 'name');
    if (name === null) return [];
    if (table.text(row, 'accessible') !== null && !table.flag(row, 'accessible')) {
      notes.skipped.add('data stores that are not accessible');
      return [];
    }
    const hosts = table
      .text(row, 'hosts')
      ?.toLowerCase()
      .split(/[,;]/u)
      .map((host) => host.trim());
    return [
      {
        name: cleanName(name),
        type: table.text(row, 'type')?.toUpperCase() ?? null,
        freeMB: table.sizeMB(row, 'free'),
        hostCount: table.count(row, 'hostCount'),
        hosts: hosts?.filter((host) => host !== '') ?? null,
      },
    ];
  });
}
