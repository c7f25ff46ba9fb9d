import { countOf, listOf } from '../../measure/words.ts';
import { formatDuration } from '../../model/units.ts';
import { renderTable } from '../../report/table.ts';
import type { LossAsk, LossCost, Losable, NightFigures } from './lose-each.ts';

export interface ResilienceAnswer {
  readonly document: string;
  readonly strategy: string;
  /** VMs that jobs select */
  readonly selected: number;
  readonly nights: number;
  readonly varies: readonly string[];
  readonly ask: LossAsk;
  readonly whole: NightFigures;
  readonly costs: readonly LossCost[];
  readonly caveats: readonly string[];
  /** of a virtual proxy: the server that takes it with it */
  readonly proxiesOn: ReadonlyMap<string, readonly string[]>;
}

/** Less than this is no loss: a start that moves by a moment moves all that comes after it. */
const noticeableS = 60;
const noticeablePct = 0.05;

/** What `resilience` prints: the worst first, in words; then the table; then what it hangs on. */
export function resilienceText(answer: ResilienceAnswer): string {
  const { document, strategy, ask, whole, costs, nights, varies, caveats } = answer;
  const costly = costs.filter((cost) => isCostly(cost, whole));
  const harmless = costs.filter((cost) => !isCostly(cost, whole));
  const worst = costly.slice(0, 5).map((cost) => sentence(cost, answer));
  return [
    `${document} under ${strategy}: what is lost at ${ask.at}${ask.forH === null ? ' and does not come back' : ` for ${formatDuration(ask.forH * 3600)}`}`,
    '',
    `Undisturbed, ${percent(whole.protectedPct)} of the ${answer.selected} VMs are protected when the window ends; 95 % of them ${reached(whole.t95S)}.`,
    ...worst,
    ...(harmless.length > 0
      ? [
          `Without ${namesText(harmless)} the night ends as well as with ${harmless.length === 1 ? 'it' : 'them'}${figuresText(harmless)}.`,
        ]
      : []),
    '',
    ...(costly.length > 0 ? [tableOf(costly, whole)] : []),
    'This hangs on',
    ...caveats.map((caveat) => `  - ${caveat}`),
    `  - ${nights === 1 ? 'one night: an anecdote; --nights shows more' : `medians of ${countOf(nights, 'night')}${varies.length > 0 ? `, which differ in ${listOf(varies)}` : ', which are all the same: nothing in the document varies'}`}`,
    '  - a loss is noticed after the delay of the document, what ran on it begins anew elsewhere, and nobody repairs anything',
    '  - a server that is lost takes the proxies on it with it, and its own VMs cannot be backed up: nothing restarts them elsewhere',
  ].join('\n');
}

/** Of one that costs nothing worth a table. */
function figuresText(harmless: readonly LossCost[]): string {
  const [only] = harmless;
  if (only === undefined || harmless.length > 1) return '';
  const last = only.makespanS === null ? '' : `, the last VM ends after ${formatDuration(only.makespanS)}`;
  return `: ${percent(only.protectedPct)} are protected, 95 % of them ${reached(only.t95S)}${last}`;
}

const isCostly = (cost: NightFigures, whole: NightFigures): boolean =>
  whole.protectedPct - cost.protectedPct > noticeablePct ||
  isLater(cost.t95S, whole.t95S) ||
  isLater(cost.makespanS, whole.makespanS);

const isLater = (a: number | null, b: number | null): boolean =>
  b !== null && (a === null || a - b > noticeableS);

const kindWords: Readonly<Record<Losable, string>> = { proxy: '', server: 'server ', agent: 'media agent ' };

function sentence(cost: LossCost, { whole, selected, proxiesOn }: ResilienceAnswer): string {
  const { kind, name } = cost.loss;
  const fewer = Math.round(((whole.protectedPct - cost.protectedPct) / 100) * selected);
  const taken = kind === 'server' ? (proxiesOn.get(name) ?? []) : [];
  const takes = taken.length > 0 ? ` (and ${listOf(taken)} on it)` : '';
  const parts = [
    ...(fewer > 0
      ? [`${countOf(fewer, 'VM')} fewer are protected when the window ends (${percent(cost.protectedPct)})`]
      : []),
    ...laterText('95 % of the VMs', cost.t95S, whole.t95S),
    ...laterText('the last VM', cost.makespanS, whole.makespanS),
  ];
  return `Without ${kindWords[kind]}${name}${takes}, ${listOf(parts)}.`;
}

function laterText(what: string, a: number | null, b: number | null): string[] {
  if (!isLater(a, b)) return [];
  return [a === null ? `${what} never done` : `${what} done ${formatDuration(a - b!)} later`];
}

const reached = (s: number | null): string =>
  s === null ? 'never are, with or without a loss' : `are ${formatDuration(s)} after the start`;
const percent = (value: number): string => `${Math.floor(10 * value + 1e-6) / 10} %`;

const mostNamed = 6;

function namesText(costs: readonly LossCost[]): string {
  const names = costs.map(({ loss }) => `${kindWords[loss.kind]}${loss.name}`);
  if (names.length <= mostNamed) return names.length === 1 ? names[0]! : `any one of ${listOf(names)}`;
  const counts = (['proxy', 'server', 'agent'] as const).flatMap((kind) => {
    const n = costs.filter(({ loss }) => loss.kind === kind).length;
    const word = kind === 'proxy' ? (n === 1 ? 'proxy' : 'proxies') : null;
    return n === 0 ? [] : [word === null ? countOf(n, kindWords[kind].trim()) : `${n} ${word}`];
  });
  return `any one of ${listOf(counts)}`;
}

function tableOf(costs: readonly LossCost[], whole: NightFigures): string {
  const row = (name: string, figures: NightFigures) => [
    name,
    percent(figures.protectedPct),
    figures.t95S === null ? 'never' : formatDuration(figures.t95S),
    figures.makespanS === null ? 'never' : formatDuration(figures.makespanS),
  ];
  return renderTable({
    columns: ['lost', 'protected at window end', '95 % of VMs after', 'all after'],
    rows: [
      row('nothing', whole),
      ...costs.map((cost) => row(`${kindWords[cost.loss.kind]}${cost.loss.name}`, cost)),
    ],
    align: ['left', 'right', 'right', 'right'],
  });
}
