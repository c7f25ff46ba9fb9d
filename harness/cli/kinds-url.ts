import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The module with the table of kinds. PROXYBENCH_KINDS names another one, by its path: for tests, and for kinds that
 * live outside of this package.
 */
export function kindsUrl(): string {
  const other = process.env['PROXYBENCH_KINDS'];
  if (other === undefined || other === '') return new URL('../kinds/index.js', import.meta.url).href;
  return pathToFileURL(resolve(other)).href;
}

/** The kinds that run on the wall clock. */
export const wallKindsUrl = (): string => new URL('../kinds/wall/index.js', import.meta.url).href;
