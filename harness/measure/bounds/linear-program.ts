/** Minimise the sum of costs over columns >= 0. */
export interface LinearProgram {
  readonly costs: readonly number[];
  readonly rows: readonly {
    readonly terms: readonly (readonly [column: number, coefficient: number])[];
    /** the sum of the terms is this, or at least this */
    readonly is: 'equal' | 'at least';
    readonly value: number;
  }[];
}

/** @returns the price of each row (its dual, what the costs grow by with its value); null = was not solved to the end */
export type SolveProgram = (program: LinearProgram) => readonly number[] | null;
