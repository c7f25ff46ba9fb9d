import type { DocumentInput } from '../model/document/document.ts';
import { UserError } from '../model/errors.ts';
import { didYouMean } from '../model/nearest.ts';
import { formatPath, type Path, type Problem } from '../model/document/problem.ts';
import { comfortableStreams } from './backup.ts';
import type { Draft } from './build-estate.ts';
import type { Ledger } from './ledger.ts';
import { idFields, type ListName, type Overlay, type OverlayEntry } from './overlay.ts';

type Thing = Readonly<Record<string, unknown>>;
/** By id, in document order. */
type Lists = Record<ListName, Map<string, Thing>>;

/** An imported document with an overlay laid over it: its shape is not checked yet. */
export interface Overlaid {
  readonly draft: Draft;
  /** a problem of the document in words, with its place in the overlay where it comes from there */
  locate(problem: Problem): string;
}

/** @throws {UserError} for entries that fit nothing */
export function applyOverlay(draft: Draft, overlay: Overlay, ledger: Ledger): Overlaid {
  const names = Object.keys(idFields) as ListName[];
  const lists = Object.fromEntries(
    names.map((list) => [list, new Map(listOf(draft, list).map((thing) => [idOf(list, thing), thing]))]),
  ) as Lists;
  const given = createGiven();
  const problems = overlay.entries.flatMap((entry) => applyEntry(lists, entry, given, overlay));
  if (problems.length > 0) throw new UserError(problems);
  const things = Object.fromEntries(names.map((list) => [list, [...lists[list].values()]]));
  const merged = { ...draft, ...things, ...overlay.values } as unknown as Draft;
  const whole = followRemovals(merged, given);
  noteOverlay(whole, overlay, given, ledger);
  return {
    draft: { ...whole, jobs: followProxies(whole, given), ledger: known(whole, draft, given) },
    locate: (problem) => locate(problem, { document: whole, overlay, given }),
  };
}

/** What the overlay gave: by list, thing and field the path in the overlay. */
interface Given {
  set(list: ListName, id: string, field: string | null, path: Path): void;
  /** field null = the entry that speaks of the thing */
  find(list: ListName, id: string, field: string | null): Path | null;
  /** a removed thing that comes again is a new one */
  forget(list: ListName, id: string): void;
}

function createGiven(): Given {
  const things = new Map<string, Map<string | null, Path>>();
  const keyOf = (list: ListName, id: string) => `${list}\n${id}`;
  return {
    set(list, id, field, path) {
      const fields = things.get(keyOf(list, id)) ?? new Map<string | null, Path>();
      things.set(keyOf(list, id), fields.set(field, path));
    },
    find: (list, id, field) => things.get(keyOf(list, id))?.get(field) ?? null,
    forget: (list, id) => void things.delete(keyOf(list, id)),
  };
}

const idOf = (list: ListName, thing: Thing) => String(thing[idFields[list]]);

const listOf = (document: Draft, list: ListName) => (document[list] ?? []) as unknown as readonly Thing[];

function applyEntry(lists: Lists, entry: OverlayEntry, given: Given, overlay: Overlay): readonly string[] {
  const { list, id, match, remove, fields, path } = entry;
  const things = lists[list];
  const hits =
    match === null ? [id!].filter((name) => things.has(name)) : [...things.keys()].filter(createGlob(match));
  if (hits.length === 0 && (match !== null || remove)) {
    const { line, column } = overlay.source.locate(path, 'value');
    const near = didYouMean(match ?? id!, things.keys());
    return [
      `${overlay.path}:${line}:${column} none of the ${things.size} ${list} is called "${match ?? id}"${near}`,
    ];
  }
  if (remove) {
    for (const name of hits) things.delete(name);
    for (const name of hits) given.forget(list, name);
    return [];
  }
  const isNew = hits.length === 0;
  for (const name of isNew ? [id!] : hits) {
    things.set(name, { ...(things.get(name) ?? { [idFields[list]]: name }), ...fields });
    given.set(list, name, null, path);
    if (isNew) given.set(list, name, idFields[list], [...path, idFields[list]]);
    for (const field of Object.keys(fields)) given.set(list, name, field, [...path, field]);
  }
  return [];
}

/** * stands for any text, ? for one sign. */
function createGlob(glob: string): (name: string) => boolean {
  const pattern = glob
    .replaceAll(/[\\^$.|+()[\]{}]/gu, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const whole = new RegExp(`^${pattern}$`, 'su');
  return (name) => whole.test(name);
}

/** Servers no longer mount what was removed; devices on which no store is left go, unless the overlay speaks of them. */
function followRemovals(document: Draft, given: Given): Draft {
  const stores = new Set(document.stores.map((store) => store.id));
  const used = new Set(document.stores.map((store) => store.device));
  return {
    ...document,
    devices: document.devices.filter((d) => used.has(d.id) || given.find('devices', d.id, null) !== null),
    servers: document.servers.map((server) =>
      given.find('servers', server.id, 'stores') !== null || !Array.isArray(server.stores)
        ? server
        : { ...server, stores: server.stores.filter((store) => stores.has(store)) },
    ),
  };
}

/** The importer's job gets as many streams as the proxies carry now. */
function followProxies(document: Draft, given: Given): DocumentInput['jobs'] {
  const streams = comfortableStreams(document.proxies);
  const follows = (id: string) => id === 'nightly' && given.find('jobs', id, 'streams') === null;
  // Not a number where the overlay gives nonsense for CPUs or RAM: the check of the document says so.
  return document.jobs.map((job) =>
    follows(job.id) && Number.isFinite(streams) ? { ...job, streams: Math.max(1, streams) } : job,
  );
}

/** Where the overlay gives the disks of a VM, nothing about them is assumed any more. */
function known(document: Draft, before: Draft, given: Given): Draft['ledger'] {
  const { assumedPlacement: assumed, ...ledger } = before.ledger;
  if (assumed === undefined) return ledger;
  const isOpen = (key: string) => given.find('vms', key, 'disks') === null;
  const there = new Set(document.vms.map((vm) => vm.key));
  const placed = assumed.vms ?? before.vms.map((vm) => vm.key);
  const open = placed.filter((key) => there.has(key) && isOpen(key));
  const keys = open.length < document.vms.length ? { vms: open } : {};
  const stores = assumed.stores !== undefined && open.length > 0 ? { stores: assumed.stores, ...keys } : {};
  const split = assumed.disks !== undefined && before.vms.some((vm) => there.has(vm.key) && isOpen(vm.key));
  const rest = { ...stores, ...(split ? { disks: assumed.disks } : {}) };
  return Object.keys(rest).length > 0 ? { ...ledger, assumedPlacement: rest } : ledger;
}

function noteOverlay(document: Draft, overlay: Overlay, given: Given, ledger: Ledger): void {
  for (const key of Object.keys(overlay.values))
    if (key !== 'name' && key !== 'note') ledger.overlaid(key, 1, 1);
  for (const list of new Set(overlay.entries.map((entry) => entry.list))) {
    const things = listOf(document, list);
    const fields = new Set(things.flatMap((thing) => Object.keys(thing)));
    for (const field of fields) {
      const count = things.filter((thing) => given.find(list, idOf(list, thing), field) !== null).length;
      if (count > 0) ledger.overlaid(`${list}.${field}`, count, things.length);
    }
  }
}

interface Laid {
  readonly document: Draft;
  readonly overlay: Overlay;
  readonly given: Given;
}

function locate(problem: Problem, { document, overlay, given }: Laid): string {
  const words = `${formatPath(problem.path)}: ${problem.message}`;
  const path = pathInOverlay(problem.path, document, { overlay, given });
  if (path === null) return `${overlay.path}: with it the document has a problem: ${words}`;
  const { line, column } = overlay.source.locate(path, problem.at);
  return `${overlay.path}:${line}:${column} ${words}`;
}

function pathInOverlay(
  path: Path,
  document: Draft,
  { overlay, given }: Pick<Laid, 'overlay' | 'given'>,
): Path | null {
  const [key, place, field, ...rest] = path;
  if (typeof key !== 'string') return null;
  if (Object.hasOwn(overlay.values, key)) return path;
  if (!Object.hasOwn(idFields, key) || typeof place !== 'number') return null;
  const list = key as ListName;
  const id = idOf(list, listOf(document, list)[place]!);
  const own = field === undefined ? null : given.find(list, id, String(field));
  return own === null ? given.find(list, id, null) : [...own, ...rest];
}
