import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { linesFor } from '../kit/document-lines.ts';
import { redrawPlacement } from '../kit/placement.ts';
import { type Document, documentSchema } from '../model/document/document.ts';
import { acceptDocument, examine } from '../model/document/parse-document.ts';
import { systemWords, UserError } from '../model/errors.ts';
import { anonymise, readNameKey } from './anonymise.ts';
import { applyOverlay } from './apply-overlay.ts';
import { buildEstate, type Draft } from './build-estate.ts';
import type { ImportOptions } from './import-options.ts';
import { completeFields, createLedger, type Ledger } from './ledger.ts';
import { cleanName } from './names.ts';
import { type OutputFile, writeFiles } from './output-files.ts';
import { readOverlay } from './overlay.ts';
import { readSheets } from './read-sheets.ts';
import { summarise } from './summary.ts';
import { createTally } from './tally.ts';

/**
 * Makes a document of an RVTools export and writes it: whole, or not at all.
 *
 * @returns what was read, left out and assumed, in plain words
 * @throws {UserError} where export, overlay or key file cannot be used
 * @throws {WriteError} where the document cannot be written
 */
export async function importInventory(options: ImportOptions): Promise<readonly string[]> {
  const { source, out, keyFile } = options;
  const lines = linesFor(out);
  refuseOverwriting(options);
  const ledger = createLedger();
  const skipped = createTally();
  const sheets = await readSheets(source);
  const imported = inFile(source, () => buildEstate(sheets, options, { ledger, skipped, problems: [] }));
  // by its own file, so that two imports of one export can be run side by side
  const name = cleanName(basename(out).replace(/\.(ya?ml|json)$/iu, ''));
  const named: Draft = { ...imported, name, ledger: { ...imported.ledger, source: basename(source) } };
  const overlaid = options.overlay === null ? named : await lay(options.overlay, named, ledger);
  const hidden = keyFile === null ? null : anonymise(overlaid, await readNameKey(keyFile));
  const document = finish(hidden?.draft ?? overlaid, options.clusterSeed, ledger);
  const files: OutputFile[] = [{ path: out, text: [...lines(document.draft)].join(''), mode: 0o644 }];
  if (hidden !== null && keyFile !== null)
    files.unshift({ path: keyFile, text: `${JSON.stringify(hidden.key, null, 1)}\n`, mode: 0o600 });
  await writeFiles(files);
  return summarise({ document: document.whole, skipped, options });
}

function refuseOverwriting({ source, out, overlay, keyFile }: ImportOptions): void {
  const inputs = [source, overlay, keyFile].filter((path) => path !== null).map((path) => resolve(path));
  if (inputs.includes(resolve(out)))
    throw new UserError(`${out}: is an input too; write the document to another file`);
}

/** Problems of the export say which file it is. */
function inFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError)
      throw new UserError(error.problems.map((problem) => `${path}: ${problem}`));
    throw error;
  }
}

async function lay(path: string, draft: Draft, ledger: Ledger): Promise<Draft> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${path}: the overlay cannot be read (${systemWords(error.code ?? error.message)})`);
  });
  const overlaid = applyOverlay(draft, readOverlay(text, path), ledger);
  // Where the shape is sound the draw comes first: a store that is gone may have been the first choice.
  const isSound = documentSchema.safeParse(overlaid.draft).success;
  const { problems } = examine(isSound ? redrawPlacement(overlaid.draft, 1) : overlaid.draft);
  if (problems.length > 0) throw new UserError(problems.slice(0, shownProblems).map(overlaid.locate));
  return overlaid.draft;
}

/** One removed server may leave hundreds of VMs without one. */
const shownProblems = 20;

function finish(draft: Draft, clusterSeed: number, ledger: Ledger): { draft: Draft; whole: Document } {
  const placed = redrawPlacement(draft, clusterSeed);
  const whole = acceptDocument(placed, 'the imported document');
  const fields = completeFields(ledger.fields(), whole);
  const add = <D extends { ledger?: unknown }>(document: D) => ({
    ...document,
    ledger: { ...placed.ledger, fields },
  });
  return { draft: add(placed), whole: add(whole) };
}
