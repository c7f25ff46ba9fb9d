/** What the sheets that speak of VMs tell them apart by. */
interface VmTable {
  readonly rows: readonly number[];
  has(column: 'vm' | 'host' | 'vmId' | 'manager'): boolean;
  text(row: number, column: 'vm' | 'host' | 'vmId' | 'manager'): string | null;
}

/**
 * Which row of vInfo a row of another sheet belongs to: by VM ID (which is unique for one management server) where both sheets
 * have it, else by name, and host where both have it. Null = to none, or nobody can tell to which of several.
 */
export function createVmJoin(info: VmTable, other: VmTable): (row: number) => number | null {
  const shared = (column: 'host' | 'vmId' | 'manager') => info.has(column) && other.has(column);
  const scope = shared('manager') ? (['manager'] as const) : [];
  const byId = shared('vmId') ? indexBy(info, ['vmId', ...scope]) : null;
  const byName = indexBy(info, ['vm', ...(shared('host') ? (['host'] as const) : []), ...scope]);
  return (row) => byId?.(other, row) ?? byName(other, row);
}

type Column = Parameters<VmTable['text']>[1];

function indexBy(info: VmTable, [first, ...rest]: readonly [Column, ...Column[]]) {
  const keyOf = (table: VmTable, row: number) => {
    const main = table.text(row, first);
    return main === null
      ? null
      : [main, ...rest.map((column) => table.text(row, column) ?? '')].join('\n').toLowerCase();
  };
  const places = new Map<string, number | null>();
  for (const row of info.rows) {
    const key = keyOf(info, row);
    if (key !== null) places.set(key, places.has(key) ? null : row);
  }
  return (table: VmTable, row: number) => places.get(keyOf(table, row) ?? '') ?? null;
}
