import { grown } from '../../../kit/grown.ts';

/**
 * Resources by (key, id), least first: a heap whose place p has the children 2p + 1 and 2p + 2. Keys are kept by id, and set
 * before `put`: a fraction handed to a function costs memory where the function is not compiled yet.
 */
export class IdHeap {
  length = 0;
  /** by id */
  key = new Float64Array(16);
  /** by id, plus one; 0 = not in */
  place = new Int32Array(16);
  private ids = new Int32Array(16);

  /** before an id below `count` is put in */
  fit(count: number): void {
    this.key = grown(this.key, count);
    this.place = grown(this.place, count);
    this.ids = grown(this.ids, count);
  }

  /** @returns -1 = empty */
  first(): number {
    return this.length === 0 ? -1 : this.ids[0]!;
  }

  /** puts it in, or moves it to its new key */
  put(id: number): void {
    const { key, place, ids } = this;
    const own = key[id]!;
    let at = place[id]! - 1;
    if (at < 0) at = this.length++;
    const from = at;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = ids[above]!;
      if (key[other]! < own || (key[other] === own && other < id)) break;
      ids[at] = other;
      place[other] = at + 1;
      at = above;
    }
    if (at === from) this.sink(id, at);
    else {
      ids[at] = id;
      place[id] = at + 1;
    }
  }

  /** of a heap that is not empty */
  pop(): number {
    const { place, ids } = this;
    const first = ids[0]!;
    const last = ids[--this.length]!;
    place[first] = 0;
    if (last !== first) this.sink(last, 0);
    return first;
  }

  /** puts an id to `from` or below */
  private sink(id: number, from: number): void {
    const { key, place, ids, length } = this;
    const own = key[id]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      let below = ids[child]!;
      let least = key[below]!;
      if (child + 1 < length) {
        const right = ids[child + 1]!;
        if (key[right]! < least || (key[right] === least && right < below)) {
          child++;
          below = right;
          least = key[right]!;
        }
      }
      if (own < least || (own === least && id < below)) break;
      ids[at] = below;
      place[below] = at + 1;
      at = child;
    }
    ids[at] = id;
    place[id] = at + 1;
  }
}
