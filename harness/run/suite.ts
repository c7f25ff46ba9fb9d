import { z } from 'zod';
import type { Kind } from '../model/kind.ts';
import { casesOf, claimSchema, readingsSchema } from './claims.ts';
import { didYouMean } from '../model/nearest.ts';
import { findKind } from './kinds.ts';
import { madeDocuments } from './made-documents.ts';
import { problemsOf } from './problems.ts';

const seedCount = z.int().min(1).max(100_000);

const oneOrMore = <T extends z.ZodType>(value: T) => z.union([value, z.array(value).min(1)]);

const fields = {
  suite: z.literal(1).describe('version of this format'),
  name: z.string().min(1),
  why: z.string().optional().describe('the question that it answers'),
  kind: z.string().optional().describe('kind of experiment; left out: the first'),
  documents: z.array(z.string().min(1)).default([]).describe('paths, from the folder of this file'),
  families: z
    .array(z.object({ family: oneOrMore(z.string()) }).catchall(oneOrMore(z.union([z.string(), z.number()]))))
    .default([])
    .describe(
      'documents that are made: a family and its parameters; a list of values is an axis of a product',
    ),
  strategies: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'text forms: name or name[parameter=value,...]; left out: those of the claims, or all of the table',
    ),
  claims: z.array(claimSchema).min(1).optional().describe('what is expected, for `experiment` to judge'),
  readings: readingsSchema.default({}),
  clusters: seedCount.default(1).describe('cluster seeds 1 to this'),
  nights: seedCount.default(1).describe('night seeds 1 to this'),
};

/** Names documents, strategies and seeds: what `run` computes without further options. */
export const suiteSchema = z.strictObject(fields).describe('a suite');
export type Suite = z.output<typeof suiteSchema>;

/** The schema with what only a table of kinds can say: which kinds and strategies there are. */
export const suiteSchemaFor = (kinds: readonly Kind[]) =>
  suiteSchema.superRefine((suite, context) => {
    const kind = findKind(kinds, suite.kind ?? null);
    if (kind === undefined) {
      const known = kinds.map(({ name }) => name).join(', ');
      context.addIssue({ code: 'custom', path: ['kind'], message: `no such kind; known: ${known}` });
      return;
    }
    if (suite.documents.length + suite.families.length === 0)
      context.addIssue({
        code: 'custom',
        path: [],
        message: 'names nothing to run; expected documents or families',
      });
    suite.families.forEach((entry, i) => {
      for (const message of problemsOf(() => madeDocuments(kind, entry)))
        context.addIssue({ code: 'custom', path: ['families', i], message });
    });
    suite.claims?.forEach((claim, i) => {
      for (const message of problemsOf(() => casesOf(claim, suite.readings, kind)))
        context.addIssue({ code: 'custom', path: ['claims', i], message });
      if (!kind.metrics.some(({ name }) => name === claim.metric)) {
        const near = didYouMean(
          claim.metric,
          kind.metrics.map(({ name }) => name),
        );
        const message = `no metric "${claim.metric}"${near}; see list metrics`;
        context.addIssue({ code: 'custom', path: ['claims', i, 'metric'], message });
      }
    });
    suite.strategies?.forEach((text, i) => {
      for (const message of problemsOf(() => kind.parseStrategy(text)))
        context.addIssue({ code: 'custom', path: ['strategies', i], message });
    });
  });
