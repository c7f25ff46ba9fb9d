import { describe, expect, it } from 'vitest';
import { createTokens } from '../../harness/attempt/tokens.ts';
import type { Want } from '../../harness/attempt/tokens.ts';

const of = (pool: number, count = 1): Want => ({ pool, count });

describe('tokens', () => {
  it('grants while there are some, then in order of asking', () => {
    const tokens = createTokens();
    const pool = tokens.addPool(2);
    expect([7, 8, 9, 3].map((owner) => tokens.request(owner, [of(pool)]))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([tokens.inUse(pool), tokens.waiting(pool)]).toEqual([2, 2]);
    expect(tokens.release(8, [of(pool)])).toEqual([9]);
    expect(tokens.release(7, [of(pool)])).toEqual([3]);
    expect([tokens.inUse(pool), tokens.waiting(pool)]).toEqual([2, 0]);
  });

  it('takes all of a request or nothing', () => {
    const tokens = createTokens();
    const [a, b] = [tokens.addPool(1), tokens.addPool(1)];
    tokens.request(1, [of(b)]);
    expect(tokens.request(2, [of(a), of(b)])).toBe(false);
    expect(tokens.inUse(a)).toBe(0);
    expect(tokens.release(1, [of(b)])).toEqual([2]);
    expect(tokens.heldBy(2)).toEqual([of(a), of(b)]);
  });

  it('lets nobody overtake, even where there is room for the later one', () => {
    const tokens = createTokens();
    const pool = tokens.addPool(3);
    tokens.request(1, [of(pool, 2)]);
    expect(tokens.request(2, [of(pool, 2)])).toBe(false);
    expect(tokens.request(3, [of(pool, 1)])).toBe(false);
    expect(tokens.release(1, [of(pool, 2)])).toEqual([2, 3]);
  });

  it('goes on to requests that wait behind the granted one in other pools', () => {
    const tokens = createTokens();
    const [a, b, c] = [tokens.addPool(1), tokens.addPool(2), tokens.addPool(2)];
    tokens.request(1, [of(a)]);
    tokens.request(2, [of(a), of(b)]);
    tokens.request(3, [of(b), of(c)]);
    tokens.request(4, [of(c)]);
    // 1 frees a: 2 goes, so 3 is first on b and goes, so 4 is first on c and goes
    expect(tokens.release(1, [of(a)])).toEqual([2, 3, 4]);
  });

  it('withdraws a waiting request and grants what it stood before', () => {
    const tokens = createTokens();
    const [a, b] = [tokens.addPool(1), tokens.addPool(1)];
    tokens.request(1, [of(a)]);
    tokens.request(2, [of(a), of(b)]);
    tokens.request(3, [of(b)]);
    tokens.request(4, [of(a)]);
    expect(tokens.withdraw([2])).toEqual([3]);
    expect(tokens.withdraw([2])).toEqual([]);
    expect(tokens.waiting(a)).toBe(1);
    expect(tokens.release(1, [of(a)])).toEqual([4]);
  });

  it('keeps its place for a request whose neighbours in the queue are withdrawn', () => {
    const tokens = createTokens();
    const pool = tokens.addPool(1);
    for (let owner = 0; owner < 20; owner++) tokens.request(owner, [of(pool)]);
    for (let owner = 1; owner < 20; owner++) if (owner % 5 !== 0) tokens.withdraw([owner]);
    expect(tokens.waiting(pool)).toBe(3);
    expect(tokens.release(0, [of(pool)])).toEqual([5]);
    expect(tokens.release(5, [of(pool)])).toEqual([10]);
    expect(tokens.withdraw([15])).toEqual([]);
    expect(tokens.release(10, [of(pool)])).toEqual([]);
    expect(tokens.inUse(pool)).toBe(0);
  });

  it('gives a VM with more disks than a proxy may attach all that there are', () => {
    const tokens = createTokens();
    const disks = tokens.addPool(60);
    expect(tokens.request(1, [of(disks, 64)])).toBe(true);
    expect(tokens.inUse(disks)).toBe(60);
    expect(tokens.request(2, [of(disks)])).toBe(false);
    expect(tokens.release(1, [of(disks, 64)])).toEqual([2]);
    expect(tokens.inUse(disks)).toBe(1);
  });

  it('counts a pool named twice as one', () => {
    const tokens = createTokens();
    const pool = tokens.addPool(3);
    tokens.request(1, [of(pool), of(pool, 2)]);
    expect(tokens.heldBy(1)).toEqual([of(pool, 3)]);
    expect(tokens.release(1, [of(pool), of(pool)])).toEqual([]);
    expect(tokens.heldBy(1)).toEqual([of(pool)]);
  });

  it('counts without a limit, and nobody queues for such a pool', () => {
    const tokens = createTokens();
    const [free, tight] = [tokens.addPool(null), tokens.addPool(1)];
    tokens.request(1, [of(tight)]);
    tokens.request(2, [of(free), of(tight)]);
    expect(tokens.request(3, [of(free, 1000)])).toBe(true);
    expect([tokens.inUse(free), tokens.waiting(free)]).toEqual([1000, 1]);
    expect(tokens.release(1, [of(tight)])).toEqual([2]);
  });

  it('grants a request for nothing', () => {
    const tokens = createTokens();
    expect(tokens.request(1, [])).toBe(true);
    expect(tokens.request(1, [of(tokens.addPool(1), 0)])).toBe(true);
    expect(tokens.heldBy(1)).toEqual([]);
  });

  it('refuses what cannot be', () => {
    const tokens = createTokens();
    const pool = tokens.addPool(1);
    tokens.request(1, [of(pool)]);
    tokens.request(2, [of(pool)]);
    expect(() => tokens.addPool(0)).toThrow('limit: expected a whole number >= 1 or null, got 0');
    expect(() => tokens.request(2, [of(pool)])).toThrow('owner 2 waits already');
    expect(() => tokens.release(2, [of(pool)])).toThrow('owner 2 holds 0 of pool 0, not 1');
    expect(() => tokens.request(3, [of(9)])).toThrow('no pool 9');
    expect(() => tokens.request(3, [of(pool, -1)])).toThrow('count: expected a whole number >= 0, got -1');
  });
});
