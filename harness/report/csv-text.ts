import { stringify } from 'csv-stringify/sync';
import type { CsvValue } from '../model/kind.ts';

type Records = Iterable<readonly CsvValue[]>;

/** Null is empty, numbers in full (inf and -inf too), false written out; a text that a spreadsheet would calculate gets a ' before it. */
export const csvOf = (records: Records): string => [...csvPieces(records)].join('');

/** The same in pieces of some 64 KB, each of whole records: for tables that need not fit into one string. */
export function* csvPieces(records: Records): Generator<string> {
  let piece = '';
  for (const record of records) {
    let separator = '';
    for (const value of record) {
      piece += separator + fieldText(value);
      separator = ',';
    }
    piece += '\n';
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const pieceLength = 2 ** 16;

function fieldText(value: CsvValue): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'string') return value === null ? '' : String(value);
  return plainText.test(value) ? value : quotedText(value);
}

/** Needs no quotes in any dialect, and no ' before it: so are nearly all names, and the library takes its time for each. */
const plainText = /^\w[\w .:/#-]*$/u;

const quotedText = (value: string): string =>
  stringify([[value]], { record_delimiter: '\n', escape_formulas: true }).slice(0, -1);

function numberText(value: number): string {
  if (Number.isNaN(value)) throw new RangeError(`a table holds ${value}, where null stands for none`);
  return Number.isFinite(value) ? String(value) : value > 0 ? 'inf' : '-inf';
}
