import { quantileOf } from '../quantile.ts';
import { maxOf } from '../sum.ts';
import type { Agreement } from './agreement.ts';
import { rankedPairs, type RankedPair } from './ranking.ts';

export interface ComparedCell extends Agreement {
  readonly document: string;
  readonly strategy: string;
  readonly clusterSeed: number;
  readonly nightSeed: number;
}

/** Over all cells; errors without their sign, null = no cell has both values. */
export interface AgreementSummary {
  readonly cells: number;
  readonly makespan: ErrorSpread | null;
  readonly t95: ErrorSpread | null;
  /** cells whose counts by round differ */
  readonly strandedDiffers: readonly string[];
  readonly vmsFinished: number;
  readonly vmsVerified: number;
  /** strategies of one night that the simulation separates by more than `separation`, by makespan */
  readonly pairs: readonly RankedPair[];
  readonly pairsAlike: number;
}

export interface ErrorSpread {
  readonly cells: number;
  readonly median: number;
  readonly worst: number;
  readonly worstCell: string;
}

/** Closer ones may change places by chance. */
export const separation = 1.15;

export function summaryOf(cells: readonly ComparedCell[]): AgreementSummary {
  const pairs = rankedPairs(
    cells.map(({ simulatedMakespanS: simulatedS, emulatedMakespanS: emulatedS, ...cell }) => ({
      ...cell,
      simulatedS,
      emulatedS,
    })),
    separation,
  );
  return {
    cells: cells.length,
    makespan: spreadOf(cells, (cell) => cell.makespanError),
    t95: spreadOf(cells, (cell) => cell.t95Error),
    strandedDiffers: cells
      .filter((c) => String(c.simulatedStrandedByRound) !== String(c.emulatedStrandedByRound))
      .map(nameOf),
    vmsFinished: cells.reduce((sum, c) => sum + c.vmsFinished, 0),
    vmsVerified: cells.reduce((sum, c) => sum + c.vmsVerified, 0),
    pairs,
    pairsAlike: pairs.filter((pair) => pair.isSame).length,
  };
}

function spreadOf(
  cells: readonly ComparedCell[],
  errorOf: (cell: ComparedCell) => number | null,
): ErrorSpread | null {
  const errors = cells.flatMap((cell) => {
    const error = errorOf(cell);
    return error === null ? [] : [{ name: nameOf(cell), error: Math.abs(error) }];
  });
  const worst = maxOf(errors, ({ error }) => error);
  if (worst === null) return null;
  return {
    cells: errors.length,
    median: quantileOf(
      errors.map(({ error }) => error),
      0.5,
    )!,
    worst,
    worstCell: errors.find(({ error }) => error === worst)!.name,
  };
}

const nameOf = ({ document, strategy }: ComparedCell): string => `${document} under ${strategy}`;
