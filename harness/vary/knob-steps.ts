import type { Document } from '../model/document/document.ts';
import type { Knob } from './knob.ts';

// Steps that several knobs are made of.

type Section = 'streamCaps' | 'streamIo' | 'overheads' | 'roles';

/** The document with some fields of a section changed. */
export const withFields = <S extends Section>(
  document: Document,
  section: S,
  fields: Partial<Document[S]>,
): Document => ({ ...document, [section]: { ...document[section], ...fields } });

export const eachDevice = (
  document: Document,
  change: (device: Document['devices'][number]) => Document['devices'][number],
): Document => ({ ...document, devices: document.devices.map(change) });

/** A knob that multiplies what is written: as written it is 1. */
export const factorKnob = (
  knob: Pick<Knob, 'name' | 'summary'>,
  apply: (document: Document, factor: number) => Document,
): Knob => ({
  ...knob,
  unit: 'times',
  takes: { least: 0.01, most: 100, whole: false },
  of: () => 1,
  apply: (document, value) => (value === 1 ? document : apply(document, value as number)),
});
