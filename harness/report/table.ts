import Table from 'cli-table3';

export interface TextTable {
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
  for (const row of [columns, ...rows]) table.push(columns.map((_, column) => printable(row[column] ?? '')));
  const [head = '', ...body] = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const width = Math.max(head.length, ...body.map((line) => line.length));
  return [head, '-'.repeat(width), ...body].map((line) => `${line}\n`).join('');
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
