/**
 * An overlay: a YAML or JSON file that says what the export does not. It has the keys of a document and is laid over the
 * imported one:
 *
 *     devices:
 *       - { id: array-1, media: hdd, attachment: { kind: san, site: Berlin, zones: [fabric-a] } } # new id: added, so it is whole
 *       - { match: 'nvme-*', media: flash, readMBps: 6000 }    # all whose id fits (* any text, ? one sign)
 *     stores:
 *       - { match: 'sas-*', device: array-1 }                  # several stores on one device; devices left without stores go
 *     vms:
 *       - { key: sql-17, priority: critical }                  # known id (VMs: key): the fields given replace its own, whole
 *     proxies:
 *       - { match: 'proxy-*', remove: true }                   # known id: removed
 *       - { id: px-1, server: esx-01, cpus: 8, ramMB: 18000 }
 *     faults: { rates: { attempt: 0.03 } }                     # what is no list of things with ids: replaced whole
 *
 * Entries are applied in their order. A removed store is unmounted too; anything else that still names what was removed is an
 * error. A job's streams follow the proxies until the overlay gives them.
 */
import { UserError } from '../model/errors.ts';
import { documentSchema } from '../model/document/document.ts';
import { formatPath, type Path } from '../model/document/problem.ts';
import { readSource, type Source } from '../model/document/source.ts';
import { didYouMean } from '../model/nearest.ts';

/** The lists of things with ids, and the field that holds the id. */
export const idFields = {
  sites: 'id',
  managementServers: 'id',
  devices: 'id',
  stores: 'id',
  servers: 'id',
  vms: 'key',
  proxies: 'id',
  agents: 'id',
  secondaryStorage: 'id',
  policies: 'id',
  jobs: 'id',
} as const;
export type ListName = keyof typeof idFields;

export interface OverlayEntry {
  readonly list: ListName;
  /** where it stands in the overlay */
  readonly path: Path;
  /** one thing by its id, or all whose id fits */
  readonly id: string | null;
  readonly match: string | null;
  readonly remove: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Overlay {
  readonly path: string;
  readonly source: Source;
  readonly entries: readonly OverlayEntry[];
  /** what replaces a key of the document whole */
  readonly values: Readonly<Record<string, unknown>>;
}

/** @throws {UserError} with every problem and its place */
export function readOverlay(text: string, path: string): Overlay {
  const source = readSource(text, path);
  const problems: string[] = [];
  const report = (where: Path, message: string) => {
    const { line, column } = source.locate(where, 'value');
    problems.push(`${path}:${line}:${column} ${formatPath(where)}: ${message}`);
  };
  const known = Object.keys(documentSchema.shape).filter((key) => key !== 'proxybench' && key !== 'ledger');
  const entries: OverlayEntry[] = [];
  const values: Record<string, unknown> = {};
  if (!isMap(source.value ?? {}))
    report([], 'expected an object with keys of a document, as devices or proxies');
  else
    for (const [key, value] of Object.entries(source.value ?? {})) {
      if (!known.includes(key))
        report(
          [key],
          `an overlay cannot give this${didYouMean(key, known)}; expected one of ${known.join(', ')}`,
        );
      else if (!Object.hasOwn(idFields, key)) values[key] = value;
      else if (!Array.isArray(value)) report([key], 'expected a list');
      else entries.push(...readEntries(key as ListName, value, report));
    }
  if (problems.length > 0) throw new UserError(problems);
  return { path, source, entries, values };
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Report = (where: Path, message: string) => void;

function readEntries(list: ListName, items: readonly unknown[], report: Report): readonly OverlayEntry[] {
  const idField = idFields[list];
  return items.flatMap((item, place) => {
    const path = [list, place];
    if (!isMap(item)) {
      report(path, `expected an object with ${idField} or match`);
      return [];
    }
    const { [idField]: id, match, remove, ...fields } = item;
    const named = [id, match].filter((name) => name !== undefined);
    const isNamed = named.length === 1 && typeof named[0] === 'string' && named[0] !== '';
    if (!isNamed) report(path, `expected either ${idField} or match, a text`);
    if (remove !== undefined && remove !== true) report([...path, 'remove'], 'expected true, or none');
    if (remove === true && Object.keys(fields).length > 0)
      report(path, 'remove: true goes with no other field');
    if (!isNamed) return [];
    const names = { id: (id as string | undefined) ?? null, match: (match as string | undefined) ?? null };
    return [{ list, path, ...names, remove: remove === true, fields }];
  });
}
