import { tiers } from '../../model/access.ts';
import { groupBy } from '../../kit/group.ts';
import type { Id } from '../../model/facts.ts';
import { firstStartOf } from '../tally.ts';
import { scarcities, type Bound } from './bound.ts';
import { certify, startsOf, type Model } from './certify.ts';
import type { Need } from './needs.ts';
import { rowKinds, type RowKind } from './rows.ts';

// Bounds from one kind of row: what only these may do, by what they can. Of each kind the longest that was found.

/** Above so many distinct sets of proxies only all of them are looked at. */
const mostSets = 64;

/** Rows of one kind that are looked at together, and the units that may need them. */
interface RowSet {
  readonly entities: readonly Id[];
  readonly needs: readonly Need[];
}

export function singleBounds(model: Model, needs: readonly Need[]): Bound[] {
  const { night, rows } = model;
  const starts = startsOf(needs.map((n) => n.job));
  const zeroS = firstStartOf(night);
  const bounds = (kind: RowKind, { entities, needs: own }: RowSet): Bound[] => {
    const present = entities.flatMap((id) => rows.find(kind, id) ?? []);
    const { name, words } = scarcities[kind];
    const what = words(
      present.map((r) => r.entity),
      night,
    );
    return starts.flatMap((startS) => {
      const inTime = own.filter((n) => n.job.startS >= startS);
      return pricings(model, kind).map((priceOf) => {
        const prices = new Map(present.map((row) => [row.id, priceOf(row.entity)]));
        return { name, what, seconds: certify(model, inTime, [{ startS, prices }]).endS - zeroS };
      });
    });
  };
  return rowKinds.flatMap((kind) => {
    const found = findSets[kind](model, kind, needs)
      .filter(({ entities }) => entities.some((id) => rows.find(kind, id) !== null))
      .flatMap((set) => bounds(kind, set))
      // what never can be done bounds no complete night
      .filter(({ seconds }) => seconds > 0 && seconds < Infinity);
    return found.length === 0 ? [] : [found.reduce((most, b) => (b.seconds > most.seconds ? b : most))];
  });
}

/**
 * Prices within a kind: all alike, but for the CPU of proxies, which may differ in what they are good at. There a core
 * is worth max(w f, i) where it moves f MB/s of fulls and i MB/s of incrementals; of all w >= 0 the best is a ratio i/f of some
 * proxy, 0 or infinity.
 */
function pricings({ night }: Model, kind: RowKind): ((entity: Id) => number)[] {
  if (kind !== 'cpu') return [() => 1];
  const ratios = new Set(night.proxies.map((p) => p.incrementalMBpsPerCore / p.fullMBpsPerCore));
  const weights = [
    { full: 1, incremental: 0 },
    { full: 0, incremental: 1 },
    ...[...ratios].map((full) => ({ full, incremental: 1 })),
  ];
  return weights.map(({ full, incremental }) => (id: Id) => {
    const { fullMBpsPerCore, incrementalMBpsPerCore } = night.proxies[id]!;
    return Math.max(full * fullMBpsPerCore, incremental * incrementalMBpsPerCore);
  });
}

type FindSets = (model: Model, kind: RowKind, needs: readonly Need[]) => RowSet[];

const entitiesOf = ({ rows }: Model, kind: RowKind): Id[] =>
  rows.all.filter((r) => r.kind === kind).map((r) => r.entity);

const each = <K extends Id>(groups: ReadonlyMap<K, readonly Need[]>): RowSet[] =>
  [...groups].map(([id, needs]) => ({ entities: [id], needs }));

/** One of them at a time, by the units that cannot do without it. */
const eachAlways: FindSets = (model, kind, needs) => each(byAlways(model, kind, needs));
const eachJob: FindSets = (_model, _kind, needs) => each(groupBy(needs, (n) => n.job.id));
/** All servers, then each by the VMs that stand there. */
const servers: FindSets = (model, kind, needs) => [
  { entities: entitiesOf(model, kind), needs },
  ...each(groupBy(needs, (n) => n.server)),
];
const proxies: FindSets = (_model, _kind, needs) => proxySets(needs).map((entities) => ({ entities, needs }));
const agents: FindSets = (model, kind, needs) =>
  distinct([...new Set(needs.map((n) => n.job.agents)), entitiesOf(model, kind)]).map((entities) => ({
    entities,
    needs,
  }));
/** All of them, then each. */
const few: FindSets = (model, kind, needs) => {
  const all = entitiesOf(model, kind);
  return [{ entities: all, needs }, ...all.map((id) => ({ entities: [id], needs }))];
};

/** Which of a kind are looked at together. */
const findSets: Readonly<Record<RowKind, FindSets>> = {
  device: eachAlways,
  openSnapshots: eachAlways,
  operations: eachAlways,
  jobStreams: eachJob,
  serverReads: servers,
  uplinkIn: servers,
  uplinkOut: servers,
  serverConnections: servers,
  cpu: proxies,
  hba: proxies,
  nicIn: proxies,
  nicOut: proxies,
  hotAdds: proxies,
  hotAddDisks: proxies,
  proxyStreams: proxies,
  agent: agents,
  agentStreams: agents,
  link: few,
  storage: few,
  managedConnections: few,
};

function byAlways({ rows }: Model, kind: RowKind, needs: readonly Need[]): Map<Id, Need[]> {
  const byEntity = new Map<Id, Need[]>();
  for (const need of needs)
    for (const id of new Set(need.always.map((a) => a.row)))
      if (rows.all[id]!.kind === kind) {
        const { entity } = rows.all[id]!;
        const own = byEntity.get(entity) ?? [];
        byEntity.set(entity, own);
        own.push(need);
      }
  return byEntity;
}

/** The proxies that reach some unit, for every sort of unit; all of them first. */
function proxySets(needs: readonly Need[]): (readonly Id[])[] {
  const byReach = groupBy(needs, (n) => `${n.job.id} ${n.reach}`);
  const sets = [...byReach.values()].map(([need]) =>
    tiers.flatMap((t) => [...need!.facts.candidates(need!.reach, t)]),
  );
  const all = sets.flat();
  const found = distinct([all, ...sets]);
  return found.length > mostSets ? found.slice(0, 1) : found;
}

function distinct(lists: readonly (readonly Id[])[]): (readonly Id[])[] {
  const byText = new Map<string, readonly Id[]>();
  for (const list of lists) {
    const sorted = [...new Set(list)].toSorted((a, b) => a - b);
    byText.set(sorted.join(' '), sorted);
  }
  return [...byText.values()];
}
