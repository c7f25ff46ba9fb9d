import { groupBy } from '../kit/group.ts';
import type { Row } from '../model/kind.ts';
import { formatDuration } from '../model/units.ts';
import type { ProgramState } from './bounds.ts';
import { quantileOf } from './quantile.ts';
import { countOf, listOf } from './words.ts';

// How far above the bounds of their nights the strategies stay, and what keeps anybody from a shorter one.

/** Two decimals are shown: what agrees in them is the same. */
const shown = (ratio: number): string => `${ratio.toFixed(2)}x`;

/** Under the table of a document. */
export function bestPossible(rows: readonly Row[]): string[] {
  const cells = [...groupBy(rows, (r) => `${r.clusterSeed} ${r.nightSeed}`).values()].flatMap(
    (own) => own.find(({ outcome }) => 'bound_s' in outcome.metrics) ?? [],
  );
  const valuesOf = (name: string) => cells.flatMap((r) => r.outcome.metrics[name] ?? []);
  const [all, kept] = [valuesOf('bound_s'), valuesOf('bound_limits_kept_s')];
  const [bestS, keptS] = [quantileOf(all, 0.5), quantileOf(kept, 0.5)];
  if (bestS === null || bestS === 0) return [];
  const [leastS, mostS] = [Math.min(...all), Math.max(...all)].map(formatDuration) as [string, string];
  const isOne = leastS === mostS;
  const shortest = isOne
    ? `no complete night is shorter than ${leastS}`
    : `no complete night is shorter than its bound: ${formatDuration(bestS)} as a median over ${countOf(all.length, 'night')} (${leastS} to ${mostS})`;
  const keepers =
    keptS !== null && keptS > bestS * 1.005
      ? `; ${formatDuration(keptS)} where stream limits of proxies are kept`
      : '';
  const without = cells.flatMap((r) => r.outcome.notes['bound_without'] ?? [])[0];
  return [
    `${shortest}${keepers}; what binds: ${bindingOf(cells)}`,
    ...(without === undefined
      ? []
      : [`bounds of one resource each: the linear programme was left out (${without})${roughly(without)}`]),
  ];
}

const roughly = (without: string): string =>
  without === ('far too large' satisfies ProgramState) ? ', and so was who reaches what' : '';

/** "priority-list took 1.34x the lower bound of the night; what binds: ..."; null where no strategy has a whole set of makespans. */
export function againstBest(rows: readonly Row[]): string | null {
  const ranked = [...groupBy(rows, (r) => r.strategy)]
    .flatMap(([strategy, own]) => {
      const ratios = own.flatMap((r) => r.outcome.metrics['makespan_over_bound'] ?? []);
      return ratios.length === own.length ? [{ strategy, ratio: quantileOf(ratios, 0.5)! }] : [];
    })
    .toSorted((a, b) => a.ratio - b.ratio);
  const byText = [...groupBy(ranked, (s) => shown(s.ratio))];
  const [first, last] = [byText[0], byText.at(-1)];
  if (first === undefined || last === undefined) return null;
  const wordsOf = ([text, own]: typeof first, verb: string) =>
    `${listOf(own.map((s) => s.strategy))} ${verb}${text}`;
  const rest = byText.length > 1 ? `, ${wordsOf(last, '')}` : '';
  return `${wordsOf(first, 'took ')}${rest} the lower bound of the night; what binds: ${bindingOf(rows)}`;
}

/** What binds in most of the cells, the first of equal ones. */
function bindingOf(rows: readonly Row[]): string {
  const groups = [...groupBy(rows, (r) => r.outcome.notes['bound_set_by'] ?? '')].filter(
    ([what]) => what !== '',
  );
  const [what, own] = groups.reduce(
    (most, g) => (g[1].length > most[1].length ? g : most),
    groups[0] ?? ['nothing', rows],
  );
  return own.length === rows.length
    ? what
    : `mostly ${what} (in ${own.length} of ${countOf(rows.length, 'cell')})`;
}
