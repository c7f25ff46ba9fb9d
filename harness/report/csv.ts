import type { CellSpec, CsvValue, Kind, Row } from '../model/kind.ts';
import { csvOf } from './csv-text.ts';

/** What names a cell in a table: journal rows fit. */
export type CellName = CellSpec & Pick<Row, 'document'>;

/** What a cell took: clock and machine, never part of an outcome. */
export type CostRow = CellName & { readonly cost: Readonly<Record<string, number | string | null>> };

/** The one order of results, whatever order the cells finished in: document, cluster, night, strategy. */
export function compareCells(a: CellName, b: CellName): number {
  return (
    compareText(a.document, b.document) ||
    a.clusterSeed - b.clusterSeed ||
    a.nightSeed - b.nightSeed ||
    (a.shake ?? 0) - (b.shake ?? 0) ||
    compareText(a.strategy, b.strategy)
  );
}

/** Outcomes only: the same bytes for the same rows in any order. Metrics in table order, then notes by name. */
export const trialsCsv = (rows: readonly Row[], kind: Pick<Kind, 'metrics'>): string =>
  rowsCsv(rows, kind, {});

/** The same of shaken copies, with the number of the copy behind the seeds. */
export const shakenCsv = (rows: readonly Row[], kind: Pick<Kind, 'metrics'>): string =>
  rowsCsv(rows, kind, { shake: (row) => row.shake ?? null });

function rowsCsv(
  rows: readonly Row[],
  kind: Pick<Kind, 'metrics'>,
  more: Readonly<Record<string, (row: Row) => CsvValue>>,
): string {
  const metrics = kind.metrics.map((metric) => metric.name);
  const notes = [...new Set(rows.flatMap((row) => Object.keys(row.outcome.notes)))].toSorted(compareText);
  const head = ['document', 'document_hash', 'strategy', 'cluster_seed', 'night_seed'];
  const end = ['status', 'message'];
  const body = rows
    .toSorted(compareCells)
    .map((row) => [
      row.document,
      row.documentHash.slice(0, 12),
      row.strategy,
      row.clusterSeed,
      row.nightSeed,
      ...Object.values(more).map((of) => of(row)),
      row.outcome.status,
      row.outcome.message,
      ...metrics.map((name) => row.outcome.metrics[name] ?? null),
      ...notes.map((name) => row.outcome.notes[name] ?? null),
    ]);
  return csvOf([[...head, ...Object.keys(more), ...end, ...metrics, ...notes], ...body]);
}

/** One line per cell with all that its cost holds, wall_ms first, the rest by name. */
export function costCsv(rows: readonly CostRow[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.cost)))]
    .filter((name) => name !== 'wall_ms')
    .toSorted(compareText);
  const columns = ['wall_ms', ...names];
  const body = rows
    .toSorted(compareCells)
    .map((row) => [...cellValues(row), ...columns.map((name) => row.cost[name] ?? null)]);
  return csvOf([[...cellColumns, ...columns], ...body]);
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const cellColumns: readonly string[] = ['document', 'strategy', 'cluster_seed', 'night_seed'];

export const cellValues = (cell: CellName): CsvValue[] => [
  cell.document,
  cell.strategy,
  cell.clusterSeed,
  cell.nightSeed,
];
