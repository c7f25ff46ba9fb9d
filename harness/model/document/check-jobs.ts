import type { Document } from './document.ts';
import type { Check } from './problem.ts';
import { selectVms } from './select-vms.ts';

/** Every job selects VMs, and no VM is selected by two. */
export const checkSelections: Check = (document, report) => {
  const ownerOf: (number | undefined)[] = document.vms.map(() => undefined);
  for (const [j, job] of document.jobs.entries()) {
    const selected = selectVms(document, job);
    if (selected.length === 0)
      report(
        ['jobs', j, 'select'],
        `job "${job.id}" selects no VM; expected one at least that meets every field given (proxy VMs must be named in vms)`,
      );
    for (const [owner, vms] of taken(selected, ownerOf))
      report(['jobs', j, 'select'], twice(document, j, owner, vms));
    for (const vm of selected) ownerOf[vm] ??= j;
  }
};

/** By job that has them already, the VMs that a selection takes from it. */
function taken(selected: readonly number[], ownerOf: readonly (number | undefined)[]): Map<number, number[]> {
  const byOwner = new Map<number, number[]>();
  for (const vm of selected) {
    const owner = ownerOf[vm];
    if (owner === undefined) continue;
    const list = byOwner.get(owner);
    if (list === undefined) byOwner.set(owner, [vm]);
    else list.push(vm);
  }
  return byOwner;
}

function twice(document: Document, job: number, owner: number, vms: readonly number[]): string {
  const others = vms.length === 1 ? '' : ` and ${vms.length - 1} more`;
  const first = document.vms[vms[0]!]!.key;
  return (
    `VM "${first}"${others} ${vms.length === 1 ? 'is' : 'are'} selected by jobs "${document.jobs[owner]!.id}" and ` +
    `"${document.jobs[job]!.id}"; expected a VM in one job, see select.except`
  );
}
