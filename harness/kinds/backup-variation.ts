import type { Document } from '../model/document/document.ts';
import type { Variation } from '../model/kind.ts';
import { assumedBy, assumptions } from '../vary/assumptions.ts';
import { parseFault } from '../vary/fault.ts';
import { knobInfos, parseKnob } from '../vary/knobs.ts';
import { varyDocument } from '../vary/vary-document.ts';

/** What of a cluster-and-night document can be varied. */
export const backupVariation: Variation = {
  knobs: knobInfos,
  parseKnob,
  parseFault(text) {
    parseFault(text);
    return { fault: text };
  },
  apply(loaded, changes) {
    const { document, notes } = varyDocument(loaded.content as Document, changes);
    return { ...loaded, content: document, caveats: [...loaded.caveats, ...notes] };
  },
  assumptions,
  assumedBy: ({ content }) => assumedBy(content as Document),
  tradeOffs: [['t95_vms_s', 'excess_streams_per_tb']],
};
