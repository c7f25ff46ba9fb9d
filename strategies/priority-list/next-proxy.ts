import { canServeLater } from '../../harness/kit/proxy-room.ts';
import { createRoomWatch } from '../../harness/kit/room-watch.ts';
import type { Id, JobFacts, Roles } from '../../harness/model/facts.ts';
import type { Notice, Random, View } from '../../harness/model/strategy.ts';
import type { PriorityListParams } from './params.ts';

/** Which proxies may take a stream, and which of them is the next available one. */
export interface NextProxy {
  isAvailable(proxy: Id): boolean;
  /** it takes streams again once some end, of whatever job (N12) */
  servesLater(proxy: Id, view: View): boolean;
  /** streams of all jobs over the proxy's limit (S:522-524) */
  utilisationOf(proxy: Id, view: View): number;
  /** A11; of proxies that are equal and ascending: a place among them */
  breakTie(equal: readonly Id[]): number;
  /** of a few proxies, ascending: the lowest utilisation (S:526). @returns null = none was given */
  pick(available: readonly Id[], view: View): Id | null;
  /** is to be told of every notice, first */
  notice(n: Notice, view: View): void;
}

/** @param changed is told of each proxy that may have become available, ceased to be, or changed its utilisation */
export function createNextProxy(
  params: PriorityListParams,
  setup: { job: JobFacts; roles: Roles; rng: Random; proxyCount: number },
  changed: (proxy: Id, view: View) => void,
): NextProxy {
  const { job, roles, rng, proxyCount } = setup;
  const failures = new Map<Id, number>();
  const room = createRoomWatch(job, { proxyCount, respectLimit: params.limit }, changed);

  /** A22 */
  const isDropped = (proxy: Id) =>
    params.dropAfter !== null && (failures.get(proxy) ?? 0) >= Math.max(1, params.dropAfter);

  function utilisationOf(proxy: Id, view: View): number {
    if (!params.utilisation) return 0;
    const isPenalised = params.coordinatorMoves === 'penalised' && proxy === roles.coordinator; // A28
    return (view.proxies.active[proxy]! + Number(isPenalised)) / view.proxies.limit[proxy]!;
  }

  const breakTie: Record<PriorityListParams['tie'], NextProxy['breakTie']> = {
    'lowest-id': () => 0,
    'controller-first': (equal) => (equal[0] === roles.coordinator && equal.length > 1 ? 1 : 0),
    random: (equal) => (equal.length === 1 ? 0 : rng.below(equal.length)),
  };

  return {
    isAvailable: (proxy) => room.has(proxy) && !isDropped(proxy),
    servesLater: (proxy, view) => !isDropped(proxy) && canServeLater(job, view, proxy),
    utilisationOf,
    breakTie: breakTie[params.tie],
    pick(available, view) {
      let least = Infinity;
      let equal: Id[] = [];
      for (const proxy of available) {
        const utilisation = utilisationOf(proxy, view);
        if (utilisation < least) [least, equal] = [utilisation, [proxy]];
        else if (utilisation === least) equal.push(proxy);
      }
      return equal.length === 0 ? null : equal[breakTie[params.tie](equal)]!;
    },
    notice(n, view) {
      room.notice(n, view);
      if (n.type !== 'failed') return;
      failures.set(n.proxy, (failures.get(n.proxy) ?? 0) + 1);
      changed(n.proxy, view);
    },
  };
}
