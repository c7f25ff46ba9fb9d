import { workerData } from 'node:worker_threads';
import type { Reply, Task, ThreadData } from './task.ts';

// A thread of the pool. A file that throws on import would leave the pool without threads, waiting for ever: so all that
// could fail is imported inside the try, and what fails is a value.

export default async function work(task: Task): Promise<Reply> {
  try {
    const { createThread } = await import('./thread.ts');
    thread ??= await createThread(workerData as ThreadData);
    return { ok: true, value: thread(task) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { ok: false, error: { message, stack: stack ?? message } };
  }
}

let thread: ((task: Task) => Extract<Reply, { ok: true }>['value']) | null = null;
