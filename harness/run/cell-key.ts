import { contentHash } from '../kit/canonical.ts';
import type { CellSpec, Kind } from '../model/kind.ts';

export interface KeyParts extends CellSpec {
  readonly kind: Pick<Kind, 'name' | 'executor' | 'engineVersion'>;
  /** of the built program that outcomes come from, see code-hash.ts */
  readonly codeHash: string;
  readonly documentHash: string;
}

/** Names a cell by all that its outcome follows from: equal keys must have equal outcomes (night.md N28). */
export const cellKey = ({
  kind,
  codeHash,
  documentHash,
  strategy,
  clusterSeed,
  nightSeed,
  shake,
}: KeyParts): string =>
  contentHash({
    kind: kind.name,
    executor: kind.executor,
    engineVersion: kind.engineVersion,
    codeHash,
    documentHash,
    strategy,
    clusterSeed,
    nightSeed,
    // undefined leaves no trace in the hash
    shake,
  });
