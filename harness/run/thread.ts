import type { StoredDocument } from '../model/kind.ts';
import { computeCell } from './compute-cell.ts';
import { findKind, loadKinds } from './kinds.ts';
import { createDocumentReader } from './shared-documents.ts';
import type { Computed, Task, ThreadData } from './task.ts';

/** What a thread keeps between cells: the kind, and the document that it read last. */
export interface Thread {
  compute(task: Task): Promise<Computed>;
  /** The document stays here. @throws {UserError} */
  read(path: string): StoredDocument;
}

export async function createThread(data: ThreadData): Promise<Thread> {
  const kind = findKind(await loadKinds(data.kindsUrl), data.kindName);
  if (kind === undefined) throw new Error(`${data.kindsUrl} has no kind ${data.kindName}`);
  const documents = createDocumentReader(kind);
  let prepared: Promise<void> | undefined;
  return {
    async compute({ document, spec }) {
      await (prepared ??= kind.prepare?.());
      return computeCell(kind, documents.at(document, spec.clusterSeed), spec, () => performance.now());
    },
    read(path) {
      const { content: _, ...rest } = documents.read(path);
      return { ...rest, path };
    },
  };
}
