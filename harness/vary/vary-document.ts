import type { Document } from '../model/document/document.ts';
import type { Change } from '../model/kind.ts';
import { layFault } from './fault.ts';
import type { Varied } from './knob.ts';
import { findKnob, knobs } from './knobs.ts';

/**
 * The document with all changes: knobs in the order of their table, then faults.
 *
 * @throws {UserError} for a fault of something that the document does not have, or a change that leaves nothing to work with
 */
export function varyDocument(written: Document, changes: readonly Change[]): Varied {
  let document = written;
  const notes: string[] = [];
  const turned = changes.flatMap((change) => ('knob' in change ? [change] : []));
  const place = ({ knob }: { knob: string }) => knobs.indexOf(findKnob(knob));
  for (const { knob, value } of turned.toSorted((a, b) => place(a) - place(b))) {
    const after = findKnob(knob).apply(document, value);
    const varied = 'document' in after ? after : { document: after, notes: [] };
    document = varied.document;
    notes.push(...varied.notes);
  }
  for (const change of changes) {
    if (!('fault' in change)) continue;
    const after = layFault(document, change.fault, written);
    if (after === null) notes.push(`"${change.fault}" is left out: there is none here`);
    else document = after;
  }
  return { document, notes };
}
