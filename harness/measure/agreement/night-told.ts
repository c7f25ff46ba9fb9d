import type { Series } from '../../model/kind.ts';

/** One attempt of a night, told by names. */
export interface AttemptTold {
  readonly vm: string;
  readonly proxy: string;
  readonly startS: number;
  readonly endS: number;
  readonly cause: string;
}

/** What two nights are laid beside each other by. */
export interface NightTold {
  /** by metric name */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly series: Readonly<Record<string, Series>>;
  /** in order of decision */
  readonly attempts: readonly AttemptTold[];
}

export const attemptsSeries = (attempts: readonly AttemptTold[]): Series => ({
  vm: attempts.map((a) => a.vm),
  proxy: attempts.map((a) => a.proxy),
  startS: attempts.map((a) => a.startS),
  endS: attempts.map((a) => a.endS),
  cause: attempts.map((a) => a.cause),
});

export function readAttempts(series: Series): AttemptTold[] {
  const { vm = [], proxy = [], startS = [], endS = [], cause = [] } = series;
  return vm.map((name, i) => ({
    vm: String(name),
    proxy: String(proxy[i]),
    startS: Number(startS[i]),
    endS: Number(endS[i]),
    cause: String(cause[i]),
  }));
}

/** By VM: when the last of its attempts that finished did. */
export function endsByVm({ attempts }: NightTold): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { vm, endS, cause } of attempts)
    if (cause === 'finished') ends.set(vm, Math.max(endS, ends.get(vm) ?? 0));
  return ends;
}

export const numbers = (series: Series | undefined, column: string): number[] =>
  (series?.[column] ?? []).map(Number);
