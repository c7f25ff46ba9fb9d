import {
  assumptionPoints,
  levelsOf,
  type AssumptionAsk,
  type AssumedPoint,
} from '../kit/assumption-points.ts';
import type { Sweep, SweepPoint } from '../kit/sweep.ts';
import type { Value } from '../kit/value-range.ts';
import { UserError } from '../model/errors.ts';
import type { AssumptionInfo, Change, Kind, PlanDocument } from '../model/kind.ts';
import type { Request } from './plan.ts';
import { Problems } from './problems.ts';
import { changeText, varyDocument, baseOf, variationOf, type ReadAsk } from './vary-inputs.ts';

export interface AssumeParts {
  readonly kind: Kind;
  readonly ask: ReadAsk;
  readonly how: AssumptionAsk;
}

/**
 * Requests under all assumptions of the kind: each document as written, with each assumption alone, and with all of them drawn.
 * What the command line fixes is not varied.
 *
 * @throws {UserError} where the kind names no assumptions, or a change is not taken
 */
export function assumeRequests(
  requests: readonly Request[],
  parts: AssumeParts,
): { requests: readonly Request[]; sweep: Sweep } {
  const { kind, ask, how } = parts;
  const { assumptions = [] } = variationOf(kind);
  const fixed = new Set(ask.fixed.flatMap((change) => ('knob' in change ? [change.knob] : [])));
  const all = assumptions.filter(({ name }) => !fixed.has(name));
  if (all.length === 0) throw new UserError(`kind ${kind.name} names no assumptions that could be varied`);
  const problems = new Problems();
  const written: Record<string, Readonly<Record<string, Value | null>>> = {};
  const points: SweepPoint[] = [];
  const varied = requests.map((request) => {
    const documents = request.documents.flatMap((base) => {
      const own = assumedBy(base, parts);
      written[base.name] = own;
      const made = all.filter(({ name }) => own[name] !== undefined);
      return assumptionPoints(made, own, how).flatMap((point) => {
        const document = problems.try(() => documentAt(base, point, parts));
        if (document === undefined) return [];
        for (const strategy of request.strategies) points.push(sweepPoint(base, document, strategy, point));
        return [document];
      });
    });
    return { ...request, documents };
  });
  problems.throwIfAny();
  const axes = all.map((assumption) => axisOf(assumption, how));
  return { requests: varied, sweep: { axes, points, assumptions: { all, written } } };
}

/** What is fixed counts as written. */
function assumedBy(base: PlanDocument, { kind, ask }: AssumeParts): Readonly<Record<string, Value | null>> {
  const variation = variationOf(kind);
  const written = baseOf(base);
  const loaded = 'ref' in written ? kind.generation!.make(written, 1) : written;
  return variation.assumedBy!(variation.apply(loaded, ask.fixed));
}

function documentAt(
  base: PlanDocument,
  { levels, draw }: AssumedPoint,
  { kind, ask, how }: AssumeParts,
): PlanDocument {
  const { parseKnob } = variationOf(kind);
  const changes = Object.entries(levels).map(([name, value]): Change => parseKnob(name, value));
  const shown = draw === null ? changes.map(changeText) : [`draw ${draw} of ${how.draws}, seed ${how.seed}`];
  const name = [base.name, ...ask.fixed.map(changeText), ...shown].join(' ');
  return varyDocument(base, { kind, changes: [...changes, ...ask.fixed], name });
}

const sweepPoint = (
  base: PlanDocument,
  document: PlanDocument,
  strategy: string,
  { levels, draw }: AssumedPoint,
): SweepPoint => ({
  base: base.name,
  document: document.name,
  strategy,
  line: strategy,
  levels,
  ...(draw === null ? {} : { draw }),
});

const axisOf = (assumption: AssumptionInfo, { levels }: AssumptionAsk) => ({
  name: assumption.name,
  unit: assumption.unit,
  values: levelsOf(assumption, levels),
});
