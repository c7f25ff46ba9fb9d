import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { importInventory } from '../../harness/inventory/import-inventory.ts';
import type { ImportOptions } from '../../harness/inventory/import-options.ts';
import type { Document } from '../../harness/model/document/document.ts';
import { parseDocument } from '../../harness/model/document/parse-document.ts';

export const smallCsv = new URL('../../fixtures/inventory/small-csv', import.meta.url).pathname;
/** Public workbooks that lie beside the repository where they are present at all. */
export const workbookPath = (name: string) =>
  new URL(`../../../shared/data/${name}`, import.meta.url).pathname;

export interface Imported {
  readonly document: Document;
  readonly text: string;
  readonly summary: readonly string[];
}

/** A folder for one test, and imports into it. */
export function inventoryScene() {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proxybench-import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  const save = (name: string, content: string) => {
    writeFileSync(at(name), content);
    return at(name);
  };
  return {
    at,
    save,
    /** @returns a folder of CSV files: sheet -> lines */
    export(sheets: Record<string, readonly string[]>): string {
      mkdirSync(at('export'), { recursive: true });
      for (const [sheet, lines] of Object.entries(sheets))
        save(`export/RVTools_tab${sheet}.csv`, lines.join('\n'));
      return at('export');
    },
    async import(source: string, options: Partial<ImportOptions> = {}): Promise<Imported> {
      const out = options.out ?? at('estate.yaml');
      const defaults = {
        overlay: null,
        placement: null,
        diskSplit: 'even',
        keyFile: null,
        clusterSeed: 1,
      } as const;
      const summary = await importInventory({ source, ...defaults, ...options, out });
      const text = readFileSync(out, 'utf8');
      return { text, summary, document: parseDocument(text, out) };
    },
  };
}

export const vmOf = (document: Document, key: string) => document.vms.find((vm) => vm.key === key)!;
