import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupNight } from '../../harness/kinds/backup-night.ts';
import { strategies } from '../../strategies/index.ts';

// Outcomes that must not change by accident: every written night under every strategy. A change that is
// meant is written by GOLDEN=update and explained in the commit that holds it, which holds nothing else.

const root = new URL('../..', import.meta.url).pathname;
const goldenPath = join(root, 'fixtures/golden/outcomes.json');
const relativeTolerance = 1e-9;

type Golden = Record<string, { status: string; metrics: Record<string, number | null> }>;

const documents = [
  'fixtures/estates/branch-office.yaml',
  ...readdirSync(join(root, 'fixtures/nights'))
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => `fixtures/nights/${name}`),
];

/** What would show that a night went another way. */
const watched = [
  'protected_vms',
  't95_vms_s',
  'makespan_s',
  'stranded',
  'unfinished',
  'failed_attempts',
  'read_in_vain_mb',
  'turnaround_p50_s',
  'excess_streams_per_tb',
];

function compute(): Golden {
  const golden: Golden = {};
  for (const path of documents) {
    const document = backupNight.parseDocument(readFileSync(join(root, path), 'utf8'), path);
    for (const { name } of strategies) {
      const { outcome } = backupNight.compute(document, { strategy: name, clusterSeed: 1, nightSeed: 1 });
      const metrics = Object.fromEntries(watched.map((metric) => [metric, outcome.metrics[metric] ?? null]));
      golden[`${path} ${name}`] = { status: outcome.status, metrics };
    }
  }
  return golden;
}

/** One line a cell, so that a change shows as the cells that it changes. */
const textOf = (golden: Golden): string =>
  `{\n${Object.entries(golden)
    .map(([cell, outcome]) => `${JSON.stringify(cell)}: ${JSON.stringify(outcome)}`)
    .join(',\n')}\n}\n`;

const differs = (a: number | null | undefined, b: number | null | undefined): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) > relativeTolerance * Math.max(1, Math.abs(a), Math.abs(b))
    : a !== b;

describe('golden outcomes', () => {
  const now = compute();
  if (process.env['GOLDEN'] === 'update') writeFileSync(goldenPath, textOf(now));
  const golden = existsSync(goldenPath) ? (JSON.parse(readFileSync(goldenPath, 'utf8')) as Golden) : {};

  it('cover every written night and every strategy', () => {
    expect(Object.keys(golden).toSorted()).toEqual(Object.keys(now).toSorted());
  });

  it.each(documents)('of %s are unchanged', (path) => {
    const changed = Object.keys(golden)
      .filter((cell) => cell.startsWith(`${path} `))
      .flatMap((cell) => {
        const [was, is] = [golden[cell]!, now[cell]];
        const names = [...new Set([...Object.keys(was.metrics), ...Object.keys(is?.metrics ?? {})])];
        const metrics = names.filter((name) => differs(was.metrics[name], is?.metrics[name]));
        const status = was.status === is?.status ? [] : [`status ${was.status} -> ${is?.status}`];
        return [
          ...status,
          ...metrics.map((name) => `${name} ${was.metrics[name]} -> ${is?.metrics[name]}`),
        ].map((what) => `${cell}: ${what}`);
      });
    expect(changed).toEqual([]);
  });
});
