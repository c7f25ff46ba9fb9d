import type { Axis } from './design.ts';
import type { Value } from './value-range.ts';

/** Where a cell of a sweep stands: what each axis has there; left out = as written. */
export interface SweepPoint {
  /** names of the document that is varied and of the varied one */
  readonly base: string;
  readonly document: string;
  readonly strategy: string;
  /** the strategy without what is varied of it: points of one line are compared along the axes */
  readonly line: string;
  readonly levels: Readonly<Record<string, Value>>;
}

export interface Sweep {
  readonly axes: readonly (Axis & { readonly unit: string })[];
  readonly points: readonly SweepPoint[];
}
