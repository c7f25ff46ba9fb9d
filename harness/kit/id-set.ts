import type { Id } from '../model/facts.ts';

/** A set of small ids that is gone through without holes: a Set is walked over all that was deleted from its beginning. */
export class IdSet implements Iterable<Id> {
  readonly #ids: Id[] = [];
  /** by id: its place plus one, 0 = not in */
  readonly #placeOf: Int32Array;

  constructor(idCount: number) {
    this.#placeOf = new Int32Array(idCount);
  }

  get size(): number {
    return this.#ids.length;
  }
  add(id: Id): void {
    if (this.#placeOf[id] === 0) this.#placeOf[id] = this.#ids.push(id);
  }
  delete(id: Id): void {
    const place = this.#placeOf[id]!;
    if (place === 0) return;
    this.#placeOf[id] = 0;
    const last = this.#ids.pop()!;
    if (last === id) return;
    this.#ids[place - 1] = last;
    this.#placeOf[last] = place;
  }
  clear(): void {
    this.#placeOf.fill(0);
    this.#ids.length = 0;
  }
  [Symbol.iterator](): Iterator<Id> {
    return this.#ids.values();
  }
}
