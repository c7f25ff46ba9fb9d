import { grown } from './grown.ts';

/** A priority queue of whole numbers ("ids"), least (key, id) first: equal keys go to the lowest id. Keys are never NaN. */
export interface Heap {
  readonly size: number;
  has(id: number): boolean;
  keyOf(id: number): number | null;
  /** puts the id in, or moves it to its new key */
  update(id: number, key: number): void;
  /** @returns whether it was in */
  remove(id: number): boolean;
  /** null = empty */
  peekId(): number | null;
  peekKey(): number | null;
  pop(): number | null;
  clear(): void;
}

// Layout: a binary tree in arrays. Place p holds ids[p] with keys[p]; its children are places 2p + 1 and 2p + 2, and neither
// comes before it. placeOf[id] is the place of an id plus one, 0 = not in. Nothing is allocated but to grow.
class ArrayHeap implements Heap {
  size = 0;
  #keys = new Float64Array(16);
  #ids = new Int32Array(16);
  #placeOf = new Int32Array(16);

  has(id: number): boolean {
    return (this.#placeOf[id] ?? 0) > 0;
  }

  keyOf(id: number): number | null {
    return this.has(id) ? this.#keys[this.#placeOf[id]! - 1]! : null;
  }

  update(id: number, key: number): void {
    if (this.has(id)) {
      const place = this.#placeOf[id]! - 1;
      if (key < this.#keys[place]!) this.#rise(place, id, key);
      else this.#sink(place, id, key);
      return;
    }
    this.#fit(id);
    this.#rise(this.size++, id, key);
  }

  remove(id: number): boolean {
    if (!this.has(id)) return false;
    const place = this.#placeOf[id]! - 1;
    this.#placeOf[id] = 0;
    const last = --this.size;
    if (place === last) return true;
    // The last one fills the gap; it may belong above or below it.
    const lastId = this.#ids[last]!;
    const lastKey = this.#keys[last]!;
    const parent = (place - 1) >> 1;
    if (place > 0 && this.#isBefore(lastId, lastKey, parent)) this.#rise(place, lastId, lastKey);
    else this.#sink(place, lastId, lastKey);
    return true;
  }

  peekId(): number | null {
    return this.size === 0 ? null : this.#ids[0]!;
  }

  peekKey(): number | null {
    return this.size === 0 ? null : this.#keys[0]!;
  }

  pop(): number | null {
    if (this.size === 0) return null;
    const id = this.#ids[0]!;
    this.remove(id);
    return id;
  }

  clear(): void {
    for (let p = 0; p < this.size; p++) this.#placeOf[this.#ids[p]!] = 0;
    this.size = 0;
  }

  #rise(from: number, id: number, key: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#isBefore(id, key, parent)) break;
      this.#put(place, this.#ids[parent]!, this.#keys[parent]!);
      place = parent;
    }
    this.#put(place, id, key);
  }

  #sink(from: number, id: number, key: number): void {
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.size) break;
      const right = child + 1;
      if (right < this.size && this.#isBefore(this.#ids[right]!, this.#keys[right]!, child)) child = right;
      if (this.#isBefore(id, key, child)) break;
      this.#put(place, this.#ids[child]!, this.#keys[child]!);
      place = child;
    }
    this.#put(place, id, key);
  }

  #isBefore(id: number, key: number, place: number): boolean {
    const other = this.#keys[place]!;
    return key < other || (key === other && id < this.#ids[place]!);
  }

  #put(place: number, id: number, key: number): void {
    this.#ids[place] = id;
    this.#keys[place] = key;
    this.#placeOf[id] = place + 1;
  }

  #fit(id: number): void {
    this.#placeOf = grown(this.#placeOf, id + 1);
    this.#ids = grown(this.#ids, this.size + 1);
    this.#keys = grown(this.#keys, this.size + 1);
  }
}

export const createHeap = (): Heap => new ArrayHeap();
