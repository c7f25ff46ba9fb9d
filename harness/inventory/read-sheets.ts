import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { systemWords, UserError } from '../model/errors.ts';
import { columns, type SheetName } from './columns.ts';

export type Cell = string | number | boolean | null;

/** Rows as they stand in the file, the header first. */
export type SheetRows = readonly (readonly Cell[])[];

/** The sheets of an export that the importer looks at, as far as they are there. */
export type Sheets = ReadonlyMap<SheetName, SheetRows>;

/**
 * Reads an RVTools export: a workbook (.xlsx) or a folder with one CSV file per sheet.
 *
 * @throws {UserError} where it is neither, is broken, or has no sheet vInfo
 */
export async function readSheets(path: string): Promise<Sheets> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${path}: cannot be read (${systemWords(error.code ?? error.message)})`);
  });
  return found.isDirectory() ? readFolder(path) : readWorkbookFile(path);
}

const findSheetName = (name: string) =>
  (Object.keys(columns) as SheetName[]).find((known) => known.toLowerCase() === name.trim().toLowerCase());

async function readWorkbookFile(path: string): Promise<Sheets> {
  if (path.toLowerCase().endsWith('.csv'))
    throw new UserError(
      `${path}: a single CSV file; give the folder that holds RVTools_tabvInfo.csv and the others`,
    );
  const bytes = await readFile(path);
  const book = await readWorkbook(bytes).catch((error: Error) => {
    throw new UserError(`${path}: not a whole .xlsx workbook (${error.message})`);
  });
  const sheets = new Map<SheetName, SheetRows>();
  for (const { sheet, data } of book) {
    const name = findSheetName(sheet);
    if (name !== undefined)
      sheets.set(
        name,
        (data as unknown[][]).map((row) => row.map(cellOf)),
      );
  }
  const names = book.map((s) => s.sheet).join(', ');
  if (!sheets.has('vInfo'))
    throw new UserError(`${path}: no sheet vInfo; the workbook has ${names || 'no sheets'}`);
  return sheets;
}

function cellOf(value: unknown): Cell {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}

async function readFolder(folder: string): Promise<Sheets> {
  const files = (await readdir(folder)).filter((name) => /\.csv$/iu.test(name)).toSorted();
  const fileOf = new Map<SheetName, string>();
  for (const file of files) {
    const name = findSheetName(/(?:^|tab|[^a-z])(v[a-z]+)\.csv$/iu.exec(file)?.[1] ?? '');
    if (name === undefined) continue;
    const other = fileOf.get(name);
    if (other !== undefined)
      throw new UserError(`${folder}: both ${other} and ${file} hold the sheet ${name}; keep one`);
    fileOf.set(name, file);
  }
  if (!fileOf.has('vInfo'))
    throw new UserError(
      `${folder}: no vInfo.csv (as RVTools_tabvInfo.csv); the folder has ${files.join(', ') || 'no CSV files'}`,
    );
  const sheets = new Map<SheetName, SheetRows>();
  for (const [name, file] of fileOf) sheets.set(name, await readCsv(join(folder, file)));
  return sheets;
}

async function readCsv(path: string): Promise<SheetRows> {
  const text = decode(await readFile(path));
  try {
    return parse(text, { delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true });
  } catch (error) {
    if (error instanceof CsvError) throw new UserError(`${path}: not a CSV file: ${error.message}`);
    throw error;
  }
}

/** UTF-16 with its mark, else UTF-8, else what Windows writes where it is not UTF-8. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes); // not UTF-8: every byte means something here
  }
}

/** The mark that the header has most of. */
function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/u.exec(text)?.[0].replaceAll(/"[^"]*"/gu, '') ?? '';
  const countOf = (mark: string) => header.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (countOf(mark) > countOf(best) ? mark : best));
}
