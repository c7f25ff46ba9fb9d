import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { documentJsonSchema } from '../../harness/model/document/json-schema.ts';

const schema = documentJsonSchema();
const example = parse(readFileSync('fixtures/estates/branch-office.yaml', 'utf8')) as Record<string, unknown>;

interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly [key: string]: unknown;
}

/** Every property of every object in the schema. */
function* propertiesOf(node: unknown): Generator<[name: string, schema: Node]> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, property] of Object.entries((node as Node).properties ?? {})) yield [name, property];
  for (const part of Object.values(node)) yield* propertiesOf(part);
}

const holdsNumber = (node: unknown): boolean =>
  typeof node === 'object' &&
  node !== null &&
  !('properties' in node) &&
  (['number', 'integer'].includes(String((node as Node).type)) || Object.values(node).some(holdsNumber));

test('says what it is a schema of', () => {
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:proxybench:document:1',
    title: 'proxybench document, version 1',
    type: 'object',
    additionalProperties: false,
  });
});

test('takes the example, where what has a default is left out, and refuses a typo in it', () => {
  const reader = z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema);
  expect(reader.safeParse(example).error?.issues).toBeUndefined();
  expect(reader.safeParse({ ...example, stroes: [] }).success).toBe(false);
  expect(reader.safeParse({ ...example, proxies: [{ id: 'p', site: 'branch', ramMB: 1000 }] }).success).toBe(
    false,
  );
});

test('has a unit in the name of every number, or the number counts or divides', () => {
  const hasUnit = /(?:MB|MBps|MBpsPerCore|MBPerStream|S|Ms|MsPerIo|[hH]ours)$/u;
  const countsOrDivides =
    /^(?:proxybench|cpus|streams|streamsPerVm|streamsPerCore|maxStreams|maxRounds|maxOpenSnapshots|networkConnections|operations|outstandingIo|sanIo|localIo|networkIo|complexIo|hotAddReconfigurations|hotAddDisks|attempts|priority|dataReduction|dailyChange|atShare|factor|hourFactors|lossPerStream|efficiencyFloor|incrementalReadEfficiency|overloadFloor|changedDataSigma|productionLoadSpread|rates|causes)$/u;
  const shares = new Set([
    'attempt',
    'vmBroken',
    'proxyBroken',
    'vmProxyPath',
    'proxyDevicePath',
    'serverHour',
  ]); // faults.rates
  const weights = new Set(['snapshot', 'quiesce', 'network', 'transport', 'storage']); // faults.causes
  const names = [...propertiesOf(schema)].filter(([, node]) => holdsNumber(node)).map(([name]) => name);
  expect(names.length).toBeGreaterThan(60);
  expect(
    names.filter((n) => !hasUnit.test(n) && !countsOrDivides.test(n) && !shares.has(n) && !weights.has(n)),
  ).toEqual([]);
});
