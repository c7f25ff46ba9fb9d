import type { ItemTable } from '../model/kind.ts';
import { cellColumns, cellValues, type CellName } from './csv.ts';
import { csvOf, csvPieces } from './csv-text.ts';

// The table of the items of a cell: a side file for each cell, and all of them behind each other.

/** Header and rows of one cell. */
export const itemTableCsv = (columns: ItemTable['columns'], rows: ItemTable['rows']): string =>
  [...itemTablePieces({ columns, rows })].join('');

/** The same in pieces of whole rows. */
export function* itemTablePieces({ columns, rows }: ItemTable): Generator<string> {
  yield csvOf([columns]);
  yield* csvPieces(rows);
}

/** Header of the side files of all cells behind each other. */
export const itemsHeader = (columns: readonly string[]): string => csvOf([[...cellColumns, ...columns]]);

/** The lines of a side file, without its header, each with the cell's name before it. @param sideFile cut anywhere */
export function* prefixItems(cell: CellName, sideFile: Iterable<string>): Generator<string> {
  const prefix = csvOf([cellValues(cell)]).trimEnd();
  let isHead = true;
  let rest = '';
  for (const piece of sideFile) {
    const { records, open } = recordsOf(rest + piece);
    rest = open;
    if (isHead && records.shift() !== undefined) isHead = false;
    yield records.map((record) => `${prefix},${record}\n`).join('');
  }
}

/** Records of a CSV text, and what is left of one that does not end; a line end inside quotes belongs to its field. */
function recordsOf(csv: string): { readonly records: string[]; readonly open: string } {
  const lines = csv.split('\n');
  const open = lines.pop()!;
  if (!csv.includes('"')) return { records: lines, open };
  const records: string[] = [];
  let record: string | null = null;
  for (const line of lines) {
    record = record === null ? line : `${record}\n${line}`;
    const isOpen = (record.split('"').length - 1) % 2 === 1;
    if (isOpen) continue;
    records.push(record);
    record = null;
  }
  return { records, open: record === null ? open : `${record}\n${open}` };
}
