import { backupNight } from '../kinds/backup-night.ts';
import type { Document } from '../model/document/document.ts';
import type { Change, LoadedDocument, PlanDocument } from '../model/kind.ts';
import { createEvaluator, type Evaluator } from '../run/evaluate.ts';
import { createProgress } from '../run/progress.ts';
import { readText } from '../run/read-text.ts';
import { readAsk, varyDocument, type ReadAsk } from '../run/vary-inputs.ts';
import { kindsUrl } from './kinds-url.ts';
import { varyAskOf, type VaryOptions } from './vary-options.ts';

/** A document that a question is asked about. */
export interface Asked {
  readonly loaded: LoadedDocument;
  readonly document: Document;
  readonly ask: ReadAsk;
}

/** @throws {UserError} */
export function readAsked(file: string, options: VaryOptions): Asked {
  const loaded = backupNight.parseDocument(readText(file), file);
  return { loaded, document: loaded.content as Document, ask: readAsk(varyAskOf(options), backupNight) };
}

/** The document with changes, for the evaluator. @throws {UserError} */
export const changed = ({ loaded }: Asked, changes: readonly Change[], name: string): PlanDocument =>
  varyDocument(loaded, { kind: backupNight, changes, name });

/** So long may one cell of a question take. */
const timeoutS = 600;

/** Asks with an evaluator of these documents, and ends it whatever happens. @param atMost nights that it may take, about */
export async function withEvaluator<T>(
  documents: readonly PlanDocument[],
  { threads, quiet, atMost }: { threads: number; quiet: boolean; atMost: number },
  ask: (evaluator: Evaluator) => Promise<T>,
): Promise<T> {
  const { stderr } = process;
  const progress = createProgress({
    mode: quiet ? 'none' : stderr.isTTY ? 'live' : 'plain',
    write: (text) => void stderr.write(text),
    clock: () => performance.now(),
    width: stderr.columns ?? 80,
  });
  const evaluator = createEvaluator({
    kind: backupNight,
    documents,
    kindsUrl: kindsUrl(),
    threads,
    timeoutS,
    onCell: (computed) => progress.stage('nights simulated', computed, Math.max(atMost, computed + 1)),
  });
  try {
    return await ask(evaluator);
  } finally {
    progress.end();
    await evaluator.end();
  }
}
