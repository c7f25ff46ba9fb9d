import { placementSpreads, type Document } from '../model/document/document.ts';
import { sharingModels } from '../model/document/night.ts';
import type { AssumptionInfo, NumberRange } from '../model/kind.ts';
import type { Knob } from './knob.ts';
import { sanShare } from './give-san.ts';
import { findKnob } from './knobs.ts';
import { diskSplits } from './split-disks.ts';

// What a night rests on and nobody has measured: every number that domain.md marks [P], where an import had to guess, and how
// streams share. `ours` = domain.md gives no range: it is our own choice.

interface Assumption {
  readonly knob: string;
  readonly range: readonly [least: number, most: number] | readonly string[];
  readonly source: string;
}

const table: readonly Assumption[] = [
  { knob: 'sanCap', range: [150, 400], source: 'domain.md 7, cap per stream, SAN' },
  { knob: 'localCap', range: [100, 300], source: 'domain.md 7, cap per stream, HotAdd' },
  { knob: 'networkCap', range: [50, 150], source: 'domain.md 7, cap per stream, NBD' },
  { knob: 'taskStartStop', range: [5, 30], source: 'domain.md 7, other task start/stop' },
  {
    knob: 'commitSpeed',
    range: [15, 240],
    source: 'domain.md 7, snapshot remove; ours, "to 20 min" is no speed',
  },
  {
    knob: 'deviceSpeedFactor',
    range: [0.5, 2],
    source: 'domain.md 7, data store MB/s: 300-8000, half of the slowest to twice the fastest',
  },
  { knob: 'hddEfficiency', range: [0.25, 0.6], source: 'domain.md 7, HDD efficiency at 100 streams' },
  { knob: 'hybridEfficiency', range: [0.4, 0.8], source: 'domain.md 4.3, hybrid; ours' },
  { knob: 'scatteredReads', range: [0.6, 1.4], source: 'domain.md 4.3, reads of changed blocks; ours' },
  { knob: 'latency', range: [0.5, 2], source: 'domain.md 4.3 and 8, latency and its slope; ours' },
  {
    knob: 'queueDepth',
    range: [0.5, 1.33],
    source: 'domain.md 4.3, stream QD: 2-4 attached, 1-2 over the network',
  },
  { knob: 'sanProxies', range: [0, 50], source: 'domain.md 7, proxies with SAN / HotAdd / NBD; ours' },
  { knob: 'failureMix', range: ['mixed', 'early', 'late'], source: 'domain.md 7, failure mix; ours' },
  // a strategy may open an access mode with each round: fewer than four rounds would take away more than retries
  { knob: 'rounds', range: [4, 9], source: 'domain.md 7, retries: 0-5, after four rounds; ours' },
  { knob: 'roundDelay', range: [0, 600], source: 'domain.md 7, wait between retries: to 10 min' },
  { knob: 'sharing', range: sharingModels, source: 'night.md N3; the other two are ours' },
  { knob: 'placement', range: placementSpreads, source: 'the import: no source said where VMs lie; ours' },
  { knob: 'diskSplit', range: diskSplits, source: 'the import: no source said how VMs are split; ours' },
];

const hasMedium = (document: Document, medium: string): boolean =>
  document.devices.some(({ media }) => media === medium);

/** What a document does not have is no assumption of it; those that are not here every document makes. */
const isMadeBy: Readonly<Record<string, (document: Document) => boolean>> = {
  hddEfficiency: (document) => hasMedium(document, 'hdd'),
  hybridEfficiency: (document) => hasMedium(document, 'hybrid'),
  scatteredReads: ({ jobs }) => jobs.some(({ kind }) => kind === 'incremental'),
  sanProxies: (document) => sanShare(document) !== null,
  failureMix: ({ faults }) => faults.rates.attempt > 0,
  placement: ({ ledger }) => ledger?.assumedPlacement?.stores !== undefined,
  diskSplit: ({ ledger }) => ledger?.assumedPlacement?.disks !== undefined,
};

export const assumptions: readonly AssumptionInfo[] = table.map(({ knob: name, range, source }) => {
  const { unit, summary, takes } = findKnob(name);
  return { name, unit, summary, source, range: isNumbers(range) ? numbersOf(range, takes) : range };
});

function isNumbers(range: Assumption['range']): range is readonly [number, number] {
  return typeof range[0] === 'number';
}

function numbersOf([least, most]: readonly [number, number], takes: Knob['takes']): NumberRange {
  return { least, most, whole: 'least' in takes && takes.whole };
}

/** What the document has of each assumption that it makes; null = different values in different places, or no limit. */
export const assumedBy = (document: Document): Readonly<Record<string, number | string | null>> =>
  Object.fromEntries(
    assumptions.flatMap(({ name }) =>
      (isMadeBy[name]?.(document) ?? true) ? [[name, findKnob(name).of(document)]] : [],
    ),
  );
