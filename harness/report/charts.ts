import type { Colours, Kind, Row } from '../model/kind.ts';
import { leftOutText } from './charts/encodings.ts';
import { compareCells, compareText } from './csv.ts';
import { coloursOf } from './palette.ts';
import { renderChart, type Drawing } from './render.ts';

/** A chart as two files: `path`.vl.json and `path`.svg, below the result folder. */
export type ChartFile = Drawing & { readonly path: string };

/** Strategies in one chart: more can be told apart neither by their colours nor in a legend. */
const mostStrategies = 24;

/** What readers of a document's results must know, by document name. */
export type Caveats = Readonly<Record<string, readonly string[]>>;

/**
 * Draws every chart of the kind once per document. Cells without a result are left out and counted in the subtitle.
 * The same bytes for the same rows in any order.
 *
 * @param onDrawn after each document: how many are drawn, of how many
 */
export async function renderCharts(
  rows: readonly Row[],
  kind: Pick<Kind, 'charts' | 'strategies'>,
  caveats: Caveats = {},
  onDrawn: (documents: number, of: number) => void = () => {},
): Promise<ChartFile[]> {
  const sorted = rows.toSorted(compareCells);
  const known = kind.strategies.map((strategy) => strategy.name);
  const colours = coloursOf(
    sorted.map((row) => row.strategy),
    known,
  );
  const documents = [...new Set(sorted.map((row) => row.document))];
  const folders = documents.length > 1 ? safeSegments(documents) : null;
  const files: ChartFile[] = [];
  for (const [place, document] of documents.entries()) {
    const ofDocument = sorted.filter((row) => row.document === document);
    const folder = folders === null ? 'charts' : `charts/${folders[place]!}`;
    for (const { name, spec } of specsOf(ofDocument, kind, colours, caveats[document] ?? [])) {
      files.push({ path: `${folder}/${name}`, ...(await renderChart(spec, name)) });
    }
    onDrawn(place + 1, documents.length);
  }
  return files;
}

/** The charts of one document with the question as title; those that have nothing to draw are left out. */
function specsOf(
  rows: readonly Row[],
  kind: Pick<Kind, 'charts'>,
  colours: Colours,
  caveats: readonly string[],
): { name: string; spec: object }[] {
  const all = new Set(rows.map((row) => row.strategy));
  const shown = new Set(colours.strategies.filter((name) => all.has(name)).slice(0, mostStrategies));
  const ok = rows.filter((row) => row.outcome.status === 'ok' && shown.has(row.strategy));
  const noRoom = leftOutText(all.size - shown.size);
  return kind.charts.flatMap((chart) => {
    const spec = chart.spec(ok, colours) as { description?: string } | null;
    if (spec === null) return [];
    const reading = spec.description ?? '';
    const subtitle = [rows[0]!.document, ...reading.split('\n'), ...caveats, ...leftOut(rows), ...noRoom];
    const title = { text: chart.question, subtitle: subtitle.flatMap(wrapped).filter((line) => line !== '') };
    return [{ name: chart.name, spec: { title, ...spec } }];
  });
}

/** Names the strategies of the cells that have no result, and why. */
function leftOut(rows: readonly Row[]): string[] {
  const counts = new Map<string, number>();
  for (const { strategy, outcome } of rows) {
    if (outcome.status === 'ok') continue;
    const words = `${strategy} (${outcome.status})`;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  return [`not drawn: ${[...counts].map(([words, count]) => `${count} x ${words}`).join(', ')}`];
}

/** Lines that fit over a chart. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 80) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Names as folder names: harmless on any file system, no two alike even where case does not count. */
export function safeSegments(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const segments = new Map<string, string>();
  for (const name of names.toSorted(compareText)) {
    const letters = name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80);
    const safe = letters.replace(/^[.-]+|[.-]+$/g, '');
    const stem = safe === '' ? 'document' : reserved.test(safe) ? `document-${safe}` : safe;
    let segment = stem;
    for (let n = 2; taken.has(segment.toLowerCase()); n++) segment = `${stem}-${n}`;
    taken.add(segment.toLowerCase());
    segments.set(name, segment);
  }
  return names.map((name) => segments.get(name)!);
}

/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
