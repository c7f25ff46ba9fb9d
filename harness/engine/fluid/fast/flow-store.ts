import { grown } from '../../../kit/grown.ts';
import type { Use } from '../solver.ts';

/**
 * Flows in slots that are used again, and who is on which resource. Knows no rate and no time.
 *
 * The uses of slot s are s << shift .. (s << shift) + useCount[s] - 1, so use u belongs to slot u >> shift. The uses on a
 * resource are a doubly linked list from head[r] to tail[r], in order of start; so are the slots under way. -1 ends a list.
 */
export class FlowStore {
  // by id
  startedCount = 0;
  private slotOfId = new Int32Array(64);
  // by slot
  private slotCount = 0;
  private readonly freeSlots: number[] = [];
  idOf = new Int32Array(16);
  sizeMB = new Float64Array(16);
  cap = new Float64Array(16);
  useCount = new Int32Array(16);
  private next = new Int32Array(16);
  private previous = new Int32Array(16);
  private first = -1;
  private last = -1;
  // by use
  shift = 2;
  resourceOf = new Int32Array(64);
  perMB = new Float64Array(64);
  nextOn = new Int32Array(64);
  private previousOn = new Int32Array(64);
  // by resource
  resourceCount = 0;
  head = new Int32Array(16);
  private tail = new Int32Array(16);
  count = new Int32Array(16);

  addResource(): number {
    const r = this.resourceCount++;
    if (r === this.head.length) {
      this.head = grown(this.head, r + 1);
      this.tail = grown(this.tail, r + 1);
      this.count = grown(this.count, r + 1);
    }
    this.head[r] = -1;
    this.tail[r] = -1;
    return r;
  }

  /** @returns -1 = not under way */
  slotOf(id: number): number {
    return id >= 0 && id < this.startedCount ? this.slotOfId[id]! : -1;
  }

  /** @returns its slot; its id is the next one */
  add(sizeMB: number, cap: number, uses: readonly Use[]): number {
    const slot = this.freeSlots.length > 0 ? this.freeSlots.pop()! : this.slotCount++;
    this.fit(slot, uses.length);
    const id = this.startedCount++;
    this.slotOfId[id] = slot;
    this.idOf[slot] = id;
    this.sizeMB[slot] = sizeMB;
    this.cap[slot] = cap;
    this.useCount[slot] = uses.length;
    this.linkSlot(slot);
    const from = slot << this.shift;
    for (let i = 0; i < uses.length; i++) this.linkUse(from + i, uses[i]!);
    return slot;
  }

  remove(slot: number): void {
    const { next, previous } = this;
    const from = slot << this.shift;
    const end = from + this.useCount[slot]!;
    for (let use = from; use < end; use++) this.unlinkUse(use);
    const before = previous[slot]!;
    const after = next[slot]!;
    if (before < 0) this.first = after;
    else next[before] = after;
    if (after < 0) this.last = before;
    else previous[after] = before;
    this.slotOfId[this.idOf[slot]!] = -1;
    this.freeSlots.push(slot);
  }

  /** ids under way, ascending */
  *ids(): Generator<number> {
    for (let slot = this.first; slot >= 0; slot = this.next[slot]!) yield this.idOf[slot]!;
  }

  private linkSlot(slot: number): void {
    this.next[slot] = -1;
    this.previous[slot] = this.last;
    if (this.last < 0) this.first = slot;
    else this.next[this.last] = slot;
    this.last = slot;
  }

  private linkUse(use: number, { resource: r, perMB }: Use): void {
    const tail = this.tail[r]!;
    this.resourceOf[use] = r;
    this.perMB[use] = perMB;
    this.nextOn[use] = -1;
    this.previousOn[use] = tail;
    if (tail < 0) this.head[r] = use;
    else this.nextOn[tail] = use;
    this.tail[r] = use;
    this.count[r]!++;
  }

  private unlinkUse(use: number): void {
    const r = this.resourceOf[use]!;
    const before = this.previousOn[use]!;
    const after = this.nextOn[use]!;
    if (before < 0) this.head[r] = after;
    else this.nextOn[before] = after;
    if (after < 0) this.tail[r] = before;
    else this.previousOn[after] = before;
    this.count[r]!--;
  }

  private fit(slot: number, useCount: number): void {
    if (this.startedCount === this.slotOfId.length)
      this.slotOfId = grown(this.slotOfId, this.startedCount + 1);
    if (slot >= this.idOf.length) {
      this.idOf = grown(this.idOf, slot + 1);
      this.sizeMB = grown(this.sizeMB, slot + 1);
      this.cap = grown(this.cap, slot + 1);
      this.useCount = grown(this.useCount, slot + 1);
      this.next = grown(this.next, slot + 1);
      this.previous = grown(this.previous, slot + 1);
    }
    while (useCount > 1 << this.shift) this.widen();
    const uses = this.slotCount << this.shift;
    if (uses <= this.resourceOf.length) return;
    this.resourceOf = grown(this.resourceOf, uses);
    this.perMB = grown(this.perMB, uses);
    this.nextOn = grown(this.nextOn, uses);
    this.previousOn = grown(this.previousOn, uses);
  }

  /** Twice as many uses a slot: all move to their new places. */
  private widen(): void {
    const { shift, resourceCount, head, tail } = this;
    const mask = (1 << shift) - 1;
    const moved = (use: number) => (use < 0 ? use : ((use >> shift) << (shift + 1)) | (use & mask));
    const spread = <A extends Int32Array | Float64Array>(array: A, place: (x: number) => number): A => {
      const wide = new (array.constructor as new (length: number) => A)(2 * array.length);
      for (let use = 0; use < array.length; use++) wide[moved(use)] = place(array[use]!);
      return wide;
    };
    const same = (x: number) => x;
    this.resourceOf = spread(this.resourceOf, same);
    this.perMB = spread(this.perMB, same);
    this.nextOn = spread(this.nextOn, moved);
    this.previousOn = spread(this.previousOn, moved);
    for (let r = 0; r < resourceCount; r++) {
      head[r] = moved(head[r]!);
      tail[r] = moved(tail[r]!);
    }
    this.shift++;
    this.onWiden(spread);
  }

  /** whoever keeps more by use spreads it alike */
  onWiden: (
    spread: <A extends Int32Array | Float64Array>(array: A, place: (x: number) => number) => A,
  ) => void = () => {};
}
