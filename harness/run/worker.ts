import { workerData } from 'node:worker_threads';
import type { StoredDocument } from '../model/kind.ts';
import type { Computed, Reply, Task, ThreadData } from './task.ts';
import type { Thread } from './thread.ts';

// A thread of the pool. A file that throws on import would leave the pool without threads, waiting for ever: so all that
// could fail is imported inside the try, and what fails is a value.

export default (task: Task): Promise<Reply<Computed>> => answer((thread) => thread.compute(task));

/** @param path of a document that this thread will be asked to compute cells of */
export const read = (path: string): Promise<Reply<StoredDocument>> => answer((thread) => thread.read(path));

async function answer<T>(ask: (thread: Thread) => T | Promise<T>): Promise<Reply<T>> {
  try {
    const { createThread } = await import('./thread.ts');
    present ??= await createThread(workerData as ThreadData);
    return { ok: true, value: await ask(present) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const problems = (error as { problems?: readonly string[] }).problems ?? null; // of a UserError
    return { ok: false, error: { message, stack: stack ?? message }, problems };
  }
}

let present: Thread | null = null;
