import { join } from 'node:path';
import picocolors from 'picocolors';
import type { PlanDocument, Metric, Row } from '../model/kind.ts';
import { renderTable } from '../report/table.ts';
import type { RunResult } from '../run/run.ts';
import { headlineOf, placesOf, type Headline, type Place } from './headline.ts';

/** What `run` prints: a table per document, what was not computed, what was found, where the files lie. */
export function runText(result: RunResult, out: string): string {
  const { kind, documents, rows } = result;
  const headline = kind.metrics.filter((metric) => metric.headline === true);
  const blocks = documents.map((document) => {
    const own = rowsOf(rows, document);
    return documentText(document, own, headline, kind.tableNotes?.(own) ?? []);
  });
  const findings = kind.findings(rows);
  return [...blocks, [...findings, ...filesOf(result, out)].join('\n')].join('\n');
}

const rowsOf = (rows: readonly Row[], { name }: PlanDocument): Row[] =>
  rows.filter(({ document }) => document === name);

function documentText(
  document: PlanDocument,
  rows: readonly Row[],
  metrics: readonly Metric[],
  notes: readonly string[],
): string {
  const strategies = [...new Set(rows.map(({ strategy }) => strategy))];
  const byStrategy = strategies.map((name) => rows.filter(({ strategy }) => strategy === name));
  const columns = metrics.map((metric) => {
    const headlines = byStrategy.map((cells) => headlineOf(metric, cells));
    return columnOf(metric, headlines, placesOf(metric, headlines));
  });
  const table = renderTable({
    columns: ['strategy', ...columns.map(({ title }) => title), 'cells'],
    rows: strategies.map((name, i) => [
      name,
      ...columns.map(({ cells }) => cells[i] ?? ''),
      countText(byStrategy[i] ?? []),
    ]),
    align: ['left', ...columns.map(() => 'right' as const), 'right'],
  });
  return [
    picocolors.bold(document.name),
    ...document.caveats.map((caveat) => picocolors.dim(`  note: ${caveat}`)),
    table.trimEnd(),
    ...legendOf(columns.flatMap(({ places }) => places)),
    ...notes.map((note) => picocolors.dim(`  ${note}`)),
    ...troublesOf(rows),
    '',
  ].join('\n');
}

function columnOf(metric: Metric, headlines: readonly Headline[], places: readonly Place[]) {
  const values = headlines.flatMap(({ median }) => median ?? []);
  const scale = scaleOf(metric.unit, values);
  const cells = headlines.map(({ median, known, cells: count }, i) => {
    if (median === null) return '-  ';
    const part = known < count ? ` (${known} of ${count})` : '';
    return `${scale.text(median)}${part} ${marks[places[i] ?? 'none']}`;
  });
  return { title: titleOf(metric.label, scale.unit), cells, places };
}

/** Short lines, so that a table of many metrics fits a terminal; two blanks stand over the marks. */
function titleOf(label: string, unit: string): string {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && longer.length <= headerWidth) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return [...lines, ...(unit === '' ? [] : [unit])].map((line) => `${line}  `).join('\n');
}

const headerWidth = 10;

const marks = { best: '*', tied: '=', none: ' ' } as const;

function legendOf(places: readonly Place[]): string[] {
  const best = places.includes('best') ? ['* best'] : [];
  const tied = places.includes('tied') ? ['= tied for best'] : [];
  const said = [...best, ...tied, 'medians over cells'];
  return [picocolors.dim(`  ${said.join(', ')}`)];
}

const countText = (rows: readonly Row[]): string => {
  const ok = rows.filter(({ outcome }) => outcome.status === 'ok').length;
  return ok === rows.length ? String(ok) : `${ok} of ${rows.length}`;
};

/** Every status but ok, with how often it came and what was said first. */
function troublesOf(rows: readonly Row[]): string[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const { status } = row.outcome;
    if (status === 'ok') continue;
    const group = `${row.strategy}: ${status}`;
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups].map(([group, [first, ...others]]) => {
    const count = others.length > 0 ? ` (${others.length + 1} cells)` : '';
    return picocolors.red(`  ${group}${count}: ${first?.outcome.message ?? ''}`);
  });
}

interface Scale {
  readonly unit: string;
  readonly text: (value: number) => string;
}

/** Long times read as hours, the rest with four digits: files hold them in full. */
function scaleOf(unit: string, values: readonly number[]): Scale {
  if (unit === 's' && (values.length === 0 || values.some((value) => value >= 600)))
    return { unit: '[h:mm:ss]', text: hoursText };
  return { unit: unit === '' || unit === '1' ? '' : `[${unit}]`, text: digitsText };
}

function hoursText(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

const digitsText = (value: number): string =>
  Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)));

function filesOf({ planned, computed, written }: RunResult, out: string): string[] {
  const reused = planned - computed;
  const kept = reused > 0 ? `, ${reused} kept from before` : '';
  return [
    `${computed} ${computed === 1 ? 'cell' : 'cells'} computed${kept}.`,
    `Results: ${(written ?? []).map((name) => join(out, name)).join(', ')}`,
  ];
}
