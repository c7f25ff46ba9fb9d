import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Kind } from '../model/kind.ts';
import { parseYaml } from './parse-yaml.ts';
import { readText } from './read-text.ts';
import { suiteSchemaFor, type Suite } from './suite.ts';

/** The suites of a folder by file name; none where there is no folder. */
export function readSuites(folder: string, kinds: readonly Kind[]): { file: string; suite: Suite }[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => /\.(?:ya?ml|json)$/u.test(name))
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      const file = relative('', path);
      return { file, suite: parseYaml(suiteSchemaFor(kinds), readFileSync(path, 'utf8'), file) };
    });
}

/** @throws {UserError} where the file is no suite */
export function readSuite(path: string, kinds: readonly Kind[]): Suite {
  const text = readText(path);
  if (typeof text !== 'string') throw new UserError(`${path}: is too long for a suite`);
  return parseYaml(suiteSchemaFor(kinds), text, path);
}
