import { z } from 'zod';
import type { Kind } from '../model/kind.ts';
import { findKind } from './kinds.ts';
import { problemsOf } from './problems.ts';

const seedCount = z.int().min(1).max(100_000);

const fields = {
  suite: z.literal(1).describe('version of this format'),
  name: z.string().min(1),
  why: z.string().optional().describe('the question that it answers'),
  kind: z.string().optional().describe('kind of experiment; left out: the first'),
  documents: z.array(z.string().min(1)).min(1).describe('paths, from the folder of this file'),
  strategies: z.array(z.string().min(1)).min(1).describe('text forms: name or name[parameter=value,...]'),
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
    suite.strategies.forEach((text, i) => {
      for (const message of problemsOf(() => kind.parseStrategy(text)))
        context.addIssue({ code: 'custom', path: ['strategies', i], message });
    });
  });
