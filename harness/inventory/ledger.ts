import type { Document, DocumentInput } from '../model/document/document.ts';

export type Origin = 'read' | 'derived' | 'assumed';
type Fields = NonNullable<Document['ledger']>['fields'];

/** Collects, for every field of the document, where its values come from. */
export interface Ledger {
  note(field: string, origin: Origin, how: string, count?: number): void;
  /** The overlay gave the field in so many of all entities. */
  overlaid(field: string, count: number, all: number): void;
  fields(): Fields;
}

interface Source {
  readonly origin: Origin;
  readonly how: string;
  count: number;
}

/** Weakest last: a field of which one value is assumed counts as assumed, and says how many are. */
const strengths: readonly Origin[] = ['read', 'derived', 'assumed'];

export function createLedger(): Ledger {
  const sources = new Map<string, Map<string, Source>>();
  const overlays = new Map<string, string>();
  const note = (field: string, origin: Origin, how: string, count = 1) => {
    const known = sources.get(field) ?? new Map<string, Source>();
    sources.set(field, known);
    const source = known.get(how);
    if (source === undefined) known.set(how, { origin, how, count });
    else source.count += count;
  };
  return {
    note,
    overlaid(field, count, all) {
      const inside = [...sources.keys()].filter((name) => name === field || name.startsWith(`${field}.`));
      if (count < all) {
        if (inside.length === 0) note(field, 'assumed', 'the default of the document format, or none');
        for (const name of inside.length === 0 ? [field] : inside)
          overlays.set(name, `the overlay gives ${count} of ${all}`);
        return;
      }
      for (const name of inside) sources.delete(name);
      note(field, 'read', 'the overlay', count);
    },
    fields() {
      const all = [...sources].toSorted(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(
        all.map(([field, by]) => [field, merge([...by.values()], overlays.get(field))]),
      );
    },
  };
}

function merge(sources: readonly Source[], overlay: string | undefined): Fields[string] {
  const weakest = sources.reduce((most, s) => Math.max(most, strengths.indexOf(s.origin)), 0);
  const ordered = strengths.flatMap((origin) => sources.filter((s) => s.origin === origin));
  const one = ordered.length === 1;
  const hows = ordered.map((s) => (one ? s.how : `${s.origin} ${s.count}: ${s.how}`));
  return {
    origin: strengths[weakest]!,
    how: [...hows, ...(overlay === undefined ? [] : [overlay])].join('; '),
  };
}

/** Every field of a whole document that the ledger does not speak of holds a default of the format. */
export function completeFields(fields: Fields, document: Document): Fields {
  const sectionOf = (field: string) => field.split('.')[0]!;
  const begun = new Set(Object.keys(fields).map(sectionOf));
  const open = fieldsOf(document).filter((field) => !isCovered(field, fields));
  const missing = new Set(open.map((field) => (begun.has(sectionOf(field)) ? field : sectionOf(field))));
  const defaults = [...missing].map(
    (field) => [field, { origin: 'assumed', how: 'default of the document format' }] as const,
  );
  return Object.fromEntries(
    [...Object.entries(fields), ...defaults].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The paths of a document's values without places in lists, as "vms.disks.store"; without name and ledger. */
export function fieldsOf(document: Document | DocumentInput): readonly string[] {
  const paths = new Set<string>();
  const walk = (value: unknown, path: string) => {
    if (Array.isArray(value)) for (const item of value) walk(item, path);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    else paths.add(path);
  };
  for (const [key, value] of Object.entries(document))
    if (!['proxybench', 'name', 'note', 'ledger'].includes(key)) walk(value, key);
  return [...paths].toSorted();
}

/** A ledger's line speaks of a field and of all that is inside it. */
export function isCovered(field: string, fields: Readonly<Record<string, unknown>>): boolean {
  const parts = field.split('.');
  return parts.some((_, n) => Object.hasOwn(fields, parts.slice(0, n + 1).join('.')));
}
