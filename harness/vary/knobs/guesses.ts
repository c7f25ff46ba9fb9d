import { placementSpreads, type Document, type PlacementSpread } from '../../model/document/document.ts';
import type { Knob, Varied } from '../knob.ts';
import { diskSplits, splitAgain, type DiskSplit } from '../split-disks.ts';
import { giveSan, sanShare } from '../give-san.ts';

const none = (document: Document, what: string): Varied => ({ document, notes: [what] });

/** What an import had to guess, and who stands where. */
export const guessKnobs: readonly Knob[] = [
  {
    name: 'placement',
    unit: '',
    summary:
      'where the placement of VMs is assumed: drawn evenly among the stores of the server, more on the first of them, or one store for all VMs of a server',
    takes: placementSpreads,
    of: ({ ledger }) => {
      const assumed = ledger?.assumedPlacement;
      return assumed?.stores === undefined ? null : (assumed.spread ?? 'even');
    },
    apply: (document, value) => {
      const { ledger } = document;
      const assumed = ledger?.assumedPlacement;
      if (ledger === undefined || assumed?.stores === undefined)
        return none(document, 'no placement is assumed: it stays as it is');
      const assumedPlacement = { ...assumed, spread: value as PlacementSpread };
      return { ...document, ledger: { ...ledger, assumedPlacement } };
    },
  },
  {
    name: 'diskSplit',
    unit: '',
    summary:
      'where the split of a VM over its disks is assumed: even, 70 % on the first disk, or all of it there',
    takes: diskSplits,
    of: ({ ledger }) => ledger?.assumedPlacement?.disks ?? null,
    apply: (document, value) =>
      splitAgain(document, value as DiskSplit) ?? none(document, 'no split over disks is assumed: it stays'),
  },
  {
    name: 'sanProxies',
    unit: '% of proxies at sites with a SAN',
    summary:
      'that reach the SAN of their site: those that do now first, then physical ones, then virtual ones',
    takes: { least: 0, most: 100, whole: false },
    of: sanShare,
    apply: (document, value) => giveSan(document, value as number),
  },
];
