import { grown } from '../../../kit/grown.ts';

/**
 * How much the flows that one resource limits take of another: a sparse matrix, so that a change of level is passed on
 * without touching a flow. An edge from p to q stands for the flows limited by p that also use q, and is there as long as
 * there are any. The edges out of a resource, and those into it, are doubly linked lists; -1 ends a list.
 *
 * They are found by (p, q) in a hash table with open addressing; a place holds an edge plus one, 0 = free.
 */
export class Edges {
  private edgeCount = 0;
  private readonly free: number[] = [];
  private count = new Int32Array(64);
  /** by edge: sum of perMB on the resource it leads to */
  weight = new Float64Array(64);
  from = new Int32Array(64);
  to = new Int32Array(64);
  nextOut = new Int32Array(64);
  nextIn = new Int32Array(64);
  private previousOut = new Int32Array(64);
  private previousIn = new Int32Array(64);
  // by resource
  firstOut = new Int32Array(16).fill(-1);
  firstIn = new Int32Array(16).fill(-1);

  private table = new Int32Array(256);
  private mask = 255;
  private live = 0;

  fit(resourceCount: number): void {
    const before = this.firstOut.length;
    if (resourceCount <= before) return;
    this.firstOut = grown(this.firstOut, resourceCount).fill(-1, before);
    this.firstIn = grown(this.firstIn, resourceCount).fill(-1, before);
  }

  /** @returns the edge */
  add(from: number, to: number, perMB: number): number {
    let edge = this.find(from, to);
    if (edge < 0) edge = this.create(from, to);
    this.count[edge]!++;
    this.weight[edge]! += perMB;
    return edge;
  }

  subtract(edge: number, perMB: number): void {
    this.weight[edge]! -= perMB;
    if (--this.count[edge]! === 0) this.drop(edge);
  }

  private find(from: number, to: number): number {
    const { table, mask } = this;
    for (let place = placeOf(from, to) & mask; ; place = (place + 1) & mask) {
      const edge = table[place]! - 1;
      if (edge < 0 || (this.from[edge] === from && this.to[edge] === to)) return edge;
    }
  }

  private create(from: number, to: number): number {
    const edge = this.free.length > 0 ? this.free.pop()! : this.edgeCount++;
    if (edge === this.count.length) this.fitEdges();
    this.from[edge] = from;
    this.to[edge] = to;
    this.count[edge] = 0;
    this.weight[edge] = 0;
    this.link(edge, from, to);
    if (2 * ++this.live > this.mask) this.rehash();
    this.enter(edge);
    return edge;
  }

  private link(edge: number, from: number, to: number): void {
    const out = this.firstOut[from]!;
    this.nextOut[edge] = out;
    this.previousOut[edge] = -1;
    if (out >= 0) this.previousOut[out] = edge;
    this.firstOut[from] = edge;
    const into = this.firstIn[to]!;
    this.nextIn[edge] = into;
    this.previousIn[edge] = -1;
    if (into >= 0) this.previousIn[into] = edge;
    this.firstIn[to] = edge;
  }

  private drop(edge: number): void {
    const { nextOut, previousOut, nextIn, previousIn } = this;
    const before = previousOut[edge]!;
    const after = nextOut[edge]!;
    if (before < 0) this.firstOut[this.from[edge]!] = after;
    else nextOut[before] = after;
    if (after >= 0) previousOut[after] = before;
    const beforeIn = previousIn[edge]!;
    const afterIn = nextIn[edge]!;
    if (beforeIn < 0) this.firstIn[this.to[edge]!] = afterIn;
    else nextIn[beforeIn] = afterIn;
    if (afterIn >= 0) previousIn[afterIn] = beforeIn;
    this.forget(edge);
    this.live--;
    this.free.push(edge);
  }

  /** Those behind it move up where the gap would cut them off. */
  private forget(edge: number): void {
    const { table, mask } = this;
    let gap = placeOf(this.from[edge]!, this.to[edge]!) & mask;
    while (table[gap] !== edge + 1) gap = (gap + 1) & mask;
    for (let place = (gap + 1) & mask; table[place] !== 0; place = (place + 1) & mask) {
      const other = table[place]! - 1;
      const home = placeOf(this.from[other]!, this.to[other]!) & mask;
      if (((place - home) & mask) < ((place - gap) & mask)) continue;
      table[gap] = other + 1;
      gap = place;
    }
    table[gap] = 0;
  }

  private enter(edge: number): void {
    const { table, mask } = this;
    let place = placeOf(this.from[edge]!, this.to[edge]!) & mask;
    while (table[place] !== 0) place = (place + 1) & mask;
    table[place] = edge + 1;
  }

  private rehash(): void {
    this.mask = 2 * this.mask + 1;
    this.table = new Int32Array(this.mask + 1);
    for (let edge = 0; edge < this.edgeCount; edge++) if (this.count[edge]! > 0) this.enter(edge);
  }

  private fitEdges(): void {
    this.count = grown(this.count, this.edgeCount);
    this.weight = grown(this.weight, this.edgeCount);
    this.from = grown(this.from, this.edgeCount);
    this.to = grown(this.to, this.edgeCount);
    this.nextOut = grown(this.nextOut, this.edgeCount);
    this.nextIn = grown(this.nextIn, this.edgeCount);
    this.previousOut = grown(this.previousOut, this.edgeCount);
    this.previousIn = grown(this.previousIn, this.edgeCount);
  }
}

const placeOf = (from: number, to: number): number => {
  const mixed = Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
};
