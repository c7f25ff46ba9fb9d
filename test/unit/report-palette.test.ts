import { describe, expect, it } from 'vitest';
import { coloursOf, hues } from '../../harness/report/palette.ts';
import { strategies as table } from '../../strategies/index.ts';

const known = ['priority-list', 'round-robin', 'least-loaded', 'vsa-static'];

const colourOf = (strategies: readonly string[], name: string): string | undefined => {
  const colours = coloursOf(strategies, known);
  return colours.range[colours.strategies.indexOf(name)];
};

describe('coloursOf', () => {
  it('gives a strategy of the table its colour whatever else was run', () => {
    expect(colourOf(['vsa-static'], 'vsa-static')).toBe(hues[3]);
    expect(colourOf([...known, './mine.ts', 'vsa-static[k=2]'], 'vsa-static')).toBe(hues[3]);
  });

  it('orders by the table, then variants and strangers by name, each once', () => {
    const some = [
      'vsa-static',
      './b.ts',
      'round-robin[k=2]',
      './a.ts',
      'round-robin[k=1]',
      'round-robin',
      './a.ts',
    ];
    const { strategies, range, dashes } = coloursOf(some, known);
    expect(strategies).toEqual([
      'round-robin',
      'round-robin[k=1]',
      'round-robin[k=2]',
      'vsa-static',
      './a.ts',
      './b.ts',
    ]);
    expect(range).toHaveLength(6);
    expect(dashes).toHaveLength(6);
  });

  it('tells the variants of a strategy apart, by colour and by dash', () => {
    const variants = ['', '[k=1]', '[k=2]', '[k=3]', '[k=4]', '[k=5]'].map((tail) => `round-robin${tail}`);
    const { range, dashes } = coloursOf(variants, known);
    expect(new Set(range).size).toBe(6);
    expect(new Set(dashes.map(String)).size).toBe(6);
  });

  it('gives a lone variant the colour of its strategy', () => {
    expect(colourOf(['round-robin[k=1]'], 'round-robin[k=1]')).toBe(hues[1]);
  });
});

describe('the hues', () => {
  it('are enough for each strategy of the table to have its own', () => {
    expect(new Set(hues).size).toBe(hues.length);
    expect(hues.length).toBeGreaterThanOrEqual(table.length);
  });

  it('stand out from white by 3 to 1, as WCAG 2.2 asks of graphics', () => {
    for (const hue of hues) expect(1.05 / (luminance(rgb(hue)) + 0.05)).toBeGreaterThan(3);
  });

  it.each(Object.entries(deficiencies()))('of the first four stay apart for %s eyes', (_, matrix) => {
    const seen = hues.slice(0, 4).map((hue) => matrix.map((line) => dot(line, rgb(hue))));
    const pairs = seen.flatMap((a, i) =>
      seen.slice(i + 1).map((b) => Math.hypot(...a.map((x, c) => x - b[c]!))),
    );
    expect(Math.min(...pairs)).toBeGreaterThan(0.15); // of 1 = black to pure red
  });
});

const rgb = (hue: string): number[] =>
  [1, 3, 5].map((at) => linear(Number.parseInt(hue.slice(at, at + 2), 16) / 255));
const linear = (level: number): number =>
  level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const luminance = (levels: readonly number[]): number => dot([0.2126, 0.7152, 0.0722], levels);

/** Machado, Oliveira and Fernandes 2009, severity 1. */
function deficiencies(): Record<string, readonly (readonly number[])[]> {
  return {
    protanope: [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    deuteranope: [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
  };
}
