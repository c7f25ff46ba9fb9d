import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { jsonLines, yamlLines } from '../../harness/kit/document-lines.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    'true',
    'No',
    'null',
    '~',
    '1e3',
    '0x1F',
    '22:00',
    '- a',
    'a: b',
    'a #b',
    '*x',
    '<<',
    '=',
    '.inf',
  ),
);
const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
);
const map = (values: fc.Arbitrary<unknown>) =>
  fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    values,
    { maxKeys: 4 },
  );
const nested = map(fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), map(scalar)));

test('what is written as YAML reads back as it was', () => {
  fc.assert(
    fc.property(
      fc.record({ name: text, vms: fc.array(nested), faults: nested, ledger: nested }),
      (document) => {
        expect(parse([...yamlLines(document)].join(''))).toEqual(document);
        expect(JSON.parse([...jsonLines(document)].join(''))).toEqual(document);
      },
    ),
  );
});
