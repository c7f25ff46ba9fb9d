import type { z } from 'zod';
import { didYouMean } from '../nearest.ts';
import { listNames, type Path, type Problem } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** For a parse: unknown keys carry the names of the keys that are known, one per line. */
export function namesOfKnownKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  return Object.keys((issue.inst as z.ZodObject).shape).join('\n');
}

/** What a parse found wrong with the shape of a value, in words. */
export function shapeProblems(issues: readonly Issue[], value: unknown): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, value, []));
}

function problemsOf(issue: Issue, value: unknown, outer: Path): Problem[] {
  const path = [...outer, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, path);
  const branches = issue.code === 'invalid_union' ? issue.errors : [];
  if (branches.length > 0 && !branches.every(isOtherType))
    return nearestBranch(branches).flatMap((inner) => problemsOf(inner, value, path));
  return [{ path, at: 'value', message: wordsFor(issue, valueAt(value, path)) }];
}

function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys, path: Path): Problem[] {
  const known = issue.message.split('\n');
  return issue.keys.map((key) => ({
    path: [...path, key],
    at: 'key',
    message: `unknown key "${key}"${didYouMean(key, known)}; known here: ${known.join(', ')}`,
  }));
}

/** Of the forms that a value may have, the one that it misses by least. */
function nearestBranch(branches: readonly Issue[][]): Issue[] {
  const fitting = branches.filter((issues) => !isOtherType(issues));
  return fitting.reduce((best, issues) => (weigh(issues) < weigh(best) ? issues : best));
}

const isOtherType = (issues: readonly Issue[]) =>
  issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0);

const weigh = (issues: readonly Issue[]) =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);

function wordsFor(issue: Issue, value: unknown): string {
  if (issue.code === 'custom')
    return isScalar(value) ? `is ${describe(value)}; ${issue.message}` : issue.message;
  if (value === undefined) return `is missing; expected ${expected(issue)}`;
  if (issue.code === 'invalid_format') return `is ${describe(value)}; ${issue.message}`;
  return `is ${describe(value)}; expected ${expected(issue)}${nearestChoice(issue, value)}`;
}

const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'number';

const typeNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return atBound(issue.origin, `${boundWord(issue, 'at least', 'more than')} ${issue.minimum}`);
    case 'too_big':
      return atBound(issue.origin, `${boundWord(issue, 'at most', 'less than')} ${issue.maximum}`);
    case 'invalid_union':
      return expectedOfUnion(issue);
    default:
      return issue.message;
  }
}

const boundWord = (bound: { inclusive?: boolean; exact?: boolean }, inside: string, beyond: string) => {
  if (bound.exact === true) return 'exactly';
  return bound.inclusive === false ? beyond : inside;
};

const countedThings: Record<string, string> = { array: ' entries', string: ' characters' };
const atBound = (origin: string, bound: string) => `${bound}${countedThings[origin] ?? ''}`;

function expectedOfUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  if (issue.errors.length > 0) return issue.errors.map((branch) => expected(branch[0]!)).join(' or ');
  return 'options' in issue ? `one of ${listNames((issue.options ?? []).map(String))}` : issue.message;
}

function nearestChoice(issue: Issue, value: unknown): string {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return '';
  return didYouMean(value, issue.values.map(String));
}

function describe(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (Array.isArray(value))
    return value.length === 1 ? 'a list of 1 entry' : `a list of ${value.length} entries`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return value === null ? 'empty' : String(value);
}

function valueAt(value: unknown, path: Path): unknown {
  let part = value;
  for (const step of path) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, step)) return undefined;
    part = (part as Record<string | number, unknown>)[step];
  }
  return part;
}
