import type { Document } from '../../model/document/document.ts';

/** What differs from one night of a document to the next, in words; none = all nights are the same night. */
export function whatVaries({ faults, variation, jobs, devices, ledger }: Document): string[] {
  const { rates } = faults;
  const hasProduction = devices.some(({ production }) =>
    [production.MBps, production.outstandingIo].flat().some((load) => load > 0),
  );
  const reasons: readonly (readonly [string, boolean])[] = [
    ['where the VMs lie, which is assumed', ledger?.assumedPlacement?.stores !== undefined],
    ['which attempts fail', Object.values(rates).some((rate) => rate > 0)],
    [
      'how much data has changed',
      variation.changedDataSigma > 0 && jobs.some(({ kind }) => kind === 'incremental'),
    ],
    ['how busy production is', variation.productionLoadSpread > 0 && hasProduction],
  ];
  return reasons.flatMap(([what, does]) => (does ? [what] : []));
}
