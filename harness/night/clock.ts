import type { Document } from '../model/document/document.ts';
import { sameInstantS } from '../model/executor.ts';
import { parseTimeOfDay } from '../model/units.ts';

const dayS = 86_400;
const noonS = dayS / 2;

/** Seconds since noon: a night runs from one noon to the next, so that 02:00 comes after 22:00. */
const sinceNoon = (timeOfDay: string): number => (parseTimeOfDay(timeOfDay) + dayS - noonS) % dayS;

export interface NightClock {
  /** second of the day at time 0, the start of the first job */
  readonly originS: number;
  /** seconds from time 0; negative for what comes before the first job */
  readonly atS: (timeOfDay: string) => number;
  /** the end of a span that begins at `from`: the next time that the clock shows `to` */
  readonly untilS: (from: string, to: string) => number;
}

export function createClock(document: Document): NightClock {
  const first = document.jobs.map((j) => j.start).reduce((a, b) => (sinceNoon(b) < sinceNoon(a) ? b : a));
  const atS = (time: string) => sinceNoon(time) - sinceNoon(first);
  return {
    originS: parseTimeOfDay(first),
    atS,
    untilS: (from, to) => atS(from) + ((parseTimeOfDay(to) - parseTimeOfDay(from) + dayS) % dayS),
  };
}

/** Hours since the midnight before time 0. An instant may be stamped a little before the hour that it begins (night.md N27). */
export const nightHourAt = (originS: number, atS: number): number =>
  Math.floor((originS + atS + sameInstantS) / 3600);

/** Hour of the day, 0 to 23, at a time of the night. */
export const hourAt = (originS: number, atS: number): number => ((nightHourAt(originS, atS) % 24) + 24) % 24;
