import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { findFamily } from '../../harness/generate/parse-ask.ts';
import { generateEstate } from '../../harness/generate/generate-estate.ts';
import { jsonLines, yamlLines } from '../../harness/kit/document-lines.ts';
import { readLines } from '../../harness/model/document/line-source.ts';
import { parseDocument } from '../../harness/model/document/parse-document.ts';
import { readSource } from '../../harness/model/document/source.ts';

const estate = generateEstate(findFamily('flaky'), { vms: 40, clusterSeed: 1, night: 'full' });
const yaml = [...yamlLines(estate)].join('');
const json = [...jsonLines(estate)].join('');
const inLines = (text: string) => ({ lines: () => text.split('\n') });
const nowhere = () => ({ locate: () => ({ line: 0, column: 0 }) });
const byLines = (text: string) => readLines(() => text.split('\n'), nowhere)?.value;

test('a document in our own layout reads line by line as it reads as a whole', () => {
  const whole = JSON.parse(json) as unknown;
  expect(byLines(json)).toEqual(whole);
  expect(byLines(yaml)).toEqual(whole);
  expect(parseDocument(inLines(yaml), 'x')).toEqual(parseDocument(json, 'x'));
});

const problemsOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

describe('what is wrong in a line', () => {
  const broken = (text: string) =>
    text
      .replace(/("?)vm-7\1,/u, '$1vm-8$1,')
      .replace(/("?)critical\1/u, '$1urgent$1')
      .replace(/("?)readMBps("?): ?(\d+)/u, '$1readMBsp$2: $3')
      .replace(/("?)streams("?): ?(\d+)/u, '$1streams$2: -3');

  it('is told at the same place as in a whole text', () => {
    const asWhole = problemsOf(() => parseDocument(broken(json), 'x.json'));
    expect(asWhole).toMatch(/x\.json:\d+:\d+ vms\[6\]\.|unknown key "readMBsp"/u);
    expect(problemsOf(() => parseDocument(inLines(broken(json)), 'x.json'))).toBe(asWhole);
  });

  it('of YAML as well', () => {
    // a comment in the midst of a list is not our layout: the YAML reader takes over
    const foreign = broken(yaml).replace(/^( {2}- \{ key: vm-40,.*)$/mu, '$1 # last');
    const asWhole = problemsOf(() => parseDocument(foreign, 'x.yaml'));
    expect(asWhole).toContain('readMBsp');
    expect(problemsOf(() => parseDocument(inLines(broken(yaml)), 'x.yaml'))).toBe(asWhole);
  });

  it('of a text that is too long for another reader is told as such', () => {
    const foreign = yaml.replace(/^( {2}- \{ key: vm-40,.*)$/mu, '$1 # last');
    expect(() => readSource(inLines(foreign), 'x.yaml')).toThrow(
      /^x\.yaml: too long .* line of its own, as generate and import write it/u,
    );
  });
});

describe('what YAML reads otherwise than JSON with fewer quotes', () => {
  it.each([
    'a: { b:1 }',
    'a: { b: 0x1F, c: 012, d: .5, e: 1_000 }',
    'a: { b: True, c: ~, d: NULL }',
    'a: { b: 22:00 }',
    'a: { b: 1 } # why',
    'a: { b: x y }',
    'a: [1, 2, ]',
    'a: &x { b: 1 }',
    'a:',
    'a:\n  - { b: 1 }\n\n  - { b: 2 }',
    'a: |\n  text',
    "a: 'quoted'",
    'a: { b: yes, c: no }',
    'a: { b: "\\x41" }',
    'a:\n  b: 1',
  ])('is left to the YAML reader, or read alike: %s', (text) => {
    const value = byLines(text);
    if (value !== undefined) expect(value).toEqual(parse(text));
    else expect(readSource(text, 'x').value).toEqual(parse(text));
  });

  it.each([
    'a: { b: "x" "y" }',
    'a: { b: 1, b: 2 }',
    'a: 1\na: 2',
    '{\n"a": 1\n"b": 2\n}',
    '{\n"a": [\n  {"b": 1}\n  {"b": 2}\n]\n}',
    '{\n"a": [\n  {"b": 1},\n]\n}',
    '{\n"a": 1,\n}',
    '{\n"a": 1\n',
    '{\n"a": {"b": 1, "b": 2}\n}',
    '{\n"a": 1\n}\n"c": 2',
    '{\n"a": [\n  {"b": 1}\n}',
  ])('or wrong, is not taken: %s', (text) => {
    expect(byLines(text)).toBeUndefined();
  });
});
