import type { AssumptionAsk } from '../kit/assumption-points.ts';
import { contentHash } from '../kit/canonical.ts';
import { pointsOf, type Axis, type Design, type Point } from '../kit/design.ts';
import type { Sweep, SweepPoint } from '../kit/sweep.ts';
import { isStrategyRange, parseStrategyRange, type StrategyRange } from '../kit/strategy-range.ts';
import { parseValues } from '../kit/value-range.ts';
import { UserError } from '../model/errors.ts';
import type {
  Change,
  Kind,
  LoadedDocument,
  MadeDocument,
  PlanDocument,
  VariedDocument,
  Variation,
} from '../model/kind.ts';
import type { Request } from './plan.ts';
import { Problems } from './problems.ts';

/** What the command line wants to be other than it is written. */
export interface VaryAsk {
  /** 'knob=values' or 'strategy[parameter=values]' */
  readonly vary: readonly string[];
  readonly faults: readonly string[];
  /** 'knob=value', for all documents; left out: none */
  readonly assume?: readonly string[];
  readonly design: Design;
  /** all assumptions of the kind are varied; left out: none */
  readonly assumptions?: AssumptionAsk;
}

/** What is asked for, read and checked, for any document. */
export interface ReadAsk {
  readonly knobs: readonly (Axis & { readonly unit: string })[];
  readonly ranges: readonly StrategyRange[];
  /** what is changed in every document, whatever is varied */
  readonly fixed: readonly Change[];
  readonly design: Design;
}

/** @throws {UserError} with all that cannot be read */
export function readAsk({ vary, faults, assume = [], design }: VaryAsk, kind: Kind): ReadAsk {
  const variation = variationOf(kind);
  const problems = new Problems();
  const knobs = vary
    .filter((text) => !isStrategyRange(text))
    .flatMap((text) => problems.try(() => readKnobAxis(text, variation)) ?? []);
  const given = assume.flatMap((text) => problems.try(() => readAssumption(text, variation)) ?? []);
  const names = [...knobs, ...given].map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) problems.add(`${twice} is varied twice; expected one list of values`);
  const ranges = vary
    .filter(isStrategyRange)
    .flatMap((text) => problems.try(() => parseStrategyRange(text)) ?? []);
  const read = faults.flatMap((text) => problems.try(() => variation.parseFault(text)) ?? []);
  problems.throwIfAny();
  return { knobs, ranges, fixed: [...given.map(({ change }) => change), ...read], design };
}

export function variationOf({ name, variation }: Kind): Variation {
  if (variation === undefined) throw new UserError(`kind ${name} has nothing that can be varied`);
  return variation;
}

function readKnobAxis(text: string, variation: Variation): Axis & { unit: string } {
  const [, name, list] = /^\s*(\w+)\s*=(.*)$/u.exec(text) ?? [];
  if (name === undefined || list === undefined)
    throw new UserError(`"${text}": expected knob=values or 'strategy[parameter=values]'`);
  const unit = variation.knobs.find((knob) => knob.name === name)?.unit ?? '';
  const values = parseValues(list, name);
  for (const value of values) variation.parseKnob(name, value);
  return { name, values, unit };
}

function readAssumption(text: string, variation: Variation): { name: string; change: Change } {
  const { name, values } = readKnobAxis(text, variation);
  if (values.length !== 1) throw new UserError(`--assume "${text}": expected knob=value, one value`);
  return { name, change: variation.parseKnob(name, values[0]!) };
}

/**
 * What a request becomes when it is varied: documents with changes, strategies with values.
 *
 * @param strategies what the command line names; null = it names none
 * @throws {UserError} for a change that a document, or a value that a strategy, does not take
 */
export function varyRequest(
  request: Request,
  { kind, ask, strategies }: { kind: Kind; ask: ReadAsk; strategies: readonly string[] | null },
): { requests: readonly Request[]; points: readonly SweepPoint[] } {
  const problems = new Problems();
  const points: SweepPoint[] = [];
  const byDocument = new Map<string, { document: PlanDocument; strategies: Set<string> }>();
  const plain = strategies ?? (ask.ranges.length > 0 ? [] : request.strategies);
  const lines = linesOf(kind, ask, plain, problems);
  const varied = new Map<string, PlanDocument | undefined>();
  for (const base of request.documents)
    for (const { line, strategy, point } of lines) {
      const changes = changesOf(point, ask, variationOf(kind));
      const name = [base.name, ...changes.map(changeText)].join(' ');
      if (!varied.has(name))
        varied.set(
          name,
          problems.try(() => varyDocument(base, { kind, changes, name })),
        );
      const document = varied.get(name);
      if (document === undefined) continue;
      const entry = byDocument.get(name) ?? { document, strategies: new Set() };
      entry.strategies.add(strategy);
      byDocument.set(name, entry);
      points.push({ base: base.name, document: name, strategy, line, levels: Object.fromEntries(point) });
    }
  problems.throwIfAny();
  const requests = [...byDocument.values()].map((entry) => ({
    ...request,
    documents: [entry.document],
    strategies: [...entry.strategies],
  }));
  return { requests, points };
}

interface LinePoint {
  readonly line: string;
  readonly strategy: string;
  readonly point: Point;
}

/** Each strategy along the axes that it has: those of the document, and its own parameters. */
function linesOf(kind: Kind, ask: ReadAsk, plain: readonly string[], problems: Problems): LinePoint[] {
  const ofPlain = plain.flatMap((strategy) =>
    pointsOf(ask.knobs, ask.design).map((point) => ({ line: strategy, strategy, point })),
  );
  const ofRanges = ask.ranges.flatMap((range) => {
    const line = problems.try(() => kind.parseStrategy(range.at(new Map())));
    return pointsOf([...ask.knobs, ...range.axes], ask.design).flatMap((point) => {
      const strategy = problems.try(() => kind.parseStrategy(range.at(point)));
      return line === undefined || strategy === undefined ? [] : [{ line, strategy, point }];
    });
  });
  return [...ofPlain, ...ofRanges];
}

const changesOf = (point: Point, { knobs, fixed }: ReadAsk, variation: Variation): Change[] => [
  ...knobs.flatMap(({ name }) => (point.has(name) ? [variation.parseKnob(name, point.get(name)!)] : [])),
  ...fixed,
];

export const changeText = (change: Change): string =>
  'fault' in change ? `(${change.fault})` : `${change.knob}=${change.value}`;

/**
 * The document with changes; without any, itself. What is made of a family is tried once, for its first cluster seed, where
 * the changes name things in it.
 *
 * @throws {UserError}
 */
export function varyDocument(
  document: PlanDocument,
  { kind, changes, name }: { kind: Kind; changes: readonly Change[]; name: string },
): PlanDocument {
  if (changes.length === 0) return document;
  const base = baseOf(document);
  const names = changes.some((change) => 'fault' in change);
  const tried = 'ref' in base ? (names ? kind.generation!.make(base, 1) : null) : base;
  const caveats = tried === null ? base.caveats : kind.variation!.apply(tried, changes).caveats;
  const hash = contentHash({ base: base.hash, changes });
  return { name, hash, caveats, size: base.size, base, changes } satisfies VariedDocument;
}

/** What changes are laid over. */
export function baseOf(document: PlanDocument): LoadedDocument | MadeDocument {
  if ('content' in document || 'ref' in document) return document;
  throw new Error('what is varied is not varied again, and is read before');
}

/** The axes that sweep results are shown along, those of strategies last. */
export const axesOf = ({ knobs, ranges }: ReadAsk): Sweep['axes'] => [
  ...knobs,
  ...ranges.flatMap(({ axes }) => axes.map((axis) => ({ ...axis, unit: '' }))),
];
