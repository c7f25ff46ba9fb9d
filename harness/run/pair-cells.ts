import { UnusableError } from '../model/errors.ts';
import type { FoundCell, FoundCells } from './find-cell.ts';

/** One cell in two folders: simulated, and on the wall clock. */
export interface CellPair {
  readonly simulated: FoundCell;
  readonly emulated: FoundCell;
}

/**
 * Pairs the cells of two folders by document, seeds and strategy (night.md N28), in either order of the folders.
 *
 * @throws {UnusableError} unless one folder was simulated and the other was not, and some cell is in both
 */
export function pairCells(folders: readonly [string, string], found: readonly [FoundCells, FoundCells]) {
  const place = found.findIndex(({ executor }) => executor === 'wall');
  if (place === -1 || found[1 - place]!.executor === 'wall') {
    const what = found.map(({ executor }, i) => `${folders[i]} (${executor})`).join(' and ');
    throw new UnusableError(`${what}: one of the two must be simulated, the other emulated`);
  }
  const [simulated, emulated] = [found[1 - place]!.cells, found[place]!.cells];
  const byName = new Map(simulated.map((cell) => [nameOf(cell), cell]));
  const pairs = emulated.flatMap((cell): CellPair[] => {
    const other = byName.get(nameOf(cell));
    return other === undefined ? [] : [{ simulated: other, emulated: cell }];
  });
  if (pairs.length === 0)
    throw new UnusableError(`${folders.join(' and ')}: no document, seeds and strategy are in both`);
  return { pairs, emulatedFolder: folders[place]! };
}

const nameOf = ({ entry: { documentHash, spec } }: FoundCell): string =>
  JSON.stringify([documentHash, spec.strategy, spec.clusterSeed, spec.nightSeed, spec.shake ?? 0]);
