import { groupBy } from '../../kit/group.ts';
import type { Row } from '../../model/kind.ts';

/**
 * A written document is one cluster, whatever its cluster seed: seeds whose every cell repeats the outcomes of an earlier seed
 * are no replicates, and only the first of them is kept.
 *
 * @param rows of one document
 */
export function distinctClusters(rows: readonly Row[]): { readonly kept: Row[]; readonly repeated: number } {
  const clusters = [...groupBy(rows, (row) => row.clusterSeed)].toSorted(([a], [b]) => a - b);
  const distinct = groupBy(clusters, ([, own]) => signatureOf(own));
  return {
    kept: [...distinct.values()].flatMap(([[, own] = [0, []]]) => own),
    repeated: clusters.length - distinct.size,
  };
}

const signatureOf = (rows: readonly Row[]): string =>
  JSON.stringify(
    rows
      .map(({ strategy, nightSeed, outcome: { status, metrics } }) => [strategy, nightSeed, status, metrics])
      .toSorted(([s, n], [t, m]) => (s === t ? Number(n) - Number(m) : String(s) < String(t) ? -1 : 1)),
  );
