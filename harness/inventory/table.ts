import { type ColumnOf, columns, type ColumnRule, headerToken, type SheetName } from './columns.ts';
import type { Cell, SheetRows, Sheets } from './read-sheets.ts';

/** A sheet whose columns are looked up by name. A row is asked for by its place; cells of missing columns are null. */
export interface Table<S extends SheetName> {
  readonly present: boolean;
  /** places of the rows that are not blank, ascending */
  readonly rows: readonly number[];
  readonly blankRows: number;
  has(column: ColumnOf<S>): boolean;
  text(row: number, column: ColumnOf<S>): string | null;
  flag(row: number, column: ColumnOf<S>): boolean;
  count(row: number, column: ColumnOf<S>): number | null;
  /** a size that the sheet gives in MiB, in whole MB */
  sizeMB(row: number, column: ColumnOf<S>): number | null;
}

/** @param problems cells that should hold a number and do not are reported here */
export function openTable<S extends SheetName>(sheets: Sheets, sheet: S, problems: string[]): Table<S> {
  const all: SheetRows = sheets.get(sheet) ?? [];
  // Real exports carry blank rows by the thousand, now and then even above the header.
  const filled = all.flatMap((cells, row) => (cells.every(isBlank) ? [] : [row]));
  const [headerRow, ...rows] = filled;
  const header = headerRow === undefined ? [] : all[headerRow]!.map((cell) => String(cell ?? ''));
  const places = findColumns(header, sheet);
  const cell = (row: number, column: ColumnOf<S>) => all[row]![places.get(column) ?? -1] ?? null;
  const number = (row: number, column: ColumnOf<S>) => {
    const value = parseNumber(cell(row, column));
    if (value !== undefined) return value;
    const said = `${sheet} row ${row + 1}, column "${header[places.get(column)!]!.trim()}"`;
    problems.push(`${said}: expected a number that is not negative, got "${String(cell(row, column))}"`);
    return null;
  };
  return {
    present: headerRow !== undefined,
    rows,
    blankRows: headerRow === undefined ? 0 : all.length - filled.length,
    has: (column) => places.has(column),
    text: (row, column) => textOf(cell(row, column)),
    flag: (row, column) => /^(true|yes|1|wahr|vrai)$/iu.test(textOf(cell(row, column)) ?? ''),
    count: number,
    sizeMB: (row, column) => {
      const sizeMiB = number(row, column);
      return sizeMiB === null ? null : Math.round(sizeMiB * 1.048576);
    },
  };
}

const isBlank = (cell: Cell) => cell === null || (typeof cell === 'string' && cell.trim() === '');

const textOf = (cell: Cell) => (isBlank(cell) ? null : String(cell).trim());

function findColumns(header: readonly string[], sheet: SheetName): ReadonlyMap<string, number> {
  const tokens = header.map((name) => headerToken(name, sheet));
  const places = new Map<string, number>();
  for (const [column, rule] of Object.entries<ColumnRule>(columns[sheet])) {
    const place = placeOf(rule, tokens, sheet);
    if (place !== -1) places.set(column, place);
  }
  return places;
}

function placeOf(rule: ColumnRule, tokens: readonly string[], sheet: string): number {
  for (const spelling of rule.spellings) {
    const token = headerToken(spelling, sheet);
    const place = rule.take === 'first' ? tokens.indexOf(token) : tokens.lastIndexOf(token);
    if (place !== -1) return place;
  }
  return -1;
}

/**
 * Sizes and counts in an export are whole, so that "86,201" and "86.201" are both 86201: their mark groups digits by three.
 *
 * @returns null = blank, undefined = not a number >= 0
 */
export function parseNumber(cell: Cell): number | null | undefined {
  if (isBlank(cell)) return null;
  const text = String(cell).replaceAll(/[\s'\u2019]/gu, '');
  const plain =
    /^\d{1,3}([.,]\d{3})+$/u.test(text) && typeof cell === 'string' ? text.replaceAll(/[.,]/gu, '') : text;
  const value = Number(plain.replace(/,(?=\d+$)/u, '.'));
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
