import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareText } from '../report/csv.ts';

/** Folders of the built program that an outcome may follow from. */
const folders = [
  'strategies',
  ...[
    'attempt',
    'coordinate',
    'emulate',
    'engine',
    'generate',
    'kinds',
    'kit',
    'measure',
    'model',
    'night',
    'vary',
  ].map((name) => `harness/${name}`),
];

/**
 * SHA-256 over the built files that outcomes come from, and over the table of kinds. The file of a strategy alone would not
 * do: it imports, and what it imports decides with it.
 *
 * @param root folder of the built program
 */
export function codeHash(root: string, kindsUrl: string): string {
  const hash = createHash('sha256');
  for (const file of folders.flatMap((folder) => builtFiles(root, folder)))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.update(readFileSync(fileURLToPath(kindsUrl))).digest('hex');
}

function builtFiles(root: string, folder: string): string[] {
  if (!statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .toSorted(compareText);
}
