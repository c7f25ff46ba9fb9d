import type { Id, JobFacts } from '../model/facts.ts';
import type { Decision, View } from '../model/strategy.ts';
import { canServeLater, createUsableProxies, hasRoom } from './proxy-room.ts';

/**
 * The frame of rules that take VMs in input order, in any usable mode: each VM goes to the proxy that `pick` chooses of those
 * with room; a VM that none has room for is skipped; the round ends when nothing that awaits could start even later.
 *
 * @param pick is given proxies that reach the unit and have room, ascending, at least one
 */
export function takeInOrder(
  job: JobFacts,
  { respectLimit, pick }: { respectLimit: boolean; pick: (proxies: readonly Id[], view: View) => Id },
): (view: View) => Decision {
  const usable = createUsableProxies(job);
  return (view) => {
    if (view.awaitingCount === 0) return { do: 'end-round' };
    if (view.jobFree === 0) return { do: 'wait' };
    // units of one reach stand alike: the first that finds no room speaks for all
    const full = new Set<Id>();
    let isDelayed = false;
    for (const unit of view.awaiting()) {
      const { reach } = job.units[unit]!;
      if (full.has(reach)) continue;
      const proxies = usable(reach).filter((p) => hasRoom(view, p, respectLimit));
      if (proxies.length > 0) return { do: 'start', unit, proxy: pick(proxies, view) };
      full.add(reach);
      isDelayed ||= usable(reach).some((p) => canServeLater(job, view, p));
    }
    return { do: isDelayed ? 'wait' : 'end-round' };
  };
}
