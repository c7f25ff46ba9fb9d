/** Resources whose equations may be broken, lowest (key, id) first: a heap whose place p has the children 2p + 1 and 2p + 2. */
export class BrokenQueue {
  private readonly ids: number[] = [];
  private readonly keys: number[] = [];

  get length(): number {
    return this.ids.length;
  }

  push(id: number, key: number): void {
    const { ids, keys } = this;
    let at = ids.length;
    ids.push(id);
    keys.push(key);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (keys[above]! < key || (keys[above] === key && ids[above]! < id)) break;
      ids[at] = ids[above]!;
      keys[at] = keys[above]!;
      at = above;
    }
    ids[at] = id;
    keys[at] = key;
  }

  /** of a queue that is not empty */
  pop(): number {
    const { ids, keys } = this;
    const first = ids[0]!;
    const id = ids.pop()!;
    const key = keys.pop()!;
    const length = ids.length;
    if (length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && isBefore(keys, ids, child + 1, child)) child++;
      if (key < keys[child]! || (key === keys[child] && id < ids[child]!)) break;
      ids[at] = ids[child]!;
      keys[at] = keys[child]!;
      at = child;
    }
    ids[at] = id;
    keys[at] = key;
    return first;
  }
}

const isBefore = (keys: readonly number[], ids: readonly number[], a: number, b: number): boolean =>
  keys[a]! < keys[b]! || (keys[a] === keys[b] && ids[a]! < ids[b]!);
