/** What stands in a scored list: once in one list at most. Places differ; whoever changes a score says so. */
export class ScoredItem {
  place = 0;
  score = 0;
  // the list's own: a node of its tree
  rank = 0;
  /** of the item and all below it */
  least = 0;
  left: this | null = null;
  right: this | null = null;
}

/**
 * Items by place, of which the first with a score below a bound is found in O(log n), whatever the bound.
 *
 * A treap (Seidel and Aragon, Randomized Search Trees, 1996) with the least score of each subtree; ranks are hashes of a
 * running number, and no answer depends on them.
 */
export class ScoredList<T extends ScoredItem> {
  #root: T | null = null;
  #added = 0;

  get isEmpty(): boolean {
    return this.#root === null;
  }
  /** the least score; Infinity = empty */
  get least(): number {
    return this.#root?.least ?? Infinity;
  }

  add(item: T): void {
    item.rank = mixed(this.#added++);
    item.left = item.right = null;
    this.#root = inserted(this.#root, item);
  }
  /** the item is in the list, at the place at which it was added */
  remove(item: T): void {
    this.#root = removed(this.#root, item);
  }
  /** the score of the item, which is in the list, has changed */
  rescored(item: T): void {
    settleTo(this.#root!, item);
  }

  /** the first in order of place with a score below the bound */
  firstBelow(bound: number): T | null {
    let at = this.#root;
    if (at === null || at.least >= bound) return null;
    for (;;) {
      if (at.left !== null && at.left.least < bound) at = at.left;
      else if (at.score < bound) return at;
      else at = at.right!;
    }
  }

  /** in order of place */
  items(): T[] {
    const list: T[] = [];
    collect(this.#root, list);
    return list;
  }
}

function settled<T extends ScoredItem>(at: T): T {
  let { score: least } = at;
  if (at.left !== null && at.left.least < least) least = at.left.least;
  if (at.right !== null && at.right.least < least) least = at.right.least;
  at.least = least;
  return at;
}

function inserted<T extends ScoredItem>(at: T | null, item: T): T {
  if (at === null) return settled(item);
  if (item.rank < at.rank) {
    [item.left, item.right] = split(at, item.place);
    return settled(item);
  }
  if (item.place < at.place) at.left = inserted(at.left, item);
  else at.right = inserted(at.right, item);
  return settled(at);
}

function removed<T extends ScoredItem>(at: T | null, item: T): T | null {
  if (at === null) throw new Error(`no item at place ${item.place}`);
  if (at === item) return joined(at.left, at.right);
  if (item.place < at.place) at.left = removed(at.left, item);
  else at.right = removed(at.right, item);
  return settled(at);
}

/** @returns what stands before the place, and the rest */
function split<T extends ScoredItem>(at: T | null, place: number): [T | null, T | null] {
  if (at === null) return [null, null];
  if (at.place < place) {
    const [before, after] = split(at.right, place);
    at.right = before;
    return [settled(at), after];
  }
  const [before, after] = split(at.left, place);
  at.left = after;
  return [before, settled(at)];
}

/** all of `before` stands before all of `after` */
function joined<T extends ScoredItem>(before: T | null, after: T | null): T | null {
  if (before === null) return after;
  if (after === null) return before;
  if (before.rank < after.rank) {
    before.right = joined(before.right, after);
    return settled(before);
  }
  after.left = joined(before, after.left);
  return settled(after);
}

/** @returns whether the least of all below has changed: else nothing above it does */
function settleTo<T extends ScoredItem>(at: T, item: T): boolean {
  if (at !== item && !settleTo(item.place < at.place ? at.left! : at.right!, item)) return false;
  const { least } = at;
  return settled(at).least !== least;
}

function collect<T extends ScoredItem>(at: T | null, list: T[]): void {
  if (at === null) return;
  collect(at.left, list);
  list.push(at);
  collect(at.right, list);
}

function mixed(number: number): number {
  const spread = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  return Math.imul(spread ^ (spread >>> 15), 0x2c1b3c6d) >>> 0;
}
