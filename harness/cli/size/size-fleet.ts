import { pointsOf } from '../../kit/design.ts';
import type { Value } from '../../kit/value-range.ts';
import { longestHeld } from '../../measure/held-back.ts';
import { leastShare, missesAllowed, nightsToShow } from '../../measure/sizing/clean-nights.ts';
import { tooLongAlone, type TooLong } from '../../measure/sizing/too-long.ts';
import { vendorSize, type VendorSize } from '../../measure/sizing/vendor-formula.ts';
import { whatVaries } from '../../measure/sizing/what-varies.ts';
import type { Document } from '../../model/document/document.ts';
import { UserError } from '../../model/errors.ts';
import type { Change, Outcome, PlanDocument } from '../../model/kind.ts';
import { compileNight, type Seeds } from '../../night/compile-night.ts';
import type { Evaluator } from '../../run/evaluate.ts';
import { firstThatMeets, type Trial } from '../../run/first-that-meets.ts';
import { varyDocument } from '../../vary/vary-document.ts';
import { parseKnob } from '../../vary/knobs.ts';
import { changed, type Asked } from '../question.ts';

/** What is wanted of a fleet. */
export interface Target {
  readonly strategy: string;
  /** hours */
  readonly windowH: number;
  /** of VMs or bytes, in (0, 1] */
  readonly protect: number;
  readonly of: 'vms' | 'bytes';
  /** that so many nights meet it, with this confidence: both in (0, 1) */
  readonly ofNights: number;
  readonly confidence: number;
  /** null = as many as it takes */
  readonly nights: number | null;
}

export interface Fleet {
  readonly plan: PlanDocument;
  readonly document: Document;
  readonly levels: Readonly<Record<string, Value>>;
  readonly proxies: number;
  readonly cpus: number;
}

/** A fleet in the nights that were simulated of it. */
export interface FleetNights extends Trial<Fleet> {
  /** share that is protected when the window ends, least first */
  readonly shares: readonly number[];
  /** what the night with the least share says */
  readonly worst: Outcome | null;
}

export interface SizeAnswer {
  readonly target: Target;
  readonly nights: number;
  readonly allowed: number;
  /** what differs from night to night, in words */
  readonly varies: readonly string[];
  /** shown by clean nights, with the confidence */
  readonly shown: number;
  readonly enough: number;
  readonly fleets: readonly Fleet[];
  readonly found: FleetNights | null;
  /** in the order in which they were tried, the found one last */
  readonly tried: readonly FleetNights[];
  /** in the fleet that is looked at */
  readonly tooLong: readonly TooLong[];
  /** they alone rule the target out, for every fleet */
  readonly isRuledOut: boolean;
  readonly held: { readonly what: string; readonly share: number } | null;
  readonly vendor: VendorSize;
  readonly caveats: readonly string[];
}

/** Every fleet of the axes, the one with the fewest CPUs first, then that with the fewest proxies. @throws {UserError} */
export function fleetsOf(asked: Asked, windowH: number): readonly Fleet[] {
  const { knobs, ranges, fixed, design } = asked.ask;
  if (ranges.length > 0)
    throw new UserError('size varies the document; a strategy and its parameters go into --strategy');
  const fleets = pointsOf(knobs, design).map((point) => {
    const levels = Object.fromEntries(point);
    const changes: Change[] = [
      ...knobs.flatMap(({ name }) => (point.has(name) ? [parseKnob(name, point.get(name)!)] : [])),
      ...(point.has('window') ? [] : [parseKnob('window', windowH)]),
      ...fixed,
    ];
    const name = [asked.loaded.name, ...Object.entries(levels).map(([k, v]) => `${k}=${v}`)].join(' ');
    const { document } = varyDocument(asked.document, changes);
    const present = document.proxies.filter(({ installed, active }) => installed && active);
    const cpus = present.reduce((sum, proxy) => sum + proxy.cpus, 0);
    return { plan: changed(asked, changes, name), document, levels, proxies: document.proxies.length, cpus };
  });
  return fleets.toSorted((a, b) => a.cpus - b.cpus || a.proxies - b.proxies);
}

const metricOf = {
  vms: 'protected_vms_at_window_pct',
  bytes: 'protected_bytes_at_window_pct',
} as const;

/** The cluster seed draws placement where it is assumed: another one for each night. */
export const seedsOf = (night: number): Seeds => ({ clusterSeed: night, nightSeed: night });

/** The smallest of the fleets that meets the target over the nights. */
export async function sizeFleet(
  { fleets, target, threads }: { fleets: readonly Fleet[]; target: Target; threads: number },
  evaluator: Evaluator,
): Promise<SizeAnswer> {
  const { strategy, protect, of, ofNights, confidence } = target;
  const largest = fleets.at(-1)!;
  const varies = whatVaries(largest.document);
  const enough = varies.length === 0 ? 1 : nightsToShow(ofNights, confidence);
  const nights = varies.length === 0 ? 1 : (target.nights ?? enough);
  const allowed = missesAllowed(nights, ofNights, confidence) ?? 0;
  const frame = compileNight(largest.document, seedsOf(1));
  const tooLong = tooLongAlone(frame);
  const whole = vendorSize(frame, target.windowH).toMoveMB;
  const selected = frame.jobs.reduce((sum, job) => sum + job.vms.length, 0);
  const lost =
    of === 'vms' ? tooLong.length / selected : tooLong.reduce((sum, vm) => sum + vm.toMoveMB, 0) / whole;
  const isRuledOut = lost > 1 - protect + slack;

  const outcomeAt = (fleet: Fleet, night: number) =>
    evaluator.evaluate(fleet.plan, { strategy, ...seedsOf(night) });
  const shareIn = ({ metrics }: Outcome) => (metrics[metricOf[of]] ?? 0) / 100;
  const search = isRuledOut
    ? { found: null, tried: [] }
    : await firstThatMeets(
        fleets,
        async (fleet, night) => shareIn(await outcomeAt(fleet, night)) >= protect - slack,
        { nights, allowed, width: threads },
      );
  const detail = async (trial: Trial<Fleet>): Promise<FleetNights> => {
    // known already: the evaluator keeps them
    const outcomes = await Promise.all(
      Array.from({ length: trial.met + trial.missed }, (_, i) => outcomeAt(trial.candidate, i + 1)),
    );
    const byShare = outcomes.toSorted((a, b) => shareIn(a) - shareIn(b));
    return { ...trial, shares: byShare.map(shareIn), worst: byShare[0] ?? null };
  };
  const tried = await Promise.all(search.tried.map(detail));
  const found = search.found === null ? null : tried.at(-1)!;
  const looked = found ?? bestOf(tried);
  const fleet = looked?.candidate ?? largest;
  return {
    target,
    nights,
    allowed,
    varies,
    shown:
      found === null || varies.length === 0 ? 0 : leastShare(found.met, found.met + found.missed, confidence),
    enough,
    fleets,
    found,
    tried,
    tooLong,
    isRuledOut,
    held: heldIn(looked),
    vendor: vendorSize(compileNight(fleet.document, seedsOf(1)), target.windowH),
    caveats: fleet.plan.caveats,
  };
}

/** Percentages are computed from sums of floats. */
const slack = 1e-9;

/** The one that came nearest: in the largest share of its nights, then in its worst night. */
export const bestOf = (tried: readonly FleetNights[]): FleetNights | null =>
  tried.toSorted(
    (a, b) => b.met * nightsTried(a) - a.met * nightsTried(b) || b.shares[0]! - a.shares[0]!,
  )[0] ?? null;

const nightsTried = ({ met, missed }: Trial<Fleet>): number => met + missed;

function heldIn(looked: FleetNights | null): SizeAnswer['held'] {
  if (looked === null || looked.worst === null) return null;
  const seeds = seedsOf(1);
  return longestHeld([{ document: '', documentHash: '', strategy: '', ...seeds, outcome: looked.worst }]);
}
