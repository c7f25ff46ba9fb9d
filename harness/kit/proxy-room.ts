import { tiers } from '../model/access.ts';
import type { Id, JobFacts } from '../model/facts.ts';
import type { StrategyPromise, View } from '../model/strategy.ts';

/** The proxy takes streams of the job now, or once others have ended: what waits for it is delayed, not stranded (night.md N12). */
export const canServeLater = (job: JobFacts, view: View, proxy: Id): boolean =>
  view.proxies.inService[proxy] === 1 && job.agentsOf(proxy).some((a) => view.agents.inService[a] === 1);

/** Whether what waits for one of these proxies is delayed. The first proxy nearly always says so. */
export function isDelayed(job: JobFacts, view: View, proxies: Iterable<Id>): boolean {
  for (const proxy of proxies) if (canServeLater(job, view, proxy)) return true;
  return false;
}

/** @returns by reach: the proxies that get to its units in any mode, ascending */
export function createUsableProxies(job: JobFacts): (reach: Id) => readonly Id[] {
  const lists: (readonly Id[])[] = [];
  return (reach) =>
    (lists[reach] ??= tiers.flatMap((tier) => job.candidates(reach, tier)).toSorted((a, b) => a - b));
}

/** What a strategy promises whose parameter says whether it keeps to the limits of the proxies (night.md N5). */
export const limitPromise = (respectLimit: boolean): readonly StrategyPromise[] =>
  respectLimit ? ['proxy-limit'] : [];
