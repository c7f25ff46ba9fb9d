import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;

export interface Source {
  /** from the root, with slashes */
  readonly path: string;
  readonly text: string;
  /** paths from the root of what it imports of ours */
  readonly imports: readonly string[];
  /** packages that it imports */
  readonly packages: readonly string[];
}

/** Every TypeScript file of the program, not of its tests. */
export function readSources(): Source[] {
  return ['harness', 'strategies'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readSource(`${folder}/${name}`)),
  );
}

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/gu)].map((m) => m[1]!);
  const isOwn = (name: string) => name.startsWith('.');
  return {
    path,
    text,
    imports: named.filter(isOwn).map((name) => join(path, '..', name)),
    packages: named.filter((name) => !isOwn(name)),
  };
}

export const layerOf = (path: string): string =>
  path.startsWith('strategies/') ? 'strategies' : path.split('/')[1]!;
