import type { z } from 'zod';
import { formatPath } from '../model/document/problem.ts';
import { namesOfKnownKeys, shapeProblems } from '../model/document/shape-problems.ts';
import { readSource } from '../model/document/source.ts';
import { UserError } from '../model/errors.ts';

/**
 * Reads YAML or JSON of a shape.
 *
 * @param path of the file, for messages
 * @throws {UserError} with every problem as `path:line:column where.in.it: what is wrong; what would be right`
 */
export function parseYaml<T extends z.ZodType>(schema: T, text: string, path: string): z.output<T> {
  const source = readSource(text, path);
  const parsed = schema.safeParse(source.value, { error: namesOfKnownKeys });
  if (parsed.success) return parsed.data;
  throw new UserError(
    shapeProblems(parsed.error.issues, source.value).map((problem) => {
      const { line, column } = source.locate(problem.path, problem.at);
      return `${path}:${line}:${column} ${formatPath(problem.path)}: ${problem.message}`;
    }),
  );
}
