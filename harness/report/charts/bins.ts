import type { Row } from '../../model/kind.ts';
import { hoursOf, numbersOf, rounded, textsOf } from './cells.ts';

export interface Bin {
  readonly key: string;
  /** where it starts */
  readonly hours: number;
  readonly streams: number;
  /** its area */
  readonly streamHours: number;
}

/**
 * Mean streams over time by the key column, at most `most` bins for each key: as many neighbours are averaged as that
 * takes. An empty last bin closes the shape.
 *
 * @param series columns `key`, tS (where the bin starts; even steps), streams
 */
export function binsOf(row: Row, series: string, key: string, most: number): Bin[] {
  const columns = row.outcome.series[series];
  const keys = textsOf(columns, key);
  const [tS, streams] = [numbersOf(columns, 'tS'), numbersOf(columns, 'streams')];
  const widthS = tS.find((start) => start > 0) ?? 0;
  const byKey = new Map<string, number[]>();
  for (const [place, one] of keys.entries()) byKey.set(one, [...(byKey.get(one) ?? []), place]);
  // for all keys alike: a stack needs the same bins in each
  const each = Math.max(1, Math.ceil(Math.max(...[...byKey.values()].map((p) => p.length)) / most));
  return [...byKey].flatMap(([one, places]) => {
    const starts = places.filter((_, i) => i % each === 0);
    const bins = starts.map((start, i) => {
      const inside = places.slice(i * each, (i + 1) * each);
      const sum = inside.reduce((total, place) => total + streams[place]!, 0);
      return { hours: hoursOf(tS[start]!), streams: rounded(sum / inside.length), sum };
    });
    const end = { hours: hoursOf(tS[places.at(-1)!]! + widthS), streams: 0, sum: 0 };
    return [...bins, end].map(({ sum, ...bin }) => ({
      key: one,
      ...bin,
      streamHours: (sum * widthS) / 3600,
    }));
  });
}
