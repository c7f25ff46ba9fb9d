import type { AssumptionInfo } from '../model/kind.ts';
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
  /** number of a random point, from 1; left out: it is none */
  readonly draw?: number;
}

/** Assumptions that a sweep varies. */
export interface SweepAssumptions {
  readonly all: readonly AssumptionInfo[];
  /** by base: what it has of each that it makes */
  readonly written: Readonly<Record<string, Readonly<Record<string, Value | null>>>>;
}

export interface Sweep {
  readonly axes: readonly (Axis & { readonly unit: string })[];
  readonly points: readonly SweepPoint[];
  /** left out: the axes are what was asked for */
  readonly assumptions?: SweepAssumptions;
}
