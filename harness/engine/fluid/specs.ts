import type { FlowSpec, Use } from './solver.ts';

/** @throws {RangeError} unless finite and >= 0 */
export function checkCapacity(capacity: number): void {
  if (!(capacity >= 0) || capacity === Infinity)
    throw new RangeError(`capacity: expected a finite number >= 0, got ${capacity}`);
}

/** @throws {RangeError} unless >= 0, and finite where nothing else limits the flow */
export function checkCap(capMBps: number, useCount: number): void {
  if (!(capMBps >= 0)) throw new RangeError(`capMBps: expected a number >= 0, got ${capMBps}`);
  if (capMBps === Infinity && useCount === 0)
    throw new RangeError('capMBps: expected a finite number for a flow without uses, got Infinity');
}

/**
 * @returns the uses with every resource once, in order of first mention
 * @throws {RangeError} on an impossible flow
 */
export function checkedUses(flow: FlowSpec, resourceCount: number): readonly Use[] {
  if (!(flow.sizeMB >= 0) || flow.sizeMB === Infinity)
    throw new RangeError(`sizeMB: expected a finite number >= 0, got ${flow.sizeMB}`);
  checkCap(flow.capMBps, flow.uses.length);
  for (let i = 0; i < flow.uses.length; i++) {
    const { resource, perMB } = flow.uses[i]!;
    if (!(resource >= 0 && resource < resourceCount)) throw new RangeError(`no resource ${resource}`);
    if (!(perMB > 0) || perMB === Infinity)
      throw new RangeError(`perMB: expected a finite number > 0, got ${perMB} for resource ${resource}`);
  }
  return isRepeating(flow.uses) ? merge(flow.uses) : flow.uses;
}

function isRepeating(uses: readonly Use[]): boolean {
  for (let i = 1; i < uses.length; i++)
    for (let j = 0; j < i; j++) if (uses[i]!.resource === uses[j]!.resource) return true;
  return false;
}

function merge(uses: readonly Use[]): readonly Use[] {
  const totals = new Map<number, number>();
  for (const { resource, perMB } of uses) totals.set(resource, (totals.get(resource) ?? 0) + perMB);
  return Array.from(totals, ([resource, perMB]) => ({ resource, perMB }));
}
