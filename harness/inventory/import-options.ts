import type { PlacementRule } from './placement-rules.ts';
import type { DiskSplit } from './vm-disks.ts';

export interface ImportOptions {
  /** an RVTools workbook (.xlsx), or a folder with its sheets as CSV files */
  readonly source: string;
  /** the document to write: JSON where it ends with .json, else YAML */
  readonly out: string;
  readonly overlay: string | null;
  readonly placement: PlacementRule;
  readonly diskSplit: DiskSplit;
  /** where the key of the hashed names is kept; null = names stay */
  readonly keyFile: string | null;
  readonly clusterSeed: number;
}
