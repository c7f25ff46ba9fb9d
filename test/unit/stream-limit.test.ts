import { describe, expect, it } from 'vitest';
import { comfortableStreams, streamLimit } from '../../harness/night/stream-limit.ts';

describe('streamLimit (S:466)', () => {
  it('is set by RAM where that is less: 8 CPUs and 200 MB carry 2', () => {
    expect(streamLimit(8, 200)).toBe(2);
  });

  it('is 20 for 2 CPUs and 2 GB: 10 per CPU, 1 per 100 MB, both 20', () => {
    expect(streamLimit(2, 2000)).toBe(20);
  });

  it('is set by CPUs where that is less: 1 CPU and 64 GB carry 10', () => {
    expect(streamLimit(1, 64_000)).toBe(10);
  });

  it('counts whole 100 MB only: 299 MB carry 2', () => {
    expect(streamLimit(1, 299)).toBe(2);
  });

  it('is at least 1 (A12, our reading)', () => {
    expect(streamLimit(1, 50)).toBe(1);
  });
});

describe('comfortableStreams (night.md N4)', () => {
  it('is far below the limit: 4 cores and 8 GB carry 8 in comfort, 40 by the rule', () => {
    const proxy = { cpus: 4, ramMB: 8000, streamsPerCore: 2, ramMBPerStream: 1000 };
    expect(comfortableStreams(proxy)).toBe(8);
    expect(streamLimit(4, 8000)).toBe(40);
  });

  it('is at least 1, and counts whole streams only', () => {
    const proxy = { cpus: 1, ramMB: 500, streamsPerCore: 2, ramMBPerStream: 1000 };
    expect(comfortableStreams(proxy)).toBe(1);
    expect(comfortableStreams({ ...proxy, cpus: 4, ramMB: 3900 })).toBe(3);
  });
});
