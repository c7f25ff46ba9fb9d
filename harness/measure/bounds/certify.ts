import { tiers, type Tier } from '../../model/access.ts';
import type { Id } from '../../model/facts.ts';
import type { Job, Night } from '../../model/night.ts';
import { sumOf } from '../sum.ts';
import { firstStartOf } from '../tally.ts';
import type { Need } from './needs.ts';
import { remember } from './remember.ts';
import type { Rows } from './rows.ts';
import { earliestEnd } from './supply.ts';
import { featureCount, features, type Use, type Uses } from './uses.ts';

// A bound from prices (weak duality): whatever prices the rows are given, what the work costs by the cheapest way of each
// unit cannot be more than what the rows are worth until the end of the night. So no price can make a bound false: poor
// ones make it low. Where prices come from does not matter.

/** Prices >= 0 of what rows do from a start on: no row means 0. */
export interface Priced {
  /** only work of jobs that start then or later counts for it, and only what rows do from then on */
  readonly startS: number;
  /** by row */
  readonly prices: ReadonlyMap<Id, number>;
}

export interface Certificate {
  /** of the night's clock; Infinity where the rows never do what is needed; 0 where the prices say nothing */
  readonly endS: number;
  /** by row: what it is worth until then */
  readonly worth: ReadonlyMap<Id, number>;
}

export interface Model {
  readonly night: Night;
  readonly rows: Rows;
  readonly uses: Uses;
}

export function certify(
  { night, rows, uses }: Model,
  needs: readonly Need[],
  priced: readonly Priced[],
): Certificate {
  const costsAt = remember((startS: number) =>
    cheapestWay({ night, uses, prices: pricesAt(startS, priced, rows.all.length) }),
  );
  const work = sumOf(needs, (need) => costsAt(need.job.startS)(need));
  if (!(work > 0)) return { endS: 0, worth: new Map() };
  const draws = priced.flatMap(({ startS, prices }) =>
    [...prices].map(([id, price]) => {
      const { supply, headS, tailS } = rows.all[id]!;
      return { id, supply, price, tailS, fromS: Math.max(startS, firstStartOf(night)) + headS };
    }),
  );
  const endS = earliestEnd(draws, work);
  const worth = new Map<Id, number>();
  if (endS < Infinity)
    for (const d of draws) {
      const own = d.price * d.supply.between(d.fromS, endS - d.tailS);
      worth.set(d.id, (worth.get(d.id) ?? 0) + own);
    }
  return { endS, worth };
}

/** What work of a job that starts then pays for, by row. */
function pricesAt(startS: number, priced: readonly Priced[], rowCount: number): Float64Array {
  const sum = new Float64Array(rowCount);
  for (const { prices } of priced.filter((p) => p.startS <= startS))
    for (const [row, price] of prices) sum[row]! += price;
  return sum;
}

interface Offer {
  readonly site: Id;
  /** by place in `features` */
  readonly costs: Float64Array;
}

/** What a unit costs at these prices by its cheapest way, proxy and agent. */
function cheapestWay({
  night,
  uses,
  prices,
}: {
  night: Night;
  uses: Uses;
  prices: Float64Array;
}): (need: Need) => number {
  const offersAt: (readonly Offer[])[][] = [];
  /** by job, the list of agents, and the site of the proxy */
  const agentCosts: Map<readonly Id[], (readonly (Float64Array | null)[])[]>[] = [];

  function price(list: readonly Use[]): Float64Array | null {
    let costs: Float64Array | null = null;
    for (const { row, feature, each } of list)
      if (prices[row]! > 0) {
        costs ??= new Float64Array(featureCount);
        costs[features[feature]]! += prices[row]! * each;
      }
    return costs;
  }

  const proxyCosts = remember((job: Id, p: Id, tier: Tier) => price(uses.ofProxy(job, p, tier)));

  /** Of agents, as proxies of a site see them: alike ones once. */
  function agentCostsOf({ job, facts }: Need, p: Id): readonly (Float64Array | null)[] {
    const agents = facts.agentsOf(p);
    const ofJob = (agentCosts[job.id] ??= new Map());
    const bySite = ofJob.get(agents) ?? [];
    ofJob.set(agents, bySite);
    return (bySite[night.proxies[p]!.site] ??= distinct(
      agents.map((a) => price(uses.ofAgent(job.id, p, a))),
    ));
  }

  /** Of the proxies of a reach at a tier: alike ones once. */
  function offersOf(need: Need, tier: Tier): readonly Offer[] {
    const { job, facts, reach } = need;
    const ofJob = (offersAt[job.id] ??= []);
    const known = ofJob[4 * reach + tier];
    if (known !== undefined) return known;
    const offers = new Map<string, Offer>();
    for (const p of facts.candidates(reach, tier)) {
      const { site } = night.proxies[p]!;
      const own = proxyCosts(job.id, p, tier);
      for (const agent of agentCostsOf(need, p)) {
        const key = `${site} ${own?.join(' ') ?? ''} ${agent?.join(' ') ?? ''}`;
        if (!offers.has(key)) offers.set(key, { site, costs: added(own, agent) });
      }
    }
    return (ofJob[4 * reach + tier] = [...offers.values()]);
  }

  const placeCosts = remember((server: Id, tier: Tier, site: Id) => price(uses.ofPlace(server, site, tier)));
  /** SAN asks nothing of the place; only across sites does it matter from where */
  const placeOf = (server: Id, site: Id, tier: Tier) =>
    tier === 1 ? null : placeCosts(server, tier, tier === 4 ? site : 0);

  return (need) => {
    let cheapest = Infinity;
    for (const tier of tiers) {
      const own = need.byTier[tier - 1];
      if (own === null || own === undefined) continue;
      for (const { site, costs } of offersOf(need, tier)) {
        const cost = product(costs, own) + product(placeOf(need.server, site, tier), own);
        if (cost < cheapest) cheapest = cost;
      }
    }
    let sum = cheapest;
    for (const { row, amount } of need.always) sum += prices[row]! * amount;
    return sum;
  };
}

function distinct(list: readonly (Float64Array | null)[]): readonly (Float64Array | null)[] {
  return [...new Map(list.map((costs) => [costs?.join(' '), costs])).values()];
}

const nothing = new Float64Array(featureCount);
const added = (a: Float64Array | null, b: Float64Array | null): Float64Array =>
  (a ?? nothing).map((value, f) => value + (b ?? nothing)[f]!);

function product(a: Float64Array | null, b: Float64Array): number {
  let sum = 0;
  if (a !== null) for (let f = 0; f < featureCount; f++) sum += a[f]! * b[f]!;
  return sum;
}

/** All the starts of jobs, earliest first. */
export const startsOf = (jobs: readonly Job[]): number[] =>
  [...new Set(jobs.map((j) => j.startS))].toSorted((a, b) => a - b);
