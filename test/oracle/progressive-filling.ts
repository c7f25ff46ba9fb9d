import type { FlowSpec, ResourceSpec, Use } from '../../harness/engine/fluid/solver.ts';

// Written from the definition and as naive as can be: shares no code with the engine.

/** @returns the capacity of a resource with n flows on it */
export function capacityWith({ capacity, efficiency }: ResourceSpec, n: number): number {
  switch (efficiency.kind) {
    case 'none':
      return capacity;
    case 'loss':
      return capacity * Math.max(efficiency.efficiencyFloor, 1 / (1 + efficiency.lossPerStream * (n - 1)));
    case 'comfort':
      return n > efficiency.comfortable
        ? capacity * Math.max(efficiency.floor, efficiency.comfortable / n)
        : capacity;
  }
}

const perMBOn = (uses: readonly Use[], resource: number): number =>
  uses.reduce((sum, use) => (use.resource === resource ? sum + use.perMB : sum), 0);

/** @returns the max-min fair rates, in order of `flows` */
export function fairRates(resources: readonly ResourceSpec[], flows: readonly FlowSpec[]): number[] {
  const a = flows.map((flow) => resources.map((_, r) => perMBOn(flow.uses, r)));
  const capacities = resources.map((spec, r) => capacityWith(spec, a.filter((row) => row[r]! > 0).length));
  const rates: (number | null)[] = flows.map(() => null);
  const fillsAt = (r: number): number => {
    let room = capacities[r]!;
    let weight = 0;
    rates.forEach((rate, f) => {
      if (rate === null) weight += a[f]![r]!;
      else room -= a[f]![r]! * rate;
    });
    return weight > 0 ? Math.max(0, room) / weight : Infinity;
  };
  while (rates.includes(null)) {
    const heights = flows.map((flow, f) =>
      Math.min(flow.capMBps, ...resources.map((_, r) => (a[f]![r]! > 0 ? fillsAt(r) : Infinity))),
    );
    const lowest = Math.min(...heights.filter((_, f) => rates[f] === null));
    flows.forEach((_, f) => {
      if (rates[f] === null && heights[f] === lowest) rates[f] = lowest;
    });
  }
  return rates.map((rate) => rate!);
}

/**
 * What is wrong with an allocation; max-min fair is exactly the one with no findings: nothing above its capacity or cap,
 * and every flow at its cap or across a full resource on which nobody is faster.
 *
 * @param tolerance relative
 */
export function unfairness(
  resources: readonly ResourceSpec[],
  flows: readonly (FlowSpec & { readonly rateMBps: number })[],
  tolerance: number,
): string[] {
  const isLess = (x: number, y: number): boolean => x < y * (1 - tolerance) - Number.MIN_VALUE;
  const state = resources.map((spec, r) => {
    const members = flows.filter((flow) => perMBOn(flow.uses, r) > 0);
    return {
      load: members.reduce((sum, flow) => sum + flow.rateMBps * perMBOn(flow.uses, r), 0),
      capacity: capacityWith(spec, members.length),
      fastest: Math.max(0, ...members.map((flow) => flow.rateMBps)),
    };
  });
  const overfull = state.flatMap(({ load, capacity }, r) =>
    isLess(capacity, load) ? [`resource ${r} carries ${load} of ${capacity}`] : [],
  );
  const wronged = flows.flatMap(({ capMBps, rateMBps, uses }, f) => {
    if (rateMBps < 0 || isLess(capMBps, rateMBps)) return [`flow ${f} runs at ${rateMBps}, cap ${capMBps}`];
    const isHeld = uses.some(({ resource }) => {
      const { load, capacity, fastest } = state[resource]!;
      return !isLess(load, capacity) && !isLess(rateMBps, fastest);
    });
    return isHeld || !isLess(rateMBps, capMBps) ? [] : [`flow ${f} could be faster than ${rateMBps}`];
  });
  return [...overfull, ...wronged];
}
