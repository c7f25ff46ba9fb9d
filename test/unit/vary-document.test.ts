import { describe, expect, it } from 'vitest';
import { parseFault } from '../../harness/vary/fault.ts';
import { knobs, parseKnob } from '../../harness/vary/knobs.ts';
import type { Knob } from '../../harness/vary/knob.ts';
import { varyDocument } from '../../harness/vary/vary-document.ts';
import { checkDocument } from '../../harness/model/document/check-document.ts';
import type { Document } from '../../harness/model/document/document.ts';
import { plainAgent, plainDevice, plainDocument, plainProxy, plainVm } from '../scenes/plain-document.ts';

const document = plainDocument({
  vms: [plainVm('a', [['ds', 1000]]), plainVm('v-2', [['ds', 1000]])],
  proxies: [
    plainProxy('p', { sanZones: ['zone-disk'], cpus: 8, ramMB: 16_000 }),
    plainProxy('v', { server: 'esx', cpus: 4, ramMB: 8000, maxStreams: 6 }),
  ],
  agents: [plainAgent('agent'), plainAgent('other')],
  policies: [
    { id: 'policy', agents: ['agent'] },
    { id: 'both', agents: ['agent', 'other'] },
  ],
  jobs: [
    {
      id: 'job',
      policy: 'policy',
      streams: 10,
      coordinator: 'v',
      controllers: ['p', 'v'],
      select: { vms: ['a'] },
    },
    { id: 'rest', policy: 'both', streams: 10, select: { vms: ['v-2'] } },
  ],
  faults: { outages: [{ proxy: 'v', from: '01:00' }], broken: [{ proxy: 'p' }] },
});

const turned = (name: string, value: number | string, of: Document = document) =>
  varyDocument(of, [parseKnob(name, value)]);
const namesOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe('proxies', () => {
  it('are cloned in turn, under names that no proxy and no VM has', () => {
    const { document: more, notes } = turned('proxies', 6);
    expect(namesOf(more.proxies)).toEqual(['p', 'v', 'p-2', 'v-3', 'p-3', 'v-4']);
    expect(more.proxies[3]).toEqual({ ...document.proxies[1], id: 'v-3' });
    expect(notes).toEqual([]);
  });

  it('join the jobs that list their originals as controllers', () => {
    const { document: more } = turned('proxies', 4);
    expect(more.jobs.map(({ controllers }) => controllers)).toEqual([['p', 'v', 'p-2', 'v-3'], undefined]);
    expect(more.jobs[0]!.coordinator).toBe('v');
  });

  it('are dropped from the end, with all that names them, which is said', () => {
    const { document: fewer, notes } = turned('proxies', 1);
    expect(namesOf(fewer.proxies)).toEqual(['p']);
    expect(fewer.jobs[0]).not.toHaveProperty('coordinator');
    expect(fewer.jobs[0]!.controllers).toEqual(['p']);
    expect(fewer.faults.outages).toEqual([]);
    expect(fewer.faults.broken).toEqual([{ proxy: 'p' }]);
    expect(notes).toEqual([
      'job job: its coordinator v is dropped, another is named',
      'job job: its controllers v are dropped',
      '1 fault of the document names a proxy that is dropped',
    ]);
  });

  it('keep their RAM per core when cores are varied', () => {
    const { proxies } = turned('cores', 2).document;
    expect(proxies.map(({ cpus, ramMB }) => [cpus, ramMB])).toEqual([
      [2, 4000],
      [2, 4000],
    ]);
  });
});

describe('media agents', () => {
  it('are cloned with secondary storage of their own, into the policies of their originals', () => {
    const more = turned('agents', 3).document;
    expect(more.agents.map(({ id, storage }) => [id, storage])).toEqual([
      ['agent', 'vault'],
      ['other', 'vault'],
      ['agent-2', 'vault-2'],
    ]);
    expect(more.policies.map(({ agents }) => agents)).toEqual([
      ['agent', 'agent-2'],
      ['agent', 'other', 'agent-2'],
    ]);
    expect(namesOf(more.secondaryStorage)).toEqual(['vault', 'vault-2']);
  });

  it('are not dropped where a policy would have none left', () => {
    const lonely = { ...document, policies: [{ ...document.policies[0]!, agents: ['other'] }] };
    expect(() => turned('agents', 1, lonely)).toThrow('agents=1: policy policy has no media agent left');
  });
});

/** It has something of everything that can be varied. */
const whole = plainDocument({
  ...document,
  devices: [
    ...document.devices,
    plainDevice('slow', { media: 'hdd', lossPerStream: 0.03 }),
    plainDevice('between', { media: 'hybrid' }),
  ],
  ledger: { source: '', fields: {}, assumedPlacement: { stores: 'a rule', disks: 'even' } },
});

describe('every knob', () => {
  const valuesOf = ({ name, takes }: Knob) => {
    if (name === 'sanProxies') return [0, 50, 100]; // of two
    return 'least' in takes ? [takes.least, Math.min(takes.most, takes.least + 3)] : takes;
  };

  it.each(knobs.map((knob) => [knob.name, knob] as const))(
    '%s gives a document that is sound and has what was asked for',
    (name, knob) => {
      for (const value of valuesOf(knob)) {
        if (name === 'agents' && value === 1) continue;
        const before = structuredClone(whole);
        const after = turned(name, value, whole).document;
        expect(checkDocument(after)).toEqual([]);
        const has = knob.unit === 'times' ? 1 : value; // a factor is of what is written
        expect(knob.of(after)).toEqual(typeof has === 'number' ? expect.closeTo(has, 9) : has);
        expect(whole).toEqual(before);
      }
    },
  );

  it('says what it takes instead', () => {
    expect(() => parseKnob('proxies', 0)).toThrow(
      'proxies=0 is not valid; expected a whole number from 1 to',
    );
    expect(() => parseKnob('proxies', 2.5)).toThrow('expected a whole number');
    expect(() => parseKnob('jobKind', 'both')).toThrow('expected one of full, incremental');
    expect(() => parseKnob('proxy', 3)).toThrow(
      /nothing called "proxy" can be varied.*known: proxies, cores/u,
    );
  });

  it('is turned in one order, whatever order was given, and faults come last', () => {
    const changes = [{ fault: 'p-2 out 02:00-04:00' }, parseKnob('cores', 2), parseKnob('proxies', 3)];
    const { document: varied } = varyDocument(document, changes);
    expect(varied).toEqual(varyDocument(document, changes.toReversed()).document);
    expect(varied.faults.outages.at(-1)).toEqual({ proxy: 'p-2', from: '02:00', to: '04:00' });
  });
});

describe('a fault', () => {
  const faultsOf = (text: string) => varyDocument(document, [{ fault: text }]).document.faults;

  it.each([
    ['p out 02:00-04:00', { proxy: 'p', from: '02:00', to: '04:00' }],
    ['p out from 02:00', { proxy: 'p', from: '02:00' }],
    ['proxy p out', { proxy: 'p', from: '12:00' }],
    ['  esx   out 23:00 - 01:30 ', { server: 'esx', from: '23:00', to: '01:30' }],
    ['agent out from 03:00', { agent: 'agent', from: '03:00' }],
    ['store ds out from 03:00', { store: 'ds', from: '03:00' }],
  ])('"%s" is an outage', (text, outage) => {
    expect(faultsOf(text).outages).toEqual([...document.faults.outages, outage]);
  });

  it('may slow a thing, or break a proxy or a VM', () => {
    expect(faultsOf('disk slow 0.5 01:00-02:00').slowdowns).toEqual([
      { device: 'disk', from: '01:00', to: '02:00', factor: 0.5 },
    ]);
    expect(faultsOf('v broken').broken.at(-1)).toEqual({ proxy: 'v' });
    expect(faultsOf('vm a broken').broken.at(-1)).toEqual({ vm: 'a', cause: 'snapshot', atShare: 0.5 });
  });

  it.each([
    ['p', 'cannot be read; expected NAME out|slow FACTOR|broken'],
    ['p out 2:00-4:00', 'cannot be read'],
    ['p out 02:00-02:00', 'ends at 02:00, when it begins'],
    ['p slow 01:00-02:00', 'slow needs the share of its capacity that is left, from 0 to 1'],
    ['p slow 2', 'from 0 to 1'],
    ['p out 0.5', 'only slow has a factor'],
    ['p broken 01:00-02:00', 'what is broken is so all night'],
    ['proxy-3 out', 'nothing is called "proxy-3"'],
    ['server esy out', 'there is no server "esy" (did you mean "esx"?)'],
    ['a out', 'a VM can be broken, a server out or slow'],
    ['esx broken', 'a VM can be broken, a server out or slow'],
  ])('"%s" is refused: %s', (text, message) => {
    expect(() => faultsOf(text)).toThrow(message);
  });

  it('of a name that two things have asks which', () => {
    const twins = { ...document, servers: [...document.servers, { ...document.servers[0]!, id: 'p' }] };
    expect(() => varyDocument(twins, [{ fault: 'p out' }])).toThrow(
      `"p" is the name of a proxy and of a server; say which, as 'proxy p out'`,
    );
    expect(varyDocument(twins, [{ fault: 'server p out' }]).document.faults.outages.at(-1)).toEqual({
      server: 'p',
      from: '12:00',
    });
  });

  it('of a proxy that a smaller fleet has no more is left out, and said', () => {
    const { document: fewer, notes } = varyDocument(document, [
      parseKnob('proxies', 1),
      { fault: 'v out 02:00-04:00' },
    ]);
    expect(fewer.faults.outages).toEqual([]);
    expect(notes).toContain('"v out 02:00-04:00" is left out: there is none here');
  });

  it('reads a name with blanks', () => {
    expect(parseFault('proxy my proxy out out 01:00-02:00')).toMatchObject({
      kind: 'proxy',
      name: 'my proxy out',
    });
  });
});
