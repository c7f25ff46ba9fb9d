import type { Document } from '../model/document/document.ts';

/** What readers of a document's results must know. */
export function caveatsOf({ ledger }: Document): string[] {
  const { stores, disks } = ledger?.assumedPlacement ?? {};
  return [
    ...(stores === undefined ? [] : [`the placement of VMs on data stores is assumed (${stores})`]),
    ...(disks === undefined ? [] : [`the split of VMs over disks is assumed (${disks})`]),
  ];
}
