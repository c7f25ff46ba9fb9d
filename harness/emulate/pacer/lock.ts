/** One thread at a time. Who waits sleeps; nobody holds it for longer than it takes to serve what is due. */
export interface Lock {
  acquire(): void;
  /** @returns whether it was free */
  tryAcquire(): boolean;
  release(): void;
}

const free = 0;
const held = 1;
/** held, and somebody sleeps until it is free */
const contended = 2;

/** @param word its state, shared; Ulrich Drepper, Futexes Are Tricky, 2011: mutex, take 2 */
export function createLock(words: Int32Array, word: number): Lock {
  return {
    acquire() {
      if (Atomics.compareExchange(words, word, free, held) === free) return;
      while (Atomics.exchange(words, word, contended) !== free) Atomics.wait(words, word, contended);
    },
    tryAcquire: () => Atomics.compareExchange(words, word, free, held) === free,
    release() {
      if (Atomics.exchange(words, word, free) === contended) Atomics.notify(words, word, 1);
    },
  };
}
