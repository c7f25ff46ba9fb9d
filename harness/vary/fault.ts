import type { Document } from '../model/document/document.ts';
import { UserError } from '../model/errors.ts';
import { didYouMean } from '../model/nearest.ts';

// 'proxy-3 out 02:00-04:00', 'server esx-2 slow 0.5 from 01:00', 'proxy-1 broken': what happens to one thing in the night.

const kindsOf: Readonly<Record<string, (document: Document) => readonly string[]>> = {
  proxy: ({ proxies }) => proxies.map(({ id }) => id),
  server: ({ servers }) => servers.map(({ id }) => id),
  agent: ({ agents }) => agents.map(({ id }) => id),
  device: ({ devices }) => devices.map(({ id }) => id),
  store: ({ stores }) => stores.map(({ id }) => id),
  vm: ({ vms }) => vms.map(({ key }) => key),
};
type EntityKind = 'proxy' | 'server' | 'agent' | 'device' | 'store' | 'vm';

export interface Fault {
  /** null = whatever has the name */
  readonly kind: EntityKind | null;
  readonly name: string;
  readonly what: 'out' | 'slow' | 'broken';
  /** of its capacity, for `slow` */
  readonly factor: number | null;
  readonly from: string;
  /** null = to the end of the night */
  readonly to: string | null;
}

const expected =
  "expected NAME out|slow FACTOR|broken and a time, as 'proxy-3 out 02:00-04:00', 'server esx-2 slow 0.5 from 01:00' or 'proxy-1 broken'";

// a night runs from noon to noon: what is out all night is so from noon on
const begin = '12:00';
const clock = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
const form = new RegExp(
  String.raw`^(?<name>\S(?:.*\S)?)\s+(?<what>out|slow|broken)(?:\s+(?<factor>\d*\.?\d+))?(?:\s+(?:(?<from>${clock})\s*-\s*(?<to>${clock})|from\s+(?<since>${clock})))?$`,
  'u',
);

/** @throws {UserError} where the text has another form */
export function parseFault(text: string): Fault {
  const groups = form.exec(text.trim())?.groups;
  if (groups === undefined) throw new UserError(`fault "${text}": cannot be read; ${expected}`);
  const { name, what, factor, from, to, since } = groups as Record<string, string | undefined>;
  const fault = { ...nameOf(name!), what: what as Fault['what'] };
  const span = { from: from ?? since ?? begin, to: to ?? null };
  const isTimed = from !== undefined || since !== undefined;
  if (fault.what === 'slow' && !(factor !== undefined && Number(factor) <= 1))
    throw new UserError(
      `fault "${text}": slow needs the share of its capacity that is left, from 0 to 1; ${expected}`,
    );
  if (fault.what !== 'slow' && factor !== undefined)
    throw new UserError(`fault "${text}": only slow has a factor; ${expected}`);
  if (fault.what === 'broken' && isTimed)
    throw new UserError(`fault "${text}": what is broken is so all night; leave the time out, or say out`);
  if (span.from === span.to)
    throw new UserError(`fault "${text}": ends at ${span.to}, when it begins; expected another time`);
  return { ...fault, factor: factor === undefined ? null : Number(factor), ...span };
}

/** "server esx-2" says what it is, "esx-2" does not. */
function nameOf(text: string): Pick<Fault, 'kind' | 'name'> {
  const [, kind, name] = /^(proxy|server|agent|device|store|vm)\s+(.+)$/iu.exec(text) ?? [];
  if (kind === undefined || name === undefined) return { kind: null, name: text };
  return { kind: kind.toLowerCase() as EntityKind, name };
}

/**
 * The document with the fault in it.
 *
 * @param written the document before its fleet was changed: a fault of what it had and the document has no more is left out
 * @returns null = left out
 * @throws {UserError} where nothing, or more than one thing, has the name
 */
export function layFault(document: Document, text: string, written: Document): Document | null {
  const fault = parseFault(text);
  const kind = kindOf(document, fault, text);
  if (kind === null && kindOf(written, fault, text) !== null) return null;
  if (kind === null) throw new UserError(`fault "${text}": ${nothingCalled(document, fault)}`);
  if ((kind === 'vm') !== (fault.what === 'broken') && kind !== 'proxy')
    throw new UserError(
      `fault "${text}": a VM can be broken, a ${kind === 'vm' ? 'server' : kind} out or slow, a proxy all three`,
    );
  return { ...document, faults: { ...document.faults, ...withFault(document.faults, fault, kind) } };
}

type Faults = Document['faults'];

function withFault(
  faults: Faults,
  { what, name, from, to, factor }: Fault,
  kind: EntityKind,
): Partial<Faults> {
  const met = { [kind]: name, from, ...(to === null ? {} : { to }) };
  switch (what) {
    case 'out':
      return { outages: [...faults.outages, met] };
    case 'slow':
      return { slowdowns: [...faults.slowdowns, { ...met, factor: factor! }] };
    case 'broken':
      return {
        broken: [
          ...faults.broken,
          kind === 'proxy' ? { proxy: name } : { vm: name, cause: 'snapshot', atShare: 0.5 },
        ],
      };
  }
}

/** @throws {UserError} where several kinds of thing have the name */
function kindOf(document: Document, { kind, name }: Fault, text: string): EntityKind | null {
  const found = Object.entries(kindsOf).filter(
    ([each, names]) => (kind === null || kind === each) && names(document).includes(name),
  );
  if (found.length > 1)
    throw new UserError(
      `fault "${text}": "${name}" is the name of a ${found.map(([each]) => each).join(' and of a ')}; say which, as '${found[0]![0]} ${text}'`,
    );
  return (found[0]?.[0] ?? null) as EntityKind | null;
}

function nothingCalled(document: Document, { kind, name }: Fault): string {
  const names = Object.entries(kindsOf)
    .filter(([each]) => kind === null || kind === each)
    .flatMap(([, of]) => of(document));
  const near = didYouMean(name, names);
  return kind === null
    ? `nothing is called "${name}"${near}; a fault names a proxy, server, agent, device, store or VM`
    : `there is no ${kind} "${name}"${near}`;
}
