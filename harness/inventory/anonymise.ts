import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { systemWords, UserError } from '../model/errors.ts';
import type { Draft } from './build-estate.ts';
import { guestFamily } from './vm-rows.ts';

/** What stays with the user: the salt, and by name in the document the name in the export. */
export interface NameKey {
  readonly salt: string;
  readonly names: Record<string, string>;
}

/**
 * The key of an earlier import, so that the same names get the same hashes again; a new one where there is no such file.
 *
 * @throws {UserError} where the file is something else
 */
export async function readNameKey(path: string): Promise<NameKey> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UserError(`${path}: cannot be read (${systemWords(error.code ?? error.message)})`);
  });
  if (text === null) return { salt: randomBytes(32).toString('hex'), names: {} };
  const key = parseKey(text);
  if (key === null)
    throw new UserError(
      `${path}: not a key file of an earlier import; name a file that does not exist, and one is made`,
    );
  return key;
}

function parseKey(text: string): NameKey | null {
  try {
    const { salt, names } = JSON.parse(text) as Partial<NameKey>;
    const isKey = typeof salt === 'string' && /^[0-9a-f]{64}$/u.test(salt) && typeof names === 'object';
    return isKey ? { salt, names: { ...names } } : null;
  } catch {
    return null; // no JSON: the caller says what was expected
  }
}

/** Where names stand in a document, [] for a place in a list, and what is named there. */
const namesAt: Readonly<Record<string, string>> = {
  'sites[].id': 'site',
  'links[].between[]': 'site',
  'managementServers[].id': 'manager',
  'devices[].id': 'device',
  'devices[].attachment.server': 'server',
  'devices[].attachment.site': 'site',
  'devices[].attachment.zones[]': 'zone',
  'stores[].id': 'store',
  'stores[].device': 'device',
  'servers[].id': 'server',
  'servers[].site': 'site',
  'servers[].cluster': 'cluster',
  'servers[].managementServer': 'manager',
  'servers[].stores[]': 'store',
  'vms[].key': 'vm',
  'vms[].server': 'server',
  'vms[].disks[].store': 'store',
  'proxies[].id': 'proxy',
  'proxies[].server': 'server',
  'proxies[].site': 'site',
  'proxies[].sanZones[]': 'zone',
  'agents[].id': 'agent',
  'agents[].site': 'site',
  'agents[].storage': 'library',
  'secondaryStorage[].id': 'library',
  'policies[].id': 'policy',
  'policies[].agents[]': 'agent',
  'jobs[].id': 'job',
  'jobs[].policy': 'policy',
  'jobs[].select.sites[]': 'site',
  'jobs[].select.clusters[]': 'cluster',
  'jobs[].select.servers[]': 'server',
  'jobs[].select.stores[]': 'store',
  'jobs[].select.vms[]': 'vm',
  'jobs[].select.except[]': 'vm',
  'jobs[].coordinator': 'proxy',
  'jobs[].controllers[]': 'proxy',
  ...Object.fromEntries(
    ['outages', 'slowdowns', 'broken'].flatMap((list) =>
      ['vm', 'proxy', 'device', 'store', 'server', 'agent'].map((kind) => [`faults.${list}[].${kind}`, kind]),
    ),
  ),
  'ledger.assumedPlacement.vms[]': 'vm',
};

/** Names that the importer gives and that tell nothing: kept, so that the document stays readable. */
const isGiven = (name: string, kind: string) =>
  kind === 'zone' ? /^san-\d+$/u.test(name) : /^((proxy|agent|library|policy)-\d+|nightly)$/u.test(name);
const mayBeGiven = new Set(['zone', 'proxy', 'agent', 'library', 'policy', 'job']);

/**
 * The document with a salted hash for every name. A proxy that is a VM of the estate keeps the VM's new name, as it is known by it.
 *
 * @returns the document, and the key with the names that it met added
 */
export function anonymise(document: Draft, key: NameKey): { draft: Draft; key: NameKey } {
  const names: Record<string, string> = { ...key.names };
  const vms = new Set(document.vms.map((vm) => vm.key));
  const hide = (name: string, kind: string) => {
    const isVm = kind === 'proxy' && vms.has(name);
    if (mayBeGiven.has(kind) && !isVm && isGiven(name, kind)) return name;
    const shown = isVm ? 'vm' : kind;
    const hash = createHmac('sha256', key.salt).update(`${shown}\n${name}`).digest('hex').slice(0, 12);
    names[`${shown}-${hash}`] = name;
    return `${shown}-${hash}`;
  };
  const walk = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, `${path}[]`));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          name,
          walk(inner, path === '' ? name : `${path}.${name}`),
        ]),
      );
    if (path === 'vms[].guest') return guestFamily(String(value));
    const kind = namesAt[path];
    return typeof value === 'string' && kind !== undefined ? hide(value, kind) : value;
  };
  const { note: _note, ...hidden } = walk(document, '') as Draft;
  return {
    draft: {
      ...hidden,
      name: 'anonymised estate',
      ledger: { ...hidden.ledger, source: 'an RVTools export' },
    },
    key: { salt: key.salt, names },
  };
}
