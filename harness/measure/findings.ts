import type { Row } from '../model/kind.ts';
import { formatDuration } from '../model/units.ts';
import { groupBy } from '../kit/group.ts';
import { againstBest } from './against-best.ts';
import { heldBack } from './held-back.ts';
import { quantileOf } from './quantile.ts';
import { countOf, listOf, numberOf } from './words.ts';

// Sentences for somebody who runs backups. Medians only, no claim of significance; every strategy is spoken of in the
// same words, whether it wins or loses.

/** Less than this apart is a tie. */
const tieShare = 0.01;
/** Fewer cells per strategy are an anecdote. */
const fewCells = 6;
const mostDocuments = 3;
/** More are in the table. */
const mostLater = 5;

/** Three to seven sentences about a set of rows, more where cells are missing; none for no rows. */
export function findings(rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const documents = [...groupBy(rows, (r) => r.document)];
  return [
    ...documents.slice(0, mostDocuments).map(([name, own]) => `${name}: ${firstToProtect(own)}`),
    documents.length > mostDocuments
      ? `The table has ${countOf(documents.length - mostDocuments, 'more document')}.`
      : null,
    stranding(rows),
    pressure(rows),
    documents.length === 1 ? makespans(rows) : null,
    ...documents.slice(0, mostDocuments).map(([name, own]) => {
      const sentence = againstBest(own);
      return sentence === null ? null : `${documents.length > 1 ? `${name}: ` : ''}${sentence}.`;
    }),
    documents.length === 1 ? heldBack(rows) : null,
    missingCells(rows),
    caveats(rows),
    anecdote(rows),
  ].filter((sentence) => sentence !== null);
}

interface Standing {
  readonly strategy: string;
  /** over the cells that have a value; null = none has */
  readonly median: number | null;
  readonly largest: number;
  readonly known: number;
  readonly cells: number;
  readonly rows: readonly Row[];
}

/** In order of appearance. */
function standingsOf(rows: readonly Row[], metric: string): Standing[] {
  return [...groupBy(rows, (r) => r.strategy)].map(([strategy, own]) => {
    const values = own.flatMap((r) => r.outcome.metrics[metric] ?? []);
    return {
      strategy,
      median: quantileOf(values, 0.5),
      largest: values.reduce((most, v) => Math.max(most, v), 0),
      known: values.length,
      cells: own.length,
      rows: own,
    };
  });
}

type Ranked = Standing & { readonly median: number };

/** Only who has a value in every cell is ranked: the easy nights of one are not held against all nights of another. */
const rank = (standings: readonly Standing[]): Ranked[] =>
  standings
    .filter((s): s is Ranked => s.median !== null && s.known === s.cells)
    .toSorted((a, b) => a.median - b.median);

const namesOf = (standings: readonly Standing[]): string => listOf(standings.map((s) => s.strategy));

const isTie = (a: number, b: number): boolean => Math.abs(a - b) <= tieShare * Math.max(a, b);

function firstToProtect(rows: readonly Row[]): string {
  const standings = standingsOf(rows, 't95_vms_s');
  const ranked = rank(standings);
  const behind = standings
    .filter((s) => s.known < s.cells)
    .toSorted((a, b) => protectedPct(b) - protectedPct(a))
    .map(sometimes);
  const [best] = ranked;
  if (best === undefined) return `no strategy protects 95 % of the VMs in every cell: ${behind.join(', ')}.`;
  const first = ranked.filter((s) => isTie(s.median, best.median));
  const later = ranked
    .slice(first.length)
    .map((s) => `${s.strategy} (${laterBy(s.median, best.median)}, ${formatDuration(s.median)})`);
  const then =
    later.length > mostLater
      ? `${later.slice(0, mostLater - 1).join(', ')}, ${later.length - mostLater} more, and last ${later.at(-1)}`
      : later.join(', ');
  const time = `after ${formatDuration(best.median)}`;
  const head =
    first.length > 1
      ? `${namesOf(first)} tie: they protect 95 % of the VMs ${standings.length > first.length ? 'first, ' : ''}${time}`
      : `${best.strategy} protects 95 % of the VMs ${standings.length > 1 ? 'first, ' : ''}${time}`;
  const rest = [...(then === '' ? [] : [`then ${then}`]), ...(behind.length > 0 ? [behind.join(', ')] : [])];
  return `${[head, ...rest].join('; ')}.`;
}

const sometimes = (s: Standing): string => {
  const percent = protectedPct(s);
  const share = percent < 0 ? '' : ` (${numberOf(percent)} % protected)`;
  return s.known === 0
    ? `${s.strategy} never${share}`
    : `${s.strategy} only in ${s.known} of ${s.cells} cells${share}`;
};

/** Median; below 0 where it is not known. */
const protectedPct = ({ rows }: Standing): number =>
  quantileOf(
    rows.flatMap((r) => r.outcome.metrics['protected_vms_pct'] ?? []),
    0.5,
  ) ?? -1;

const laterBy = (value: number, best: number): string =>
  best > 0 ? `${wholeOr((100 * (value - best)) / best)} % later` : 'later';

/** Below ten percent a digit more. */
const wholeOr = (percent: number): string =>
  percent < 9.95 ? percent.toFixed(1) : numberOf(Math.round(percent));

/** By document: a median over documents would say of a VM that never has a way that it mostly has one. */
function stranding(rows: readonly Row[]): string | null {
  const known = rows.filter((r) => (r.outcome.metrics['stranded'] ?? null) !== null);
  if (known.length === 0) return null;
  const documents = [...groupBy(known, (r) => r.document)];
  const parts = documents.flatMap(([name, own]) => {
    const who = whoStrands(own);
    return who === null ? [] : [documents.length > 1 ? `${name}: ${who}` : who];
  });
  return parts.length === 0 ? 'No strategy leaves a VM stranded.' : `VMs left stranded: ${parts.join('; ')}.`;
}

function whoStrands(rows: readonly Row[]): string | null {
  const standings = standingsOf(rows, 'stranded').toSorted(
    (a, b) => b.median! - a.median! || b.largest - a.largest,
  );
  const some = standings.filter((s) => s.largest > 0);
  const [most] = some;
  if (most === undefined) return null;
  const countText = ({ median, largest }: Standing) =>
    largest > median! ? `${numberOf(median!)} (up to ${numberOf(largest)})` : numberOf(median!);
  if (standings.length > 1 && standings.every((s) => countText(s) === countText(most)))
    return `${countText(most)} under every strategy`;
  const none = standings.filter((s) => s.largest === 0);
  return [
    ...some.map((s) => `${s.strategy} ${countText(s)}`),
    ...(none.length > 0 ? [`none under ${namesOf(none)}`] : []),
  ].join(', ');
}

function pressure(rows: readonly Row[]): string | null {
  const ranked = rank(standingsOf(rows, 'excess_streams_per_tb'));
  const [least] = ranked;
  const most = ranked.at(-1);
  if (least === undefined || most === undefined) return null;
  const words = 'stream-seconds per TB beyond what they carry comfortably';
  if (most.median === 0) return 'No strategy presses the data stores beyond what they carry comfortably.';
  if (ranked.length === 1)
    return `${most.strategy} presses the data stores: ${numberOf(most.median)} ${words}.`;
  if (isTie(most.median, least.median))
    return `All strategies press the data stores alike: ${numberOf(most.median)} ${words}.`;
  const hardest = ranked.filter((s) => isTie(s.median, most.median));
  const gentlest = ranked.filter((s) => isTie(s.median, least.median));
  const scope = new Set(rows.map((r) => r.document)).size > 1 ? ', as a median over all documents' : '';
  return `${namesOf(hardest)} ${hardest.length > 1 ? 'press' : 'presses'} the data stores hardest${scope}, ${numberOf(most.median)} ${words}; ${namesOf(gentlest)} least, ${numberOf(least.median)}.`;
}

function makespans(rows: readonly Row[]): string | null {
  const standings = standingsOf(rows, 'makespan_s');
  const ranked = rank(standings);
  const [best] = ranked;
  const worst = ranked.at(-1);
  if (best === undefined || worst === undefined)
    return 'No strategy protects everything in every cell, so that no makespans are compared.';
  const quickest = ranked.filter((s) => isTie(s.median, best.median));
  const who = quickest.length === standings.length && quickest.length > 1 ? 'all tie' : namesOf(quickest);
  const head = `The whole night takes ${formatDuration(best.median)} at best (${who})${setBy(best)}`;
  return isTie(worst.median, best.median)
    ? `${head}.`
    : `${head}; ${formatDuration(worst.median)} under ${worst.strategy}${setBy(worst)}.`;
}

/** Of the cell nearest to the median, the earlier one of two. */
function setBy({ rows, median }: Ranked): string {
  const distance = (row: Row) => Math.abs(row.outcome.metrics['makespan_s']! - median);
  const nearest = rows.reduce((best, row) => (distance(row) < distance(best) ? row : best));
  const words = nearest.outcome.notes['makespan_set_by'] ?? null;
  return words === null ? '' : `, set by ${words}`;
}

function missingCells(rows: readonly Row[]): string | null {
  const missing = rows.filter((r) => r.outcome.status !== 'ok');
  if (missing.length === 0) return null;
  const kinds = [...groupBy(missing, (r) => `${r.strategy} ${r.outcome.status}`)];
  return `Without a result: ${kinds.map(([what, own]) => `${what} (${countOf(own.length, 'cell')})`).join(', ')}.`;
}

const caveats = (rows: readonly Row[]): string | null => {
  const said = [...new Set(rows.flatMap((r) => r.outcome.notes['caveat'] ?? []))];
  return said.length === 0 ? null : `Mind: ${said.join('; ')}.`;
};

function anecdote(rows: readonly Row[]): string | null {
  const perStrategy = [...groupBy(rows, (r) => `${r.document} ${r.strategy}`).values()];
  const fewest = perStrategy.reduce((least, own) => Math.min(least, own.length), Infinity);
  if (fewest >= fewCells) return null;
  return fewest === 1
    ? 'One night is an anecdote: more of them (--nights, --clusters) show whether the order holds.'
    : `${fewest} cells per strategy are still an anecdote: more of them (--nights, --clusters) show whether the order holds.`;
}
