/** So many tokens of one pool. */
export interface Want {
  readonly pool: number;
  readonly count: number;
}

/**
 * Counted limits with queues (night.md N6). A request takes all its tokens at once or waits for all of them: first come,
 * first served in each of its pools, so the oldest request of all is never overtaken and no two wait for each other.
 * A pool without a limit counts, but nobody queues for it.
 */
export interface Tokens {
  /** @param limit at least 1; null = none */
  addPool(limit: number | null): number;
  /**
   * A count above a pool's limit stands for all the tokens of that pool, here and in `release`.
   * @returns whether granted now; else it waits, and a later `release` or `withdraw` names the owner
   * @throws {RangeError} if the owner waits already
   */
  request(owner: number, wants: readonly Want[]): boolean;
  /** @returns the owners granted by this, oldest request first @throws {RangeError} for what the owner does not hold */
  release(owner: number, gives: readonly Want[]): readonly number[];
  /** Gives tokens from one holder to another; nobody who waits gains or loses by it. */
  hand(from: number, to: number, wants: readonly Want[]): void;
  /** Takes waiting requests back, all before anybody else is looked at; nothing happens where none waits. @returns the owners granted by this, oldest first */
  withdraw(owners: readonly number[]): readonly number[];
  /** @returns what an owner holds now, every pool once: a copy */
  heldBy(owner: number): readonly Want[];
  inUse(pool: number): number;
  /** @returns pools, of those wanted, that a request made now would have to wait for */
  blocking(wants: readonly Want[]): readonly number[];
  /** nobody holds or waits for anything */
  isIdle(): boolean;
  /** @returns how many requests wait for it */
  waiting(pool: number): number;
}

export function createTokens(): Tokens {
  return new TokenPools();
}

interface Request {
  readonly owner: number;
  /** grows with each request that has to wait */
  readonly turn: number;
  readonly wants: readonly Want[];
  isWaiting: boolean;
}

interface Pool {
  readonly limit: number | null;
  inUse: number;
  waiting: number;
  /** From `head` on: waiting requests, between them some that were withdrawn and are dropped once they come first. */
  queue: Request[];
  head: number;
}

function isNamedBefore(wants: readonly Want[], end: number, pool: number): boolean {
  for (let at = 0; at < end; at++) if (wants[at]!.pool === pool) return true;
  return false;
}

/** @returns where the pool stands in a list of what is held; -1 = nowhere */
function placeIn(holdings: readonly number[], pool: number): number {
  for (let at = 0; at < holdings.length; at += 2) if (holdings[at] === pool) return at;
  return -1;
}

/** so many that were dropped may stand before the first who waits: a short queue is not copied again and again */
const mostDropped = 32;

const isCount = (count: number): boolean => Number.isInteger(count) && count >= 0;

const nobody: readonly number[] = [];
export const nothing: readonly Want[] = [];

class TokenPools implements Tokens {
  private readonly pools: Pool[] = [];
  // by owner, who are numbered from 0
  private readonly waitingOf: (Request | undefined)[] = [];
  /** pool, count, pool, count, ... */
  private readonly held: (number[] | undefined)[] = [];
  /** owners that wait, and that hold something */
  private waiters = 0;
  private holders = 0;
  private turn = 0;
  /** pools, while requests are granted */
  private readonly toLookAt: number[] = [];

  addPool(limit: number | null): number {
    if (limit !== null && !(Number.isInteger(limit) && limit >= 1))
      throw new RangeError(`limit: expected a whole number >= 1 or null, got ${limit}`);
    return this.pools.push({ limit, inUse: 0, waiting: 0, queue: [], head: 0 }) - 1;
  }

  request(owner: number, wants: readonly Want[]): boolean {
    this.fit(owner);
    if (this.waitingOf[owner] !== undefined) throw new RangeError(`owner ${owner} waits already`);
    const needed = this.clamp(wants);
    const isFree = this.isFree(needed);
    if (isFree) this.take(owner, needed);
    else this.enqueue({ owner, turn: this.turn++, wants: needed, isWaiting: true });
    return isFree;
  }

  release(owner: number, gives: readonly Want[]): readonly number[] {
    const given = this.clamp(gives);
    for (const { pool, count } of given) this.giveBack(owner, pool, count);
    return this.grantFrom(given);
  }

  hand(from: number, to: number, wants: readonly Want[]): void {
    const given = this.clamp(wants);
    this.fit(to);
    for (const { pool, count } of given) this.giveBack(from, pool, count);
    this.take(to, given);
  }

  withdraw(owners: readonly number[]): readonly number[] {
    const requests = owners.flatMap((owner) => this.waitingOf[owner] ?? []);
    for (const request of requests) this.leave(request);
    return requests.length === 0 ? nobody : this.grantFrom(requests.flatMap((request) => request.wants));
  }

  heldBy(owner: number): readonly Want[] {
    const holdings = this.held[owner] ?? [];
    const list: Want[] = [];
    for (let at = 0; at < holdings.length; at += 2)
      list.push({ pool: holdings[at]!, count: holdings[at + 1]! });
    return list;
  }

  inUse(pool: number): number {
    return this.poolAt(pool).inUse;
  }

  blocking(wants: readonly Want[]): readonly number[] {
    return this.clamp(wants)
      .filter(({ pool, count }) => {
        const wanted = this.pools[pool]!;
        return this.firstOf(wanted) !== null || !this.hasRoom(wanted, count);
      })
      .map(({ pool }) => pool);
  }

  isIdle(): boolean {
    return this.holders === 0 && this.waiters === 0;
  }

  waiting(pool: number): number {
    return this.poolAt(pool).waiting;
  }

  /** Every pool once, none for nothing. */
  private clamp(wants: readonly Want[]): readonly Want[] {
    if (this.isClamped(wants)) return wants;
    const totals = new Map<number, number>();
    for (const { pool, count } of wants) {
      if (!isCount(count))
        throw new RangeError(`count: expected a whole number >= 0, got ${count} for pool ${pool}`);
      const wanted = (totals.get(pool) ?? 0) + count;
      if (wanted > 0) totals.set(pool, Math.min(wanted, this.poolAt(pool).limit ?? Infinity));
    }
    return Array.from(totals, ([pool, count]) => ({ pool, count }));
  }

  /** as nearly all are */
  private isClamped(wants: readonly Want[]): boolean {
    for (let i = 0; i < wants.length; i++) {
      const { pool, count } = wants[i]!;
      if (!isCount(count) || count === 0) return false;
      const { limit } = this.poolAt(pool);
      if ((limit !== null && count > limit) || isNamedBefore(wants, i, pool)) return false;
    }
    return true;
  }

  private isFree(wants: readonly Want[]): boolean {
    for (const { pool: id, count } of wants) {
      const pool = this.pools[id]!;
      if (!this.hasRoom(pool, count) || this.firstOf(pool) !== null) return false;
    }
    return true;
  }

  private hasRoom(pool: Pool, count: number): boolean {
    return pool.limit === null || pool.inUse + count <= pool.limit;
  }

  /** The oldest request that waits for a pool. */
  private firstOf(pool: Pool): Request | null {
    if (pool.waiting === 0 || pool.limit === null) return null;
    while (pool.head < pool.queue.length && !pool.queue[pool.head]!.isWaiting) pool.head++;
    if (pool.head >= mostDropped && pool.head * 2 > pool.queue.length) {
      pool.queue = pool.queue.slice(pool.head);
      pool.head = 0;
    }
    return pool.queue[pool.head] ?? null;
  }

  private enqueue(request: Request): void {
    this.waitingOf[request.owner] = request;
    this.waiters++;
    for (const want of request.wants) {
      const pool = this.pools[want.pool]!;
      pool.waiting++;
      if (pool.limit !== null) pool.queue.push(request);
    }
  }

  private leave(request: Request): void {
    request.isWaiting = false;
    this.waitingOf[request.owner] = undefined;
    this.waiters--;
    for (const { pool } of request.wants) this.pools[pool]!.waiting--;
  }

  /** so that no list has gaps, with which it would be a dictionary */
  private fit(owner: number): void {
    while (this.waitingOf.length <= owner) {
      this.waitingOf.push(undefined);
      this.held.push(undefined);
    }
  }

  private take(owner: number, wants: readonly Want[]): void {
    if (wants.length === 0) return;
    let holdings = this.held[owner];
    if (holdings === undefined) {
      this.held[owner] = holdings = [];
      this.holders++;
    }
    for (const { pool, count } of wants) {
      this.pools[pool]!.inUse += count;
      const at = placeIn(holdings, pool);
      if (at < 0) holdings.push(pool, count);
      else holdings[at + 1]! += count;
    }
  }

  private giveBack(owner: number, pool: number, count: number): void {
    const holdings = this.held[owner] ?? [];
    const at = placeIn(holdings, pool);
    const present = at < 0 ? 0 : holdings[at + 1]!;
    if (present < count || at < 0)
      throw new RangeError(`owner ${owner} holds ${present} of pool ${pool}, not ${count}`);
    this.pools[pool]!.inUse -= count;
    if (present > count) {
      holdings[at + 1] = present - count;
      return;
    }
    // the last one fills the gap
    holdings[at + 1] = holdings.at(-1)!;
    holdings[at] = holdings.at(-2)!;
    holdings.length -= 2;
    if (holdings.length > 0) return;
    this.held[owner] = undefined;
    this.holders--;
  }

  /**
   * Grants what changes in these pools have made possible, and what that makes possible in turn. No request frees an
   * older one, and two that come first never share a pool: so the order of looking decides nothing.
   */
  private grantFrom(changed: readonly Want[]): readonly number[] {
    const { toLookAt } = this;
    for (const { pool } of changed) toLookAt.push(pool);
    let granted: Request[] | null = null;
    for (let pool = toLookAt.pop(); pool !== undefined; pool = toLookAt.pop()) {
      const request = this.firstOf(this.pools[pool]!);
      if (request === null || !this.isGrantable(request)) continue;
      this.leave(request);
      this.take(request.owner, request.wants);
      (granted ??= []).push(request);
      for (const want of request.wants) toLookAt.push(want.pool);
    }
    if (granted === null) return nobody;
    if (granted.length > 1) granted.sort((a, b) => a.turn - b.turn);
    return granted.map((request) => request.owner);
  }

  private isGrantable(request: Request): boolean {
    for (const { pool: id, count } of request.wants) {
      const pool = this.pools[id]!;
      if (pool.limit !== null && !(this.firstOf(pool) === request && this.hasRoom(pool, count))) return false;
    }
    return true;
  }

  private poolAt(pool: number): Pool {
    const found = this.pools[pool];
    if (found === undefined) throw new RangeError(`no pool ${pool}`);
    return found;
  }
}
