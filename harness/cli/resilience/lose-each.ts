import type { Document } from '../../model/document/document.ts';
import { selectVms } from '../../model/document/select-vms.ts';
import { UserError } from '../../model/errors.ts';
import type { Change, Outcome, PlanDocument } from '../../model/kind.ts';
import { didYouMean } from '../../model/nearest.ts';
import { parseTimeOfDay } from '../../model/units.ts';
import type { Evaluator } from '../../run/evaluate.ts';
import { parseKnob } from '../../vary/knobs.ts';
import { varyDocument } from '../../vary/vary-document.ts';
import { changed, type Asked } from '../question.ts';
import { seedsOf } from '../size/size-fleet.ts';

export const losable = ['proxy', 'server', 'agent'] as const;
export type Losable = (typeof losable)[number];

export interface Loss {
  readonly kind: Losable;
  readonly name: string;
  readonly plan: PlanDocument;
}

export interface LossAsk {
  /** "HH:MM" */
  readonly at: string;
  /** hours; null = it does not come back in this night */
  readonly forH: number | null;
  readonly kinds: readonly Losable[];
  /** null = each of the kinds */
  readonly only: readonly string[] | null;
}

const namesOf: Readonly<Record<Losable, (document: Document) => readonly string[]>> = {
  proxy: ({ proxies }) => proxies.filter((p) => p.installed && p.active).map(({ id }) => id),
  server: ({ servers }) => servers.map(({ id }) => id),
  agent: ({ agents }) => agents.map(({ id }) => id),
};

export interface Losses {
  /** as it is without any loss */
  readonly whole: PlanDocument;
  readonly losses: readonly Loss[];
  /** VMs that jobs select */
  readonly selected: number;
}

/** The document without a loss and with each of them. @throws {UserError} for a name that nothing to be lost has */
export function lossesOf(asked: Asked, { at, forH, kinds, only }: LossAsk): Losses {
  const { knobs, fixed } = asked.ask;
  if (knobs.some(({ values }) => values.length !== 1))
    throw new UserError('resilience looks at one document: expected one value per --vary');
  const common: Change[] = [...knobs.map(({ name, values }) => parseKnob(name, values[0]!)), ...fixed];
  const label = [asked.loaded.name, ...knobs.map(({ name, values }) => `${name}=${values[0]}`)].join(' ');
  const { document } = varyDocument(asked.document, common);
  const all = kinds.flatMap((kind) => namesOf[kind](document).map((name) => ({ kind, name })));
  for (const name of only ?? [])
    if (!all.some((one) => one.name === name))
      throw new UserError(
        `--only ${name}: no ${kinds.join(' and no ')} is called so${didYouMean(
          name,
          all.map((one) => one.name),
        )}`,
      );
  const span = forH === null ? `from ${at}` : `${at}-${later(at, forH)}`;
  const losses = all
    .filter(({ name }) => only === null || only.includes(name))
    .map(({ kind, name }) => {
      // the fault names what the changed document has: it is laid over that, a clone can be lost too
      const fault = `${kind} ${name} out ${span}`;
      return { kind, name, plan: changed(asked, [...common, { fault }], `${label} (${fault})`) };
    });
  const selected = new Set(document.jobs.flatMap((job) => selectVms(document, job))).size;
  return { whole: changed(asked, common, label), losses, selected };
}

const dayS = 86_400;

function later(at: string, hours: number): string {
  const s = (parseTimeOfDay(at) + Math.round(hours * 60) * 60) % dayS;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}`;
}

/** The middle of the window of the first job, to the minute. */
export function middleOfWindow({ jobs }: Document): string {
  const { start, window } = jobs[0]!;
  return later(start, window.hours / 2);
}

/** Medians over the nights. */
export interface NightFigures {
  /** % of VMs when the window ends */
  readonly protectedPct: number;
  /** s from the start of the first job; null = not reached in half of the nights */
  readonly t95S: number | null;
  readonly makespanS: number | null;
}

export interface LossCost extends NightFigures {
  readonly loss: Loss;
}

/** What the losses cost, the worst first. */
export async function loseEach(
  { whole, losses }: Pick<Losses, 'whole' | 'losses'>,
  { strategy, nights }: { strategy: string; nights: number },
  evaluator: Evaluator,
): Promise<{ readonly whole: NightFigures; readonly costs: readonly LossCost[] }> {
  const figures = async (plan: PlanDocument): Promise<NightFigures> => {
    const outcomes = await Promise.all(
      Array.from({ length: nights }, (_, i) => evaluator.evaluate(plan, { strategy, ...seedsOf(i + 1) })),
    );
    return figuresOf(outcomes);
  };
  const [ofWhole, ...ofLosses] = await Promise.all([whole, ...losses.map(({ plan }) => plan)].map(figures));
  const costs = losses.map((loss, i) => ({ loss, ...ofLosses[i]! }));
  return { whole: ofWhole!, costs: costs.toSorted(byCost) };
}

const byCost = (a: LossCost, b: LossCost): number =>
  a.protectedPct - b.protectedPct ||
  lateness(b.t95S) - lateness(a.t95S) ||
  lateness(b.makespanS) - lateness(a.makespanS) ||
  0;

/** What is never reached is later than all. */
const lateness = (s: number | null): number => s ?? Number.MAX_VALUE;

function figuresOf(outcomes: readonly Outcome[]): NightFigures {
  const of = (name: string) => medianOrNull(outcomes.map(({ metrics }) => metrics[name] ?? null));
  return {
    protectedPct: of('protected_vms_at_window_pct') ?? 0,
    t95S: of('t95_vms_s'),
    makespanS: of('makespan_s'),
  };
}

/** The upper of the two in the middle; null, which is later than all, where it lies there. */
function medianOrNull(values: readonly (number | null)[]): number | null {
  const sorted = values.toSorted((a, b) => lateness(a) - lateness(b));
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
