import type { JobPresence } from '../model/listener.ts';
import type { Id } from '../model/facts.ts';
import type { StrategyPromise } from '../model/strategy.ts';
import { obstacleTo, type Candidate } from './verdicts.ts';

/** What a unit that awaits waits for, as far as it can be counted. */
export const waitReasons = {
  leaderless: 'its job had lost its coordinator, and nobody decided',
  pending: 'its job pended between two rounds',
  'round-over': 'the round had no more starts, and its last attempts were still under way',
  failed: 'it had failed, and was not to be started again before the next round',
  'job-streams': 'all streams of its job were taken',
  'agent-slots': 'no media agent of its job had a free slot',
  window: 'the window had ended, and nothing started any more',
  'no-path': 'no proxy reaches it',
  'tier-closed': 'every proxy in service that reaches it does so in a mode that opens in a later round',
  'out-of-service': 'every proxy open to it was out of service',
  'proxies-full': 'every proxy open to it was at its limit, or without a slot at a media agent',
  'device-busy': 'a proxy had room for it, but there were streams on its devices',
  'others-first':
    'a proxy had room for it and its devices were idle: the strategy put others first, or waited',
} as const;

export type WaitReason = keyof typeof waitReasons;

/** @returns null = it does not await */
export function whyWaits(
  { facts, view, state }: JobPresence,
  unit: Id,
  { candidates, keeps }: { candidates: readonly Candidate[]; keeps: readonly StrategyPromise[] },
): WaitReason | null {
  if (!view.isAwaiting(unit)) return null;
  if (candidates.length === 0) return 'no-path';
  const now = state();
  if (now === 'leaderless' || now === 'pending') return now;
  if (now === 'starts-ended' || now === 'asleep') return 'round-over';
  if (now === 'window-closed') return 'window';
  if (now !== 'asking') return null;
  if (view.jobFree < 1) return view.jobActive >= facts.streams ? 'job-streams' : 'agent-slots';
  const obstacles = candidates.map((c) => obstacleTo(c, view, keeps));
  if (obstacles.includes(null))
    return facts.units[unit]!.devices.some((d) => view.devices.active[d]! > 0)
      ? 'device-busy'
      : 'others-first';
  if (obstacles.some((o) => o === 'at-limit' || o === 'no-agent-slot')) return 'proxies-full';
  return obstacles.includes('not-yet') ? 'tier-closed' : 'out-of-service';
}
