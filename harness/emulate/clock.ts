/** The time of the night, from the clock that all threads of a process share. */
export interface NightClock {
  nowS(): number;
  /** milliseconds of wall time until then; <= 0 = it is past */
  msUntil(atS: number): number;
}

/** Milliseconds; the same on every thread. */
export const wallMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

/** @param scale seconds of the night in a second of wall time */
export function createNightClock(startMs: number, scale: number): NightClock {
  const nowS = () => ((wallMs() - startMs) / 1000) * scale;
  return { nowS, msUntil: (atS) => ((atS - nowS()) / scale) * 1000 };
}
