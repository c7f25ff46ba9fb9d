import { Argument, Option, type Command } from 'commander';
import { loadSolver } from '../../kinds/solve-program.ts';
import { UserError } from '../../model/errors.ts';
import type { Kind, StrategyInfo } from '../../model/kind.ts';
import { renderTable } from '../../report/table.ts';
import { findKind, loadKinds } from '../../run/kinds.ts';
import { readSuites } from '../../run/read-suites.ts';
import { renderBlocks } from '../blocks.ts';
import { boundColumns, familyBounds } from '../family-bounds.ts';
import { successJson } from '../json.ts';
import { kindsUrl } from '../kinds-url.ts';
import { suitesFolder } from '../package.ts';
import { say } from '../terminal.ts';

interface Listing {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** sentences rather than words: a block each instead of a row */
  readonly isLong?: boolean;
}

/** Wider lines are hard to read, narrower terminals are respected. */
const mostWidth = 110;

const listings: Readonly<Record<string, (kind: Kind, kinds: readonly Kind[]) => Listing>> = {
  metrics: ({ metrics }) => ({
    columns: ['metric', 'unit', 'better', 'definition'],
    rows: metrics.map(({ name, unit, better, definition }) => [name, unit, better, definition]),
    isLong: true,
  }),
  strategies: ({ strategies }) => ({
    columns: ['strategy', 'rule', 'source', 'ours', 'parameters'],
    rows: strategies.map((s) => [s.name, s.summary, s.source, s.additions, paramsText(s)]),
    isLong: true,
  }),
  families: ({ generation }) => ({
    columns: ['family', 'asks', 'parameters'],
    rows: (generation?.families ?? []).map(({ name, question, parameters }) => [name, question, parameters]),
    isLong: true,
  }),
  knobs: ({ variation }) => ({
    columns: ['knob', 'unit', 'values', 'what'],
    rows: (variation?.knobs ?? []).map(({ name, unit, values, summary }) => [name, unit, values, summary]),
    isLong: true,
  }),
  assumptions: ({ variation }) => ({
    columns: ['assumption', 'unit', 'range', 'what', 'source'],
    rows: (variation?.assumptions ?? []).map(({ name, unit, range, summary, source }) => [
      name,
      unit,
      'least' in range ? `${range.least} to ${range.most}` : range.join(', '),
      summary,
      source,
    ]),
    isLong: true,
  }),
  suites: (_kind, kinds) => ({
    columns: ['suite', 'file', 'why'],
    rows: readSuites(suitesFolder, kinds).map(({ file, suite }) => [suite.name, file, suite.why ?? '']),
  }),
  kinds: (_kind, kinds) => ({
    columns: ['kind', 'executor', 'strategies', 'metrics'],
    rows: kinds.map(({ name, executor, strategies, metrics }) => [
      name,
      executor,
      strategies.map((strategy) => strategy.name).join(' '),
      metrics.map((metric) => metric.name).join(' '),
    ]),
    isLong: true,
  }),
};

export function listCommand(program: Command): void {
  program
    .command('list')
    .summary('show which metrics, strategies, families, knobs, assumptions, suites or kinds there are')
    .addArgument(new Argument('<what>', 'what to list').choices(Object.keys(listings)))
    .addOption(new Option('--kind <name>', 'kind of experiment; left out: the first'))
    .option(
      '--bounds <sizes>',
      'families: what may decide their nights at these numbers of VMs, in hours, as 300,1000',
    )
    .option('--json', 'one JSON document instead of the table')
    .action(async (what: string, options: { kind?: string; bounds?: string; json?: boolean }) => {
      const kinds = await loadKinds(kindsUrl());
      const kind = findKind(kinds, options.kind ?? null);
      if (kind === undefined)
        throw new UserError(`no kind "${options.kind}"; known: ${kinds.map(({ name }) => name).join(', ')}`);
      const listing =
        options.bounds === undefined
          ? listings[what]!(kind, kinds)
          : await boundsListing(what, options.bounds);
      say(options.json ? successJson(0, objectsOf(listing)) : textOf(listing));
    });
}

async function boundsListing(what: string, sizes: string): Promise<Listing> {
  if (what !== 'families') throw new UserError(`--bounds: families have bounds, ${what} have none`);
  return { columns: boundColumns, rows: familyBounds(sizes.split(',').map(Number), await loadSolver()) };
}

/** With the values that a parameter may have, where they are a few: the default first. */
const paramsText = ({ defaults, choices = {} }: StrategyInfo): string =>
  Object.entries(defaults)
    .map(([name, value]) => {
      const others = (choices[name] ?? []).filter((choice) => choice !== value).map(plain);
      return `${name}=${[plain(value), ...others].join('|')}`;
    })
    .join(' ');

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function textOf(listing: Listing): string {
  if (!listing.isLong) return renderTable(listing);
  const blocks = listing.rows.map(([head = '', ...texts]) => ({
    head,
    lines: texts.map((text, i) => ({ label: listing.columns[i + 1]!, text })),
  }));
  return renderBlocks(blocks, Math.min(mostWidth, process.stdout.columns ?? mostWidth));
}

const objectsOf = ({ columns, rows }: Listing) =>
  rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
