import { UserError } from '../model/errors.ts';
import { didYouMean } from '../model/nearest.ts';
import { families } from './families.ts';
import { type Ask, type Family, nightKinds, type NightKind, nightsOf } from './family.ts';

export const fewestVms = 10;
export const mostVms = 1_000_000;

/** What is asked of a family, apart from the cluster seed. */
export type FamilyAsk = Omit<Ask, 'clusterSeed'>;

/** @throws {UserError} for an unknown family */
export function findFamily(name: string): Family {
  const family = families.find((each) => each.name === name);
  if (family !== undefined) return family;
  const names = families.map((each) => each.name);
  throw new UserError(`no family "${name}"${didYouMean(name, names)}; known: ${names.join(', ')}`);
}

/**
 * @param parameters `night` left out: full, where the family has full nights
 * @throws {UserError} for each parameter that is unknown or has no place in the family
 */
export function parseAsk(family: Family, parameters: Readonly<Record<string, unknown>>): FamilyAsk {
  const { vms, night = nightsOf(family)[0], ...others } = parameters;
  const problems = Object.keys(others).map(
    (name) =>
      `${family.name} has no parameter "${name}"${didYouMean(name, known)}; known: ${known.join(', ')}`,
  );
  if (!isWhole(vms))
    problems.push(`vms: expected a whole number from ${fewestVms} to ${mostVms}, got ${String(vms)}`);
  if (!nightKinds.includes(night as NightKind))
    problems.push(`night: expected ${nightKinds.join(' or ')}, got ${String(night)}`);
  else if (!nightsOf(family).includes(night as NightKind))
    problems.push(
      `night: ${family.name} has ${nightsOf(family).join(' and ')} nights alone, got ${String(night)}`,
    );
  if (problems.length > 0) throw new UserError(problems);
  return { vms: vms as number, night: night as NightKind };
}

const known = ['vms', 'night'];

const isWhole = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= fewestVms && (value as number) <= mostVms;
