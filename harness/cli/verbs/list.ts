import { Argument, Option, type Command } from 'commander';
import { UserError } from '../../model/errors.ts';
import type { Kind } from '../../model/kind.ts';
import { renderTable } from '../../report/table.ts';
import { findKind, loadKinds } from '../../run/kinds.ts';
import { readSuites } from '../../run/read-suites.ts';
import { successJson } from '../json.ts';
import { kindsUrl } from '../kinds-url.ts';
import { suitesFolder } from '../package.ts';
import { say } from '../terminal.ts';

interface Listing {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const listings: Readonly<Record<string, (kind: Kind, kinds: readonly Kind[]) => Listing>> = {
  metrics: ({ metrics }) => ({
    columns: ['metric', 'unit', 'better', 'definition'],
    rows: metrics.map(({ name, unit, better, definition }) => [name, unit, better, definition]),
  }),
  strategies: ({ strategies }) => ({
    columns: ['strategy', 'rule', 'parameters'],
    rows: strategies.map(({ name, summary, defaults }) => [name, summary, paramsText(defaults)]),
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
      String(metrics.length),
    ]),
  }),
};

export function listCommand(program: Command): void {
  program
    .command('list')
    .summary('show which metrics, strategies, suites or kinds there are')
    .addArgument(new Argument('<what>').choices(Object.keys(listings)))
    .addOption(new Option('--kind <name>', 'kind of experiment; left out: the first'))
    .option('--json', 'one JSON document instead of the table')
    .action(async (what: string, options: { kind?: string; json?: boolean }) => {
      const kinds = await loadKinds(kindsUrl());
      const kind = findKind(kinds, options.kind ?? null);
      if (kind === undefined)
        throw new UserError(`no kind "${options.kind}"; known: ${kinds.map(({ name }) => name).join(', ')}`);
      const listing = listings[what]!(kind, kinds);
      say(options.json ? successJson(0, objectsOf(listing)) : renderTable(listing));
    });
}

const paramsText = (defaults: Readonly<Record<string, unknown>>): string =>
  Object.entries(defaults)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');

const objectsOf = ({ columns, rows }: Listing) =>
  rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
