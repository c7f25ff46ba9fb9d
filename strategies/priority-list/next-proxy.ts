import type { Id, JobFacts, Roles } from '../../harness/model/facts.ts';
import type { Random, View } from '../../harness/model/strategy.ts';
import { canServeLater, hasRoom } from '../../harness/kit/proxy-room.ts';
import type { PriorityListParams } from './params.ts';

/** Which proxies may take a stream, and which of them is the next available one. */
export interface NextProxy {
  isAvailable(proxy: Id, view: View): boolean;
  /** it takes streams again once some end, of whatever job (N12) */
  servesLater(proxy: Id, view: View): boolean;
  /** the next available proxy of those given. @returns null = none was given */
  pick(available: readonly Id[], view: View): Id | null;
  /** an attempt of this job failed there */
  failed(proxy: Id): void;
}

export function createNextProxy(
  params: PriorityListParams,
  { job, roles, rng }: { job: JobFacts; roles: Roles; rng: Random },
): NextProxy {
  const failures = new Map<Id, number>();

  /** A22 */
  const isDropped = (proxy: Id) =>
    params.dropAfter !== null && (failures.get(proxy) ?? 0) >= Math.max(1, params.dropAfter);

  /** Streams of all jobs over the proxy's limit (S:522-524). */
  function utilisationOf(proxy: Id, view: View): number {
    if (!params.utilisation) return 0;
    const isPenalised = params.coordinatorMoves === 'penalised' && proxy === roles.coordinator; // A28
    return (view.proxies.active[proxy]! + Number(isPenalised)) / view.proxies.limit[proxy]!;
  }

  /** A11; those given are equal and ascending */
  const breakTie: Record<PriorityListParams['tie'], (equal: readonly Id[]) => Id> = {
    'lowest-id': (equal) => equal[0]!,
    'controller-first': (equal) => equal.find((p) => p !== roles.coordinator) ?? equal[0]!,
    random: (equal) => equal[equal.length === 1 ? 0 : rng.below(equal.length)]!,
  };

  return {
    isAvailable: (proxy, view) => !isDropped(proxy) && hasRoom(view, proxy, params.limit),
    servesLater: (proxy, view) => !isDropped(proxy) && canServeLater(job, view, proxy),
    /** S:526: the lowest utilisation */
    pick(available, view) {
      let least = Infinity;
      let equal: Id[] = [];
      for (const proxy of available) {
        const utilisation = utilisationOf(proxy, view);
        if (utilisation < least) [least, equal] = [utilisation, [proxy]];
        else if (utilisation === least) equal.push(proxy);
      }
      return equal.length === 0 ? null : breakTie[params.tie](equal);
    },
    failed: (proxy) => void failures.set(proxy, (failures.get(proxy) ?? 0) + 1),
  };
}
