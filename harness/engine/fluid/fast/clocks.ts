import { grown } from '../../../kit/grown.ts';
import { IdHeap } from './id-heap.ts';
import { Marks } from './marks.ts';

/**
 * What time does to levels. All flows that a resource limits run at its level, so it keeps one service counter (MB per flow
 * so far), and each flow the count at which it will have finished, its mark: a change of level moves no flow.
 *
 * Most dates move a little at every event, and few are ever needed. So a date may be too early: it holds for levels up to
 * `datedFor`, a little above the present one, and is worked out to the point when it comes first.
 */
export class Clocks {
  nowS: number;
  readonly marks = new Marks();
  // by resource
  level = new Float64Array(16);
  protected served = new Float64Array(16);
  protected sinceS = new Float64Array(16);
  /** a date before which none of the flows that it limits ends */
  private readonly dates = new IdHeap();
  private datedFor = new Float64Array(16);
  /** whether it is the date itself */
  private isExact = new Uint8Array(16);
  private isChanged = new Uint8Array(16);
  /** whose level, or the first of its marks, has changed since the last solving */
  changed = new Int32Array(16);
  changedCount = 0;
  /** the least above 0 that any level has been */
  leastLevel = Infinity;

  constructor() {
    // A field that once held a fraction is one for ever: no code that has been compiled for whole numbers is thrown away.
    this.nowS = 0.5;
    this.nowS = 0;
  }

  servedOf(r: number): number {
    const level = this.level[r]!;
    return level === Infinity ? this.served[r]! : this.served[r]! + level * (this.nowS - this.sinceS[r]!);
  }

  setLevel(r: number, to: number): void {
    const { level, sinceS } = this;
    const from = level[r]!;
    if (from < Infinity) this.served[r]! += from * (this.nowS - sinceS[r]!);
    sinceS[r] = this.nowS;
    level[r] = to;
    if (to < this.leastLevel && to > 0) this.leastLevel = to;
    this.isExact[r] = 0;
    this.note(r);
  }

  /** @returns the resource whose first flow ends first, dated to the point; -1 = none */
  firstDated(): number {
    const { dates, isExact } = this;
    for (;;) {
      const r = dates.first();
      if (r < 0 || isExact[r] === 1) return r;
      this.date(r, 1);
    }
  }

  /** @returns when that is */
  firstDateS(): number {
    const r = this.firstDated();
    return r < 0 ? Infinity : this.dates.key[r]!;
  }

  /** @param rise so many times its level at most: 1 = dates it to the point */
  date(r: number, rise: number): void {
    const { dates } = this;
    const level = this.level[r]! * rise;
    this.datedFor[r] = level;
    this.isExact[r] = rise === 1 ? 1 : 0;
    const slot = this.marks.first(r + 1);
    let endS = Infinity;
    if (slot >= 0) {
      const restMB = this.marks.mark[slot]! - this.servedOf(r);
      if (restMB <= 0) endS = this.nowS;
      else if (level > 0) endS = this.nowS + restMB / level;
    }
    dates.key[r] = endS;
    dates.put(r);
  }

  /** Dates whatever may end earlier than it says. */
  dateChanged(): void {
    const { changed, level, datedFor } = this;
    for (let i = 0; i < this.changedCount; i++) {
      const r = changed[i]!;
      this.isChanged[r] = 0;
      if (level[r]! > datedFor[r]!) this.date(r, roomToRise);
    }
    this.changedCount = 0;
  }

  /** after the first of its marks changed */
  undate(r: number): void {
    this.datedFor[r] = -1;
    this.isExact[r] = 0;
    this.note(r);
  }

  private note(r: number): void {
    if (this.isChanged[r] === 1) return;
    this.isChanged[r] = 1;
    this.changed[this.changedCount++] = r;
  }

  protected fitClocks(count: number): void {
    this.dates.fit(count);
    this.level = grown(this.level, count);
    this.served = grown(this.served, count);
    this.sinceS = grown(this.sinceS, count);
    this.datedFor = grown(this.datedFor, count);
    this.isExact = grown(this.isExact, count);
    this.isChanged = grown(this.isChanged, count);
    this.changed = grown(this.changed, count);
  }
}

const roomToRise = 1.02;
