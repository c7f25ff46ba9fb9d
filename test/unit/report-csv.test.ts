import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvValue, Metric, Row } from '../../harness/model/kind.ts';
import { costCsv, trialsCsv } from '../../harness/report/csv.ts';
import { csvOf } from '../../harness/report/csv-text.ts';
import { itemsHeader, itemTableCsv, prefixItems } from '../../harness/report/item-csv.ts';

const metric = (name: string): Metric => ({
  name,
  label: name,
  unit: 's',
  better: 'lower',
  definition: name,
  version: 1,
});
const kind = { metrics: [metric('b_s'), metric('a_s')] };

function row(strategy: string, nightSeed: number, outcome: Partial<Row['outcome']> = {}): Row {
  return {
    document: 'doc',
    documentHash: 'abcdefabcdefabcdef',
    strategy,
    clusterSeed: 1,
    nightSeed,
    outcome: {
      status: 'ok',
      message: null,
      metrics: { a_s: 0.1 + 0.2, b_s: null },
      notes: {},
      series: {},
      ...outcome,
    },
  };
}

describe('trialsCsv', () => {
  it('writes metrics in table order, in full precision, and nothing for null', () => {
    expect(trialsCsv([row('round', 1)], kind)).toBe(
      'document,document_hash,strategy,cluster_seed,night_seed,status,message,b_s,a_s\n' +
        'doc,abcdefabcdef,round,1,1,ok,,,0.30000000000000004\n',
    );
  });

  it('gives the same bytes whatever the order of the rows', () => {
    const rows = ['b', 'a', 'c'].flatMap((strategy) =>
      [10, 9, 2].map((night) => row(strategy, night, { notes: { [`note_${strategy}`]: 'x' } })),
    );
    const expected = trialsCsv(rows, kind);
    const shuffled = fc.shuffledSubarray(rows, { minLength: rows.length });
    fc.assert(fc.property(shuffled, (some) => trialsCsv(some, kind) === expected));
    expect(parse(expected, { from: 2 }).map((line) => `${line[4]}${line[2]}`)).toEqual(
      ['2a', '2b', '2c', '9a', '9b', '9c', '10a', '10b', '10c'], // by number, not by text
    );
  });

  it('keeps a cell that has no numbers, with its status and message', () => {
    const crashed = row('r', 1, { status: 'crashed', message: 'line 1\nline "2"', metrics: {} });
    const [, line] = parse(trialsCsv([crashed], kind));
    expect(line).toEqual(['doc', 'abcdefabcdef', 'r', '1', '1', 'crashed', 'line 1\nline "2"', '', '']);
  });

  it('makes names harmless that a spreadsheet would calculate, and leaves numbers alone', () => {
    const rows = [
      row('=1+1', 1, { metrics: { a_s: -2 } }),
      row('@x', 1, { notes: { slowest: '-3' } }),
      row('+y', 1),
    ];
    const lines = parse(trialsCsv(rows, kind), { columns: true }) as Record<string, string>[];
    expect(lines.map((line) => line['strategy'])).toEqual(["'+y", "'=1+1", "'@x"]);
    expect(lines.map((line) => line['slowest'])).toEqual(['', '', "'-3"]);
    expect(lines[1]?.['a_s']).toBe('-2');
  });

  it('writes what has no bound as numbers that other programs read', () => {
    expect(csvOf([[Infinity, -Infinity, '-3']])).toBe("inf,-inf,'-3\n");
  });

  it('refuses a number that is none', () => {
    expect(() => trialsCsv([row('r', 1, { metrics: { a_s: NaN } })], kind)).toThrow('NaN');
  });
});

describe('costCsv', () => {
  it('has one column per cost of any cell, wall_ms first', () => {
    const cell = { document: 'd', strategy: 's', clusterSeed: 1 };
    const csv = costCsv([
      { ...cell, nightSeed: 2, cost: { node: 'v20', wall_ms: 7 } },
      { ...cell, nightSeed: 1, cost: { wall_ms: 5.5, cpu: null } },
    ]);
    expect(csv).toBe(
      'document,strategy,cluster_seed,night_seed,wall_ms,cpu,node\nd,s,1,1,5.5,,\nd,s,1,2,7,,v20\n',
    );
  });
});

describe('csvOf', () => {
  it('writes what csv-stringify writes', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[\n\r",a=+@\t -]{0,4}$/),
      fc.string({ unit: 'binary' }),
    );
    const value = fc.oneof(text, fc.double({ noNaN: true }), fc.integer(), fc.boolean(), fc.constant(null));
    const number = (n: number) => String(n).replace('Infinity', 'inf');
    fc.assert(
      fc.property(fc.array(fc.array(value, { minLength: 1 })), (records) => {
        const options = { record_delimiter: '\n', escape_formulas: true, cast: { boolean: String, number } };
        expect(csvOf(records)).toBe(stringify(records, options));
      }),
    );
  });
});

describe('the items of a cell', () => {
  const cell = { document: 'a,b', strategy: 's[x=1,y=2]', clusterSeed: 3, nightSeed: 4 };

  const prefixed = (...sideFile: string[]) => [...prefixItems(cell, sideFile)].join('');

  it('says false and true in words', () => {
    expect(itemTableCsv(['on'], [[false], [true], [null]])).toBe('on\nfalse\ntrue\n\n');
  });

  it('can be put behind each other with the cell before each line', () => {
    const side = itemTableCsv(['key', 'waitS'], [['x', 1.5]]);
    expect(itemsHeader(['key', 'waitS']) + prefixed(side)).toBe(
      'document,strategy,cluster_seed,night_seed,key,waitS\n"a,b","s[x=1,y=2]",3,4,x,1.5\n',
    );
  });

  it('keeps the line of an item that has only an empty name', () => {
    expect(prefixed(itemTableCsv(['on'], [[null]]))).toBe('"a,b","s[x=1,y=2]",3,4,\n');
  });

  it('come back whole, whatever their names hold', () => {
    const value = fc.oneof(fc.string(), fc.stringMatching(/^[\n\r",a]{0,6}$/));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.integer()), { minLength: 1 }), fc.nat(), (rows, place) => {
        const side = itemTableCsv(['key', 'n'], rows);
        const cut = place % side.length;
        const text = itemsHeader(['key', 'n']) + prefixed(side.slice(0, cut), side.slice(cut));
        const read = parse(text, { from: 2, record_delimiter: '\n' });
        expect(read).toEqual(
          rows.map(([key, n]) => ['a,b', 's[x=1,y=2]', '3', '4', escaped(key), String(n)]),
        );
      }),
    );
  });
});

const escaped = (text: CsvValue): string =>
  /^[=+\-@\t\r＝＋－＠]/.test(String(text)) ? `'${text}` : String(text);
