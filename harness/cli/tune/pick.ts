import type { SweepPoint } from '../../kit/sweep.ts';
import { judge, type PairResult } from '../../measure/compare/compare.ts';
import { medianOf } from '../../measure/compare/median.ts';
import { noiseFloor } from '../../measure/compare/noise.ts';
import { cellsOf, pairUp } from '../../measure/compare/pair.ts';
import { signedRank } from '../../measure/compare/signed-rank.ts';
import { scaleOf, type Scale } from '../../measure/compare/worth.ts';
import type { Metric, PlanDocument, Row } from '../../model/kind.ts';
import type { Evaluator } from '../../run/evaluate.ts';
import { seedsOf } from '../size/size-fleet.ts';

/** A setting that may be chosen. */
export interface Setting {
  readonly point: SweepPoint;
  readonly document: PlanDocument;
}

export interface Score {
  readonly setting: Setting;
  /** medians over the nights, in the order of the aims; infinite = not reached */
  readonly values: readonly number[];
  readonly rows: readonly Row[];
}

/** One setting against another by the first aim that tells their medians apart. */
export interface Against {
  readonly metric: Metric;
  readonly scale: Scale;
  readonly pair: PairResult;
}

export interface TuneAnswer {
  readonly aims: readonly Metric[];
  /** best first */
  readonly scores: readonly Score[];
  readonly asWritten: Score;
  /** those whose medians are by every aim as good as the winner's within `flatShare` */
  readonly flat: readonly Score[];
  /** and those whose nights do not tell them from it: 95 % intervals of the differences hold 0 */
  readonly open: readonly Score[];
  /** null = nothing differs from night to night, and there is nothing to hold out */
  readonly heldOut: {
    readonly winner: Score;
    readonly asWritten: Score;
    /** the winner against what is written; null = equal by every aim */
    readonly against: Against | null;
  } | null;
  /** to choose on; as many are held out */
  readonly nights: number;
}

/** Settings within this share of the best are as good: less than a shaken night moves it. */
export const flatShare = 0.01;

export interface TuneAsk {
  readonly aims: readonly Metric[];
  readonly nights: number;
  readonly canHoldOut: boolean;
}

/** Chooses on nights 1 to n, and looks at the choice again on n + 1 to 2 n. */
export async function tune(
  settings: readonly Setting[],
  written: Setting,
  { aims, nights, canHoldOut }: TuneAsk,
  evaluator: Evaluator,
): Promise<TuneAnswer> {
  const scoreOn = async (setting: Setting, from: number): Promise<Score> => {
    const rows = await Promise.all(
      Array.from({ length: nights }, (_, i) => rowOf(setting, from + i, evaluator)),
    );
    const values = aims.map((aim) => medianOf(rows.map((row) => valueOf(row, aim))));
    return { setting, values, rows };
  };
  const trained = await Promise.all(settings.map((setting) => scoreOn(setting, 1)));
  const scores = trained.toSorted((a, b) => compareScores(a, b, aims));
  const [best, ...others] = scores as [Score, ...Score[]];
  const heldOut = async () => {
    const [winner, asWritten] = await Promise.all(
      [best.setting, written].map((setting) => scoreOn(setting, nights + 1)),
    );
    return { winner: winner!, asWritten: asWritten!, against: againstOf(winner!, asWritten!, aims) };
  };
  const flat = others.filter((score) => isAsGood(score, best, aims));
  return {
    aims,
    scores,
    asWritten: await scoreOn(written, 1),
    flat,
    open: canHoldOut
      ? others.filter((score) => !flat.includes(score) && isOpen(againstOf(score, best, aims)))
      : [],
    heldOut: canHoldOut ? await heldOut() : null,
    nights,
  };
}

async function rowOf({ document, point }: Setting, night: number, evaluator: Evaluator): Promise<Row> {
  const spec = { strategy: point.strategy, ...seedsOf(night) };
  const outcome = await evaluator.evaluate(document, spec);
  return { document: document.name, documentHash: document.hash, ...spec, outcome };
}

const valueOf = ({ outcome }: Row, { name, better }: Metric): number =>
  outcome.metrics[name] ?? (better === 'higher' ? -Infinity : Infinity);

/** The first aim in which the medians differ; -1 = none. */
const firstApart = (a: Score, b: Score): number => a.values.findIndex((value, i) => value !== b.values[i]);

/** By every aim: a setting may win by the first one and lose the night by the next. */
const isAsGood = (score: Score, best: Score, aims: readonly Metric[]): boolean =>
  aims.every(({ better }, i) => {
    const [value, of] = [score.values[i]!, best.values[i]!];
    if (value === of) return true;
    const worse = better === 'lower' ? value - of : of - value;
    return worse <= flatShare * Math.abs(of);
  });

function againstOf(a: Score, b: Score, aims: readonly Metric[]): Against | null {
  const metric = aims[firstApart(a, b)];
  if (metric === undefined) return null;
  const scale = scaleOf([...a.rows, ...b.rows], metric);
  const pair = pairUp(cellsOf(a.rows, metric.name), cellsOf(b.rows, metric.name), metric, scale);
  const { p } = signedRank(pair.clusters.map(({ by }) => by));
  const tested = { p, pHolm: p, pairs: 1, floor: noiseFloor(pair, [], scale), better: metric.better };
  return { metric, scale, pair: { a: nameOf(a), b: nameOf(b), ...judge(pair, tested) } };
}

const isOpen = (against: Against | null): boolean => {
  const interval = against?.pair.interval ?? null;
  return interval === null || (interval.low <= 0 && interval.high >= 0);
};

/** By the first aim that tells them apart: less than nothing is no difference. */
export function compareScores(
  a: Pick<Score, 'values'>,
  b: Pick<Score, 'values'>,
  aims: readonly Metric[],
): number {
  for (const [i, { better }] of aims.entries()) {
    const difference = a.values[i]! - b.values[i]!; // NaN of two that never got there, which are equal
    if (a.values[i] !== b.values[i]) return better === 'lower' ? difference : -difference;
  }
  return 0;
}

/** The strategy, and the knobs that are varied with it. */
export const nameOf = ({ setting: { point } }: Pick<Score, 'setting'>): string => {
  const knobs = Object.entries(point.levels).filter(([axis]) => !axis.includes('.'));
  return [point.strategy, ...knobs.map(([knob, value]) => `${knob}=${value}`)].join(' ');
};
