import type { CostRow } from './measure-cost.ts';

/** A figure of a row, for tables, files and charts. */
export interface CostMeasure {
  /** its column */
  readonly name: string;
  readonly label: string;
  readonly of: (row: CostRow) => number;
}

const perDecision = (row: CostRow, sum: number): number => sum / Math.max(1, row.decisions);
const perList = (row: CostRow, sum: number): number => sum / Math.max(1, row.lists);

/** By the clock: of one machine, and noisy. */
export const clockMeasures: readonly CostMeasure[] = [
  {
    name: 'decision_us',
    label: 'time per decision, µs',
    of: (row) => perDecision(row, row.decisionMs * 1000),
  },
  { name: 'list_ms', label: 'time per list generation, ms', of: (row) => perList(row, row.listMs) },
];

/** Counted: exact, the same on every machine. */
export const workMeasures: readonly CostMeasure[] = [
  {
    name: 'units_per_decision',
    label: 'VMs looked at per decision',
    of: (row) => perDecision(row, row.decisionLooks.units),
  },
  {
    name: 'proxies_per_decision',
    label: 'proxies looked at per decision',
    of: (row) => perDecision(row, row.decisionLooks.proxies),
  },
  {
    name: 'reads_per_decision',
    label: 'reads of a VM or a proxy per decision',
    of: (row) => perDecision(row, row.decisionLooks.reads),
  },
  { name: 'most_units', label: 'most VMs looked at in one decision', of: (row) => row.mostUnits },
  { name: 'most_proxies', label: 'most proxies looked at in one decision', of: (row) => row.mostProxies },
  { name: 'units_per_list', label: 'VMs looked at per list', of: (row) => perList(row, row.listLooks.units) },
  {
    name: 'proxies_per_list',
    label: 'proxies looked at per list',
    of: (row) => perList(row, row.listLooks.proxies),
  },
  {
    name: 'reads_per_list',
    label: 'reads of a VM or a proxy per list',
    of: (row) => perList(row, row.listLooks.reads),
  },
];
