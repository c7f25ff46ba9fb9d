import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { acceptDocument, parseDocument } from '../../harness/model/document/parse-document.ts';
import { UserError } from '../../harness/model/errors.ts';

// Each case edits this sound document. The mark « in the edit is taken out: the problem should point at where it stood.
const sound = `proxybench: 1
name: sound
sites:
  - id: here
  - id: there
links:
  - between: [here, there]
    MBps: 100
devices:
  - id: array
    media: hybrid
    attachment: { kind: san, site: here, zones: [z1] }
    production: { MBps: 50 }
  - id: inside
    media: hdd
    attachment: { kind: internal, server: esx-2 }
stores:
  - id: gold
    device: array
  - id: local
    device: inside
servers:
  - id: esx-1
    site: here
    stores: [gold]
  - id: esx-2
    site: here
    stores: [gold, local]
vms:
  - key: sql
    server: esx-1
    disks:
      - { store: gold, allocatedMB: 1000, usedMB: 800 }
  - key: web
    server: esx-2
    priority: low
    disks:
      - { store: gold, allocatedMB: 500, usedMB: 300 }
      - store: local
        allocatedMB: 400
        usedMB: 200
proxies:
  - id: p1
    site: here
    cpus: 4
    ramMB: 8000
agents:
  - { id: agent, site: there, storage: vault }
secondaryStorage:
  - id: vault
policies:
  - { id: keep, agents: [agent] }
jobs:
  - id: all
    policy: keep
    select: { priorities: [normal, low] }
    streams: 4
    controllers: [p1]
faults:
  outages:
    - { proxy: p1, from: "23:00", to: "23:30" }
  broken:
    - { vm: sql, cause: network }
`;

/** The problems that a text has, without the name of its file. */
function problemsOf(text: string): readonly string[] {
  try {
    parseDocument(text, 'x.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.problems.map((line) => line.replace(/^x\.yaml:/u, ''));
    throw error;
  }
  return [];
}

/** Puts `edit` in place of `part`; gives the text and the position of the mark. */
function broken(text: string, part: string, edit: string): { text: string; at: string } {
  expect(text.split(part)).toHaveLength(2);
  const marked = text.replace(part, () => edit);
  const before = marked.slice(0, marked.indexOf('«')).split('\n');
  return { text: marked.replace('«', ''), at: `${before.length}:${before.at(-1)!.length + 1}` };
}

type Case = readonly [claim: string, part: string, edit: string, problem: string];

const shapeCases: readonly Case[] = [
  [
    'an unknown key, and says which was meant',
    'usedMB: 800 }',
    'usedMB: 800, «dailyChnage: 0.1 }',
    'vms[0].disks[0].dailyChnage: unknown key "dailyChnage" (did you mean "dailyChange"?); known here: store, allocatedMB, usedMB, dailyChange',
  ],
  [
    'a missing field, at what should have it',
    'id: p1\n    site: here\n    cpus: 4\n',
    '«id: p1\n    site: here\n',
    'proxies[0].cpus: is missing; expected a number',
  ],
  [
    'a text for a number',
    'usedMB: 800',
    'usedMB: «lots',
    'vms[0].disks[0].usedMB: is "lots"; expected a number',
  ],
  ['half a CPU', 'cpus: 4', 'cpus: «1.5', 'proxies[0].cpus: is 1.5; expected a whole number'],
  ['no CPU', 'cpus: 4', 'cpus: «0', 'proxies[0].cpus: is 0; expected at least 1'],
  [
    'an unknown medium',
    'media: hdd',
    'media: «hhd',
    'devices[1].media: is "hhd"; expected one of hdd, hybrid, flash (did you mean "hdd"?)',
  ],
  [
    'an unknown kind of attachment',
    'kind: san',
    'kind: «fc',
    'devices[0].attachment.kind: is "fc"; expected one of internal, san, nas',
  ],
  [
    'hourly values for three hours',
    'MBps: 50',
    'MBps: «[1, 2, 3]',
    'devices[0].production.MBps: is a list of 3 entries; expected exactly 24 entries',
  ],
  [
    'neither one value nor hourly ones',
    'MBps: 50',
    'MBps: «much',
    'devices[0].production.MBps: is "much"; expected a number or a list',
  ],
  ['another version of the format', 'proxybench: 1', 'proxybench: «2', 'proxybench: is 2; expected 1'],
  [
    'a time that is none',
    'from: "23:00"',
    'from: «"7pm"',
    'faults.outages[0].from: is "7pm"; a time of day reads "HH:MM", from "00:00" to "23:59"',
  ],
  [
    'more used than allocated',
    'usedMB: 800',
    'usedMB: «8000',
    'vms[0].disks[0].usedMB: is 8000; usedMB is at most allocatedMB',
  ],
  [
    'a proxy that is both virtual and physical',
    'site: here\n    cpus',
    'site: here\n    server: «esx-1\n    cpus',
    'proxies[0].server: is "esx-1"; a proxy has either a server (virtual) or a site (physical)',
  ],
  [
    'an outage of two things',
    '{ proxy: p1, from',
    '«{ proxy: p1, device: array, from',
    'faults.outages[0]: name exactly one of proxy, device, store, server, agent',
  ],
  [
    'a wrong value in the form of a fault that is nearest',
    'cause: network',
    'cause: «netwrok',
    'faults.broken[0].cause: is "netwrok"; expected one of snapshot, quiesce, network, transport, storage (did you mean "network"?)',
  ],
];

const meaningCases: readonly Case[] = [
  [
    'two stores of one name',
    '    device: inside\n',
    '    device: inside\n  - { id: «gold, device: array }\n',
    'stores[2].id: store "gold" is already at stores[0]; give it another id',
  ],
  [
    'two VMs of one key',
    'key: web',
    'key: «sql',
    'vms[1].key: VM "sql" is already at vms[0]; give it another key',
  ],
  [
    'a store on a device that is not there, and says which was meant',
    'device: array',
    'device: «arry',
    'stores[0].device: there is no device "arry" (did you mean "array"?); known: array, inside',
  ],
  [
    'a device inside a server that is not there',
    'server: esx-2 }',
    'server: «esx-3 }',
    'devices[1].attachment.server: there is no server "esx-3" (did you mean "esx-1"?); known: esx-1, esx-2',
  ],
  [
    'an agent without its storage',
    'storage: vault',
    'storage: «valt',
    'agents[0].storage: there is no secondary storage "valt" (did you mean "vault"?); known: vault',
  ],
  [
    'a policy whose agent is not there',
    'agents: [agent]',
    'agents: [agent, «other]',
    'policies[0].agents[1]: there is no media agent "other"; known: agent',
  ],
  [
    'a controller that is no proxy',
    'controllers: [p1]',
    'controllers: [p1, «esx-1]',
    'jobs[0].controllers[1]: there is no proxy "esx-1"; known: p1',
  ],
  [
    'a coordinator that is no proxy',
    'controllers: [p1]',
    'coordinator: «p2',
    'jobs[0].coordinator: there is no proxy "p2" (did you mean "p1"?); known: p1',
  ],
  [
    'a selection by a cluster that no server is in',
    'select: {',
    'select: { clusters: [«blue],',
    'jobs[0].select.clusters[0]: there is no cluster "blue"; known: none',
  ],
  [
    'a store that is mounted twice',
    'stores: [gold]',
    'stores: [gold, «gold]',
    'servers[0].stores[1]: store "gold" is listed twice; keep one',
  ],
  [
    'a disk on a store that its server does not mount',
    'store: gold, allocatedMB: 1000',
    'store: «local, allocatedMB: 1000',
    'vms[0].disks[0].store: server "esx-1" of VM "sql" does not mount store "local"; expected one that it mounts: gold',
  ],
  [
    'a server that mounts the inner store of another',
    'stores: [gold]',
    'stores: [gold, «local]',
    'servers[0].stores[1]: store "local" is on a device inside server "esx-2"; only that server can mount it',
  ],
  [
    'a link from a site to itself',
    'between: [here, there]',
    'between: [here, «here]',
    'links[0].between[1]: links site "here" to itself; expected another site',
  ],
  [
    'two links between two sites',
    'MBps: 100\n',
    'MBps: 100\n  - { between: «[there, here], MBps: 9 }\n',
    'links[1].between: "there" and "here" are already linked by links[0]; expected one link between two sites, it serves both directions',
  ],
  [
    'a device that production takes all of, always',
    'MBps: 50',
    'MBps: «1500',
    'devices[0].production.MBps: production takes at least 1500 MB/s at every hour, and device "array" reads 1500 MB/s; expected less in some hour, so that something is left for backups',
  ],
  [
    'a job that selects nothing',
    'select: { priorities: [normal, low] }',
    'select: «{ priorities: [critical] }',
    'jobs[0].select: job "all" selects no VM; expected one at least that meets every field given (proxy VMs must be named in vms)',
  ],
  [
    'a VM in two jobs',
    'faults:',
    '  - { id: more, policy: keep, streams: 1, select: «{ vms: [web] } }\nfaults:',
    'jobs[1].select: VM "web" is selected by jobs "all" and "more"; expected a VM in one job, see select.except',
  ],
  [
    'an outage that ends when it begins',
    'to: "23:30"',
    'to: «"23:00"',
    'faults.outages[0].to: ends at 23:00, when it begins; expected another time, or none for the rest of the night',
  ],
  [
    'a broken path whose one end is not there',
    'vm: sql, cause: network',
    'vm: «sqll, proxy: p1',
    'faults.broken[0].vm: there is no VM "sqll" (did you mean "sql"?); known: sql, web',
  ],
  [
    'a broken path whose other end is not there',
    'vm: sql, cause: network',
    'device: array, proxy: «p9',
    'faults.broken[0].proxy: there is no proxy "p9" (did you mean "p1"?); known: p1',
  ],
  [
    'failures without any cause',
    'faults:',
    'faults:\n  causes: «{ network: 0 }',
    'faults.causes: no cause has a weight; expected one at least above 0',
  ],
];

const syntaxCases: readonly Case[] = [
  [
    'a key that is given twice',
    'name: sound',
    'name: sound\n«name: again',
    'key "name" is given twice; keep one',
  ],
  ['a tab that indents', '  - id: there', '«\t- id: there', 'a tab indents this line; indent with spaces'],
  ['a tag', 'sites:', 'sites: «!list', 'Unresolved tag: !list; leave the tag out'],
  [
    'an alias without an anchor',
    'select: {',
    'select: «*x\n    x: {',
    'alias "*x" has no anchor; expected "&x" before it',
  ],
  ['a second document', 'sites:', '«---\nsites:', 'a second document begins here; a file holds one'],
  [
    'a bracket left open',
    'zones: [z1] }',
    'zones: [z1 «}',
    'not readable as YAML or JSON: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
];

describe('refuses', () => {
  test('nothing in a sound document', () => {
    expect(problemsOf(sound)).toEqual([]);
  });

  test.each([...shapeCases, ...meaningCases, ...syntaxCases])('%s', (_, part, edit, problem) => {
    const { text, at } = broken(sound, part, edit);
    expect(problemsOf(text)).toEqual([`${at} ${problem}`]);
  });

  test.each([
    ['', '1:1 document: is empty; expected an object'],
    ['hello', '1:1 document: is "hello"; expected an object'],
    ['[1]', '1:1 document: is a list of 1 entry; expected an object'],
  ])('a text "%s" that is no document', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe('in JSON', () => {
  const json = JSON.stringify(parse(sound), null, 2);

  test('reads the same document, and with tabs too', () => {
    expect(parseDocument(json, 'x.json')).toEqual(parseDocument(sound, 'x.yaml'));
    expect(problemsOf(JSON.stringify(parse(sound), null, '\t'))).toEqual([]);
  });

  const cases: readonly Case[] = [
    [
      'an unknown key',
      '"usedMB": 800',
      '"usedMB": 800, «"dailyChnage": 1',
      'vms[0].disks[0].dailyChnage: unknown key "dailyChnage" (did you mean "dailyChange"?); known here: store, allocatedMB, usedMB, dailyChange',
    ],
    [
      'a missing field',
      '{\n      "id": "p1",\n      "site": "here",\n      "cpus": 4,',
      '«{\n      "id": "p1",\n      "site": "here",',
      'proxies[0].cpus: is missing; expected a number',
    ],
    [
      'a dangling reference',
      '"storage": "vault"',
      '"storage": «"valt"',
      'agents[0].storage: there is no secondary storage "valt" (did you mean "vault"?); known: vault',
    ],
    [
      'a key that is given twice',
      '"name": "sound"',
      '"name": "sound", «"name": "again"',
      'key "name" is given twice; keep one',
    ],
  ];

  test.each(cases)('refuses %s', (_, part, edit, problem) => {
    const { text, at } = broken(json, part, edit);
    expect(problemsOf(text)).toEqual([`${at} ${problem}`]);
  });

  test('refuses a text that ends too soon, where it ends', () => {
    const cut = json.slice(0, json.indexOf('"sites"'));
    const lines = cut.split('\n');
    expect(problemsOf(cut)[0]).toMatch(
      new RegExp(`^${lines.length}:${lines.at(-1)!.length + 1} not readable`, 'u'),
    );
  });
});

describe('says everything at once', () => {
  test('in the order of the text, what is misshapen and what it means', () => {
    const text = sound
      .replace('name: sound', 'name: sound\nnoet: x')
      .replace('policy: keep\n', 'policy: kep\n')
      .replace('store: gold, allocatedMB: 1000', 'store: silver, allocatedMB: 1000');
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^3:1 noet: unknown key "noet" \(did you mean "note"\?\)/u),
      '34:18 vms[0].disks[0].store: there is no store "silver"; known: gold, local',
      '56:13 jobs[0].policy: there is no policy "kep" (did you mean "keep"?); known: keep',
    ]);
  });

  test('and counts what is too much to show', () => {
    const vms = Array.from(
      { length: 300 },
      (_, i) => `  - { key: v${i}, server: none, disks: [{ store: gold, allocatedMB: 1, usedMB: 1 }] }`,
    );
    const problems = problemsOf(sound.replace('vms:\n', `vms:\n${vms.join('\n')}\n`));
    expect(problems).toHaveLength(201);
    expect(problems[200]).toBe('and 100 more problems');
  });
});

test('points through an alias at what it stands for', () => {
  const text = sound
    .replace(
      'disks:\n      - { store: gold, allocatedMB: 1000',
      'disks: &disks\n      - { store: gone, allocatedMB: 1000',
    )
    .replace('proxies:', '  - { key: twin, server: esx-1, disks: *disks }\nproxies:');
  expect(problemsOf(text).map((line) => line.replace(/:.*\]\.store:.*/u, ''))).toEqual(['33', '33']);
});

test('a document that was made, not read, is refused by its name', () => {
  const made = { ...(parse(sound) as object), vms: [] };
  expect(() => acceptDocument(made, 'family tiny')).toThrow(
    'family tiny faults.broken[0].vm: there is no VM "sql"',
  );
});
