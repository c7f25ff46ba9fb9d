import { groupBy } from '../../kit/group.ts';
import type { Id } from '../../model/facts.ts';
import { firstStartOf } from '../tally.ts';
import { alikeRows } from './alike.ts';
import { scarcities, type Bound } from './bound.ts';
import { certify, startsOf, type Certificate, type Model } from './certify.ts';
import { classesOf, type UnitClass } from './classes.ts';
import type { SolveProgram } from './linear-program.ts';
import type { Need } from './needs.ts';
import { programOf } from './price-program.ts';
import type { Row } from './rows.ts';
import { features } from './uses.ts';

// The bound of all rows together: a linear programme shares out the units of each class over proxies, access modes and
// agents, in fractions, so that the night is shortest. Only the prices of its rows are used: `certify` makes the
// bound of them, unit by unit, so that neither a tolerance of the solver nor the classes can make it false.

const mostColumns = 4000;
/** Units beyond which not each size is looked at by itself. */
const mostAlone = 50;
const mostStarts = 8;
/** What sums of doubles may lose. */
const roundedDown = 1 - 1e-12;
/** Prices of less than this share are not named. */
const tellingShare = 0.05;

/** 'solved', or why there is no such bound; 'far too large': nor is it looked at who reaches what. */
export type ProgramState = 'solved' | 'no solver' | 'too large' | 'far too large' | 'not solved';

export interface Together {
  readonly state: ProgramState;
  readonly bound: Bound | null;
}

/** @param atLeastS a bound that is known, of the night's clock: capacities that change are taken on average up to it */
export function boundTogether(
  model: Model,
  needs: readonly Need[],
  at: { workUnit: 'vm' | 'disk'; atLeastS: number; solve: SolveProgram | null },
): Together {
  if (at.solve === null) return { state: 'no solver', bound: null };
  if (needs.length === 0) return { state: 'solved', bound: null };
  const groupOf = alikeRows(model.night, at.workUnit);
  const classes = firstThatFits(model, needs, groupOf);
  if (classes === null) return { state: 'too large', bound: null };
  const starts = startsOf(needs.map((n) => n.job)).slice(0, mostStarts);
  let best: Certificate | null = null;
  let endS = at.atLeastS;
  // the second time with the averages up to the first bound
  for (let pass = 0; pass < 2; pass++) {
    const { program, pricedOf } = programOf(model.rows.all, classes, { starts, groupOf, endS });
    const prices = at.solve(program);
    if (prices === null) break;
    const found = certify(model, needs, pricedOf(prices));
    if (found.endS < Infinity && (best === null || found.endS > best.endS)) best = found;
    if (best === null || !(best.endS > endS * (1 + 1e-6))) break;
    endS = best.endS;
  }
  if (best === null) return { state: 'not solved', bound: null };
  const seconds = best.endS * roundedDown - firstStartOf(model.night);
  return { state: 'solved', bound: { ...wordsOf(model, best), seconds } };
}

/** The finest classes that make no more columns than may be. */
function firstThatFits(
  model: Model,
  needs: readonly Need[],
  groupOf: (row: Row) => string,
): UnitClass[] | null {
  for (const keyOf of needs.length > mostAlone ? resolutions.slice(1) : resolutions) {
    const classes = classesOf(model, needs, { keyOf, groupOf, mostWays: mostColumns });
    if (classes !== null) return classes;
  }
  return null;
}

/** From every size by itself to all sizes together. */
const resolutions: readonly ((need: Need) => string)[] = [
  (need) => need.byTier.map((own) => own?.join(' ') ?? '').join(';'),
  (need) => String(Math.ceil(Math.log2(1 + (sizeOf(need) ?? 0)))),
  (need) => String(Math.ceil(Math.log2(1 + (sizeOf(need) ?? 0)) / 4)),
  () => '',
];

const sizeOf = (need: Need): number | undefined => need.byTier.find((own) => own !== null)?.[features.MB];

/** The scarce kinds by what they are worth, the most first. */
function wordsOf({ night, rows }: Model, { worth }: Certificate): Pick<Bound, 'name' | 'what'> {
  const byKind = groupBy(worth, ([id]) => rows.all[id]!.kind);
  const sumOf = (list: readonly (readonly [Id, number])[]) => list.reduce((sum, [, value]) => sum + value, 0);
  const total = sumOf([...worth]);
  const kinds = [...byKind]
    .map(([kind, list]) => ({
      kind,
      share: sumOf(list) / total,
      entities: list.filter(([, v]) => v > 0).map(([id]) => rows.all[id]!.entity),
    }))
    .toSorted((a, b) => b.share - a.share)
    .filter(({ share }) => share >= tellingShare);
  const textOf = ({ kind, entities }: (typeof kinds)[number]) =>
    scarcities[kind].words(
      entities.toSorted((a, b) => a - b),
      night,
    );
  const [first] = kinds;
  if (first !== undefined && kinds.length === 1)
    return { name: scarcities[first.kind].name, what: textOf(first) };
  const percents = kinds.map((k) => `${textOf(k)} (${Math.round(100 * k.share)} %)`);
  return { name: 'together', what: percents.join(' with ') };
}
