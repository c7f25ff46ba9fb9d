import { describe, expect, it } from 'vitest';
import type { DocumentInput } from '../../harness/model/document/document.ts';
import { parseDocument } from '../../harness/model/document/parse-document.ts';
import { redrawPlacement } from '../../harness/kit/placement.ts';
import { assumedBy, assumptions } from '../../harness/vary/assumptions.ts';
import { findKnob, parseKnob } from '../../harness/vary/knobs.ts';
import { varyDocument } from '../../harness/vary/vary-document.ts';
import {
  plainDevice,
  plainDocument,
  plainProxy,
  plainServer,
  plainStore,
  plainVm,
} from '../scenes/plain-document.ts';

const documentWith = (parts: Parameters<typeof plainDocument>[0]) =>
  plainDocument({ vms: [plainVm('a', [['ds', 1000]])], ...parts });

const turned = (document: ReturnType<typeof plainDocument>, knob: string, value: number | string) =>
  varyDocument(document, [parseKnob(knob, value)]).document;

const stores = Array.from({ length: 10 }, (_, i) => `ds-${i}`);
const imported = (disks: string) =>
  documentWith({
    ledger: { source: 'x', fields: {}, assumedPlacement: { stores: 'a rule', disks } },
    devices: [plainDevice('disk')],
    stores: stores.map((id) => plainStore(id, 'disk')),
    servers: [plainServer('esx', stores), plainServer('esy', stores)],
    vms: Array.from({ length: 400 }, (_, i) =>
      plainVm(
        `v${i}`,
        [
          ['ds-0', 501],
          ['ds-0', 500],
        ],
        { server: i % 2 === 0 ? 'esx' : 'esy' },
      ),
    ),
  });

describe('the table of assumptions', () => {
  it('has values that its knobs take, and each knob once', () => {
    const values = ({ range }: (typeof assumptions)[number]) =>
      'least' in range ? [range.least, range.most] : range;
    for (const assumption of assumptions)
      for (const value of values(assumption)) expect(() => parseKnob(assumption.name, value)).not.toThrow();
    expect(new Set(assumptions.map(({ name }) => name)).size).toBe(assumptions.length);
    for (const { range, source } of assumptions) {
      expect(source).toMatch(/domain\.md \d|night\.md N\d|the import/u);
      if ('least' in range) expect(range.least).toBeLessThan(range.most);
    }
  });

  it('has what a document holds by default inside its ranges', () => {
    const parts: Partial<DocumentInput> = { streamCaps: {}, streamIo: {} };
    const { overheads: _, ...plain } = documentWith(parts);
    const byDefault = parseDocument(JSON.stringify({ ...plain, ...parts }), 'plain.json');
    const assumed = assumedBy(byDefault);
    for (const { name, range } of assumptions) {
      const value = assumed[name];
      if (typeof value !== 'number' || !('least' in range) || name === 'sanProxies') continue;
      expect([name, value >= range.least && value <= range.most]).toEqual([name, true]);
    }
    expect(Object.keys(assumed).length).toBeGreaterThan(10);
  });

  it('has guesses of an import only where there are some', () => {
    expect(Object.keys(assumedBy(documentWith({})))).not.toContain('placement');
    expect(assumedBy(imported('even'))).toMatchObject({
      placement: 'even',
      diskSplit: 'even',
      sharing: 'max-min',
    });
  });
});

describe('a guessed placement', () => {
  const perStore = (value: string, seed = 1) => {
    const { vms } = redrawPlacement(turned(imported('even'), 'placement', value), seed);
    return stores.map((id) => vms.filter(({ disks }) => disks[0]!.store === id).length);
  };

  it('is drawn again by another rule', () => {
    expect(Math.max(...perStore('even'))).toBeLessThan(70);
    const skewed = perStore('skewed');
    expect(skewed[0]! / 400).toBeCloseTo(Math.sqrt(0.1), 1);
    expect(skewed[9]).toBeLessThan(40);
    expect(perStore('by-server').filter((count) => count > 0).length).toBeLessThanOrEqual(2);
    expect(perStore('even')).not.toEqual(perStore('even', 2));
  });

  it('is as before where the rule is left out', () => {
    const document = imported('even');
    expect(redrawPlacement(turned(document, 'placement', 'even'), 3).vms).toEqual(
      redrawPlacement(document, 3).vms,
    );
  });

  it('stays where nothing is guessed, and that is said', () => {
    const { document, notes } = varyDocument(documentWith({}), [parseKnob('placement', 'skewed')]);
    expect(document).toEqual(documentWith({}));
    expect(notes).toEqual(['no placement is assumed: it stays as it is']);
  });
});

describe('a guessed split over disks', () => {
  const sizes = (document: ReturnType<typeof plainDocument>) =>
    document.vms[0]!.disks.map(({ usedMB }) => usedMB);

  it('moves bytes between disks, and loses none', () => {
    expect(sizes(turned(imported('even'), 'diskSplit', 'dominant'))).toEqual([701, 300]);
    expect(sizes(turned(imported('even'), 'diskSplit', 'single'))).toEqual([1001, 0]);
    expect(sizes(turned(imported('even'), 'diskSplit', 'even'))).toEqual([501, 500]);
  });

  it('leaves VMs alone that are not split by the rule of the import', () => {
    expect(sizes(turned(imported('dominant'), 'diskSplit', 'single'))).toEqual([501, 500]);
  });
});

describe('the mix of access modes', () => {
  const document = documentWith({
    proxies: [
      plainProxy('virtual', { server: 'esx' }),
      plainProxy('physical'),
      plainProxy('first', { sanZones: ['zone-disk'] }),
      plainProxy('other'),
    ],
  });
  const withSan = (percent: number) =>
    turned(document, 'sanProxies', percent)
      .proxies.filter(({ sanZones }) => sanZones.length > 0)
      .map(({ id }) => id);

  it('takes those that have the SAN first, then physical ones, then virtual ones', () => {
    expect([0, 25, 50, 100].map(withSan)).toEqual([
      [],
      ['first'],
      ['physical', 'first'],
      ['virtual', 'physical', 'first', 'other'],
    ]);
    expect(turned(document, 'sanProxies', 50).proxies[1]!.sanZones).toEqual(['zone-disk']);
    expect(findKnob('sanProxies').of(document)).toBe(25);
  });
});

describe('a factor', () => {
  it('is of what is written, and of the medium where nothing is', () => {
    const document = documentWith({
      devices: [
        { id: 'disk', media: 'hdd', attachment: { kind: 'nas', site: 'here' } },
        plainDevice('fast', { readMBps: 1000, incrementalReadEfficiency: 0.8 }),
      ],
    });
    expect(turned(document, 'deviceSpeedFactor', 0.5).devices.map(({ readMBps }) => readMBps)).toEqual([
      300, 500,
    ]);
    expect(turned(document, 'scatteredReads', 1.4).devices[1]!.incrementalReadEfficiency).toBe(1);
    expect(turned(document, 'latency', 2).devices[0]).toMatchObject({ latencyMs: 12, latencyMsPerIo: 0.7 });
    expect(turned(document, 'queueDepth', 0.5).streamIo).toMatchObject({ sanIo: 2, networkIo: 1 });
  });

  it('of HDD efficiency holds at 100 streams', () => {
    const [device] = turned(
      documentWith({ devices: [plainDevice('disk', { media: 'hdd' })] }),
      'hddEfficiency',
      0.6,
    ).devices;
    expect(1 / (1 + device!.lossPerStream! * 99)).toBeCloseTo(0.6, 12);
    expect(device!.efficiencyFloor).toBe(0.6);
  });
});
