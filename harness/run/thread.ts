import { computeCell } from './compute-cell.ts';
import { findKind, loadKinds } from './kinds.ts';
import { createDocumentReader } from './shared-documents.ts';
import type { Computed, Task, ThreadData } from './task.ts';

/** What a thread keeps between cells: the kind, and the document that it read last. */
export async function createThread(data: ThreadData): Promise<(task: Task) => Computed> {
  const kind = findKind(await loadKinds(data.kindsUrl), data.kindName);
  if (kind === undefined) throw new Error(`${data.kindsUrl} has no kind ${data.kindName}`);
  await kind.prepare?.();
  const documentAt = createDocumentReader(data.documents, kind);
  return ({ documentIndex, spec }) =>
    computeCell(kind, documentAt(documentIndex, spec.clusterSeed), spec, () => performance.now());
}
