import type { Task } from 'tinybench';

/** @returns NaN of none */
export function median(xs: readonly number[]): number {
  const sorted = xs.toSorted((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[sorted.length >> 1]!;
}

/** @throws whatever the task threw */
export function medianMs({ result }: Task): number {
  if (result.state === 'completed') return result.latency.p50;
  throw 'error' in result ? result.error : new Error(`a bench is ${result.state}`);
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
