export interface Trial<T> {
  readonly candidate: T;
  readonly met: number;
  readonly missed: number;
}

export interface Search<T> {
  /** null = none of them meets it */
  readonly found: Trial<T> | null;
  /** in order, as far as they were looked at; those that were refused stopped at the miss that was one too many */
  readonly tried: readonly Trial<T>[];
}

/**
 * The first candidate that meets a target in all nights but so many. Every one before it is refused by misses of its own: that
 * more is better is not assumed.
 *
 * @param candidates cheapest first
 * @param meets whether the candidate meets the target in a night, 1 to nights
 * @param width so many questions at once; what is found does not depend on it
 */
export async function firstThatMeets<T>(
  candidates: readonly T[],
  meets: (candidate: T, night: number) => Promise<boolean>,
  { nights, allowed, width }: { nights: number; allowed: number; width: number },
): Promise<Search<T>> {
  const tried: Trial<T>[] = [];
  for (let at = 0; at < candidates.length; at += width) {
    // most are refused in their first nights: those of some candidates are looked at together
    const group = candidates.slice(at, at + width);
    await Promise.all(group.map((candidate) => meets(candidate, 1)));
    for (const candidate of group) {
      const trial = await tryAll(candidate, meets, { nights, allowed, width });
      tried.push(trial);
      if (trial.missed <= allowed) return { found: trial, tried };
    }
  }
  return { found: null, tried };
}

async function tryAll<T>(
  candidate: T,
  meets: (candidate: T, night: number) => Promise<boolean>,
  { nights, allowed, width }: { nights: number; allowed: number; width: number },
): Promise<Trial<T>> {
  let [met, missed] = [0, 0];
  if (!(await meets(candidate, 1))) missed++;
  else met++;
  for (let night = 2; night <= nights && missed <= allowed; night += width) {
    const some = Array.from({ length: Math.min(width, nights - night + 1) }, (_, i) => night + i);
    for (const isMet of await Promise.all(some.map((each) => meets(candidate, each)))) {
      if (missed > allowed) break;
      if (isMet) met++;
      else missed++;
    }
  }
  return { candidate, met, missed };
}
