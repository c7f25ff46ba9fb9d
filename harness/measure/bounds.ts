import type { Job, Night } from '../model/night.ts';
import type { Bound } from './bounds/bound.ts';
import type { Model } from './bounds/certify.ts';
import type { SolveProgram } from './bounds/linear-program.ts';
import { needsOf, type Need } from './bounds/needs.ts';
import { rowsOf } from './bounds/rows.ts';
import { singleBounds } from './bounds/single.ts';
import { boundTogether, type ProgramState } from './bounds/together.ts';
import { usesOf } from './bounds/uses.ts';
import { firstStartOf } from './tally.ts';

// Times from the first job's start below which no strategy can bring the last finish of a complete night. Faults, and what
// many streams cost, are left out where they only make a night longer.

export interface Bounds {
  /** 0 where there is nothing to do */
  readonly bestS: number;
  /** what the best one speaks of; null where there is nothing to do */
  readonly binding: string | null;
  /** the longest of each name, longest first */
  readonly all: readonly Bound[];
  readonly program: ProgramState;
}

export interface BoundOptions {
  /** of linear programmes; null = there is none: the bound of all resources together is left out */
  readonly solve?: SolveProgram | null;
  /** the jobs to look at, as if they had the cluster to themselves */
  readonly jobs?: readonly Job[];
  /** strategies keep the stream limits of proxies */
  readonly keepLimits?: boolean;
}

/**
 * @param workUnit what the strategy backs up in one attempt: disks of a VM that are units of their own may be read
 * side by side, by ways of their own
 */
export function boundsOf(night: Night, workUnit: 'vm' | 'disk', options: BoundOptions = {}): Bounds {
  const { solve = null, jobs = night.jobs, keepLimits = false } = options;
  const rows = rowsOf(night, keepLimits);
  const model: Model = { night, rows, uses: usesOf(night, rows) };
  const needs = needsOf(night, jobs, workUnit, model);
  const zeroS = firstStartOf(night);
  const simple = longestFirst([...longestUnit(needs, zeroS), ...singleBounds(model, needs)]);
  const bestS = simple[0]?.seconds ?? 0;
  const { state, bound } = boundTogether(model, needs, { workUnit, atLeastS: zeroS + bestS, solve });
  // no news where it only says again what one resource says
  const all =
    bound !== null && bound.seconds > bestS * (1 + 1e-9) ? longestFirst([bound, ...simple]) : simple;
  return { bestS: all[0]?.seconds ?? 0, binding: all[0]?.what ?? null, all, program: state };
}

function longestUnit(needs: readonly Need[], zeroS: number): Bound[] {
  const longest = needs.reduce<Need | null>(
    (most, n) => (most === null || n.endS > most.endS ? n : most),
    null,
  );
  return longest === null
    ? []
    : [{ name: 'vm', what: `VM ${longest.vmKey} alone`, seconds: longest.endS - zeroS }];
}

/** Of each name the longest; of equal ones the earlier. */
export function longestFirst(bounds: readonly Bound[]): Bound[] {
  const seen = new Set<string>();
  return bounds
    .toSorted((a, b) => b.seconds - a.seconds)
    .filter(({ name }) => !seen.has(name) && seen.add(name));
}

export type { Bound, BoundName } from './bounds/bound.ts';
export type { SolveProgram } from './bounds/linear-program.ts';
export type { ProgramState } from './bounds/together.ts';
