import { type Draws, pickWeighted } from './draws.ts';
import type { BuiltHall } from './halls.ts';

export interface Place {
  readonly server: string;
  /** of its first disk, and of the others where they lie elsewhere */
  readonly stores: readonly string[];
}

/** So many VMs of several disks have them on two data stores [P]. */
const secondStoreShare = 0.1;

/**
 * Where a VM of a pod runs and lies. Any server of a hall is as likely: VMs per server come out at a CV of 0.22, as
 * counted in real estates (0.23, domain.md 4.1).
 */
export function placeOf(draws: Draws, halls: readonly BuiltHall[], key: string): Place {
  const shares = halls.map((hall) => hall.share);
  const h = halls.length === 1 ? 0 : pickWeighted(shares, draws.uniform('placement', 'hall', key));
  const hall = halls[h]!;
  const s = Math.floor(hall.servers.length * draws.uniform('placement', 'server', key));
  const { id, stores } = hall.servers[s]!;
  const weights = hall.weights[s]!;
  const first = stores[pickWeighted(weights, draws.uniform('placement', 'store', key))]!;
  if (draws.uniform('placement', 'second store', key) >= secondStoreShare)
    return { server: id, stores: [first] };
  const other = stores[pickWeighted(weights, draws.uniform('placement', 'other store', key))]!;
  return { server: id, stores: first === other ? [first] : [first, other] };
}
