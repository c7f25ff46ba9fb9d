import type { Id } from '../model/facts.ts';
import type { StreamNotice } from '../model/strategy.ts';

/** Who reads a VM: attempts that read one store of it share its snapshot there. */
export interface VmReaders {
  /** @returns those that are there already */
  enter(stream: StreamNotice): readonly StreamNotice[];
  /** @returns those that stay */
  leave(stream: StreamNotice): readonly StreamNotice[];
}

const none: readonly StreamNotice[] = [];

export function createVmReaders(): VmReaders {
  /** by VM; nearly always one, for which no list is made */
  const readers: (StreamNotice | readonly StreamNotice[] | null)[] = [];

  function of(vm: Id): readonly StreamNotice[] {
    // filled up one by one: an array with holes is a slow one
    while (readers.length <= vm) readers.push(null);
    const there = readers[vm]!;
    return there === null ? none : 'attempt' in there ? [there] : there;
  }

  return {
    enter(stream) {
      const others = of(stream.vm);
      readers[stream.vm] = others.length === 0 ? stream : [...others, stream];
      return others;
    },
    leave(stream) {
      const { vm, attempt } = stream;
      const there = of(vm);
      const others = there.length === 1 ? none : there.filter((other) => other.attempt !== attempt);
      readers[vm] = others.length === 0 ? null : others;
      return others;
    },
  };
}
