import type { Colours } from '../model/kind.ts';
import { compareText } from './csv.ts';

/**
 * One colour and one dash per strategy, the same in every chart: told apart also in grey print and by colour-blind eyes.
 * A strategy of the table keeps its colour whatever else was run; its variants `name[k=v]` get shades of it.
 *
 * @param strategies text forms, in any order, repeated or not
 * @param known names of the kind's table, in its order
 */
export function coloursOf(strategies: readonly string[], known: readonly string[]): Colours {
  const texts = [...new Set(strategies)].toSorted(compareText);
  const others = [...new Set(texts.map(baseOf))].filter((base) => !known.includes(base));
  const bases = [...known, ...others];
  const series = bases.flatMap((base, place) => {
    const variants = texts.filter((text) => text !== base && baseOf(text) === base);
    const all = texts.includes(base) ? [base, ...variants] : variants;
    return all.map((strategy, variant) => ({ strategy, place, variant }));
  });
  return {
    strategies: series.map((one) => one.strategy),
    range: series.map(({ place, variant }) => shadeOf(hues[place % hues.length]!, variant)),
    dashes: series.map(({ place, variant }) => dashes[(place + variant) % dashes.length]!),
  };
}

/** Okabe and Ito's colours that show on white, then Tol's and others as far from those: each at least 3:1 against white. */
export const hues: readonly string[] = [
  '#0072b2', // blue
  '#d55e00', // vermilion
  '#009e73', // green
  '#cc79a7', // pink
  '#333333', // near black
  '#a66a00', // brown
  '#882255', // wine
  '#3f97cf', // sky
  '#7f7f2a', // olive
  '#7b4fd0', // violet
  '#78909c', // slate
  '#e0245e', // crimson
];

const dashes: readonly (readonly number[])[] = [
  [1, 0],
  [8, 3],
  [3, 3],
  [10, 3, 2, 3],
  [2, 2],
  [14, 4],
];

/** Of a variant, from 0: the hue itself, then darker and lighter by turns. */
const shades = [0, -0.45, 0.4, -0.7, 0.25, -0.25];

function shadeOf(hue: string, variant: number): string {
  const shade = shades[variant % shades.length]!;
  const target = shade < 0 ? 0 : 255;
  return `#${[1, 3, 5]
    .map((at) => Number.parseInt(hue.slice(at, at + 2), 16))
    .map((level) => Math.round(level + (target - level) * Math.abs(shade)))
    .map((level) => level.toString(16).padStart(2, '0'))
    .join('')}`;
}

const baseOf = (strategy: string): string => strategy.split('[', 1)[0]!;
