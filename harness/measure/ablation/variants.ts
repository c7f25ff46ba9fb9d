import type { Consideration, StrategyInfo } from '../../model/kind.ts';

/** The variants of a strategy that an ablation runs, as text forms. */
export interface Variants {
  readonly whole: string;
  /** every consideration off */
  readonly none: string;
  readonly each: readonly {
    readonly consideration: Consideration;
    /** all but this one */
    readonly without: string;
    /** this one and no other */
    readonly alone: string;
  }[];
}

/** @param canonical of a text form. @returns null = the strategy names no considerations */
export function variantsOf(
  { name, considerations }: StrategyInfo,
  canonical: (text: string) => string,
): Variants | null {
  if (considerations === undefined || considerations.length === 0) return null;
  const off = (some: readonly Consideration[]) =>
    canonical(
      some.length === 0 ? name : `${name}[${some.map(({ parameter }) => `${parameter}=false`).join(',')}]`,
    );
  return {
    whole: off([]),
    none: off(considerations),
    each: considerations.map((consideration) => ({
      consideration,
      without: off([consideration]),
      alone: off(considerations.filter((other) => other !== consideration)),
    })),
  };
}

export const textsOf = ({ whole, none, each }: Variants): string[] => [
  ...new Set([whole, none, ...each.flatMap(({ without, alone }) => [without, alone])]),
];
