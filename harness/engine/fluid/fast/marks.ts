import { grown } from '../../../kit/grown.ts';

/**
 * Who finishes first among the flows that the same thing limits: a heap of slots for each limiter, by mark. A slot
 * is in one heap at most, so one array of places serves all. Place p has the children 2p + 1 and 2p + 2.
 */
export class Marks {
  /** by slot */
  mark = new Float64Array(16);
  private place = new Int32Array(16);
  private readonly heaps: Int32Array[] = [];
  /** by heap */
  size = new Int32Array(16);
  /** moves so far */
  moves = 0;

  addHeap(): void {
    if (this.heaps.length === this.size.length) this.size = grown(this.size, this.heaps.length + 1);
    this.heaps.push(nothing);
  }

  fit(slots: number): void {
    this.mark = grown(this.mark, slots);
    this.place = grown(this.place, slots);
  }

  /** @returns the slot with the least mark, -1 = none */
  first(heap: number): number {
    return this.size[heap] === 0 ? -1 : this.heaps[heap]![0]!;
  }

  insert(heap: number, slot: number, mark: number): void {
    const size = this.size[heap]!++;
    let slots = this.heaps[heap]!;
    if (size === slots.length) slots = this.heaps[heap] = grown(slots, size + 8);
    this.mark[slot] = mark;
    this.rise(slots, size, slot);
  }

  remove(heap: number, slot: number): void {
    const slots = this.heaps[heap]!;
    const size = --this.size[heap]!;
    const at = this.place[slot]!;
    if (at === size) return;
    // The last one fills the gap; it may belong above or below it.
    const last = slots[size]!;
    if (at > 0 && this.mark[last]! < this.mark[slots[(at - 1) >> 1]!]!) this.rise(slots, at, last);
    else this.sink(slots, at, size);
  }

  private rise(slots: Int32Array, from: number, slot: number): void {
    const { mark, place } = this;
    const own = mark[slot]!;
    let at = from;
    while (at > 0) {
      const above = slots[(at - 1) >> 1]!;
      if (mark[above]! <= own) break;
      this.moves++;
      slots[at] = above;
      place[above] = at;
      at = (at - 1) >> 1;
    }
    slots[at] = slot;
    place[slot] = at;
  }

  /** puts slots[size], the last one, to `from` or below */
  private sink(slots: Int32Array, from: number, size: number): void {
    const { mark, place } = this;
    const slot = slots[size]!;
    const own = mark[slot]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && mark[slots[child + 1]!]! < mark[slots[child]!]!) child++;
      const below = slots[child]!;
      if (mark[below]! >= own) break;
      this.moves++;
      slots[at] = below;
      place[below] = at;
      at = child;
    }
    slots[at] = slot;
    place[slot] = at;
  }
}

const nothing = new Int32Array(0);
