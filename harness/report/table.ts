import Table from 'cli-table3';

export interface TextTable {
  /** a line end breaks a header into lines */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** by column; 'left' where it says nothing */
  readonly align?: readonly ('left' | 'right')[];
}

/** Aligned plain text: header, rule, rows; two blanks between columns, none at line ends, a line end last. */
export function renderTable({ columns, rows, align = [] }: TextTable): string {
  const table = new Table({
    colAligns: columns.map((_, column) => align[column] ?? 'left'),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    chars: { ...noBorders, middle: '  ' },
  });
  const heads = headRows(columns);
  for (const row of [...heads, ...rows]) table.push(columns.map((_, column) => printable(row[column] ?? '')));
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  return lines
    .toSpliced(heads.length, 0, '-'.repeat(width))
    .map((line) => `${line}\n`)
    .join('');
}

/** Headers of several lines stand on the rule. */
function headRows(columns: readonly string[]): string[][] {
  const heads = columns.map((column) => column.split('\n'));
  const height = heads.reduce((most, head) => Math.max(most, head.length), 1);
  return Array.from({ length: height }, (_, line) =>
    heads.map((head) => head[line - height + head.length] ?? ''),
  );
}

/** Names come from documents: no line ends, no terminal codes. */
// oxlint-disable-next-line no-control-regex
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, ' ');

const edges = ['top', 'bottom', 'left', 'right', 'mid'];
const noBorders = Object.fromEntries(
  edges
    .flatMap((edge) => [edge, ...['mid', 'left', 'right'].map((end) => `${edge}-${end}`)])
    .map((name) => [name, '']),
);
