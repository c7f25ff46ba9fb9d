import type { Document } from '../model/document/document.ts';
import type { Varied } from './knob.ts';
import { renamed, resize, type Resized } from './resize.ts';

type Job = Document['jobs'][number];

/**
 * So many proxies. A clone stands where its original stands: a virtual one on the same server, whose uplink they share. Jobs
 * that list controllers get the clones of those that they list; what names a proxy that is dropped is left out, and said.
 */
export function resizeProxies(document: Document, wanted: number): Varied {
  const vms = new Set(document.vms.map(({ key }) => key)); // a VM of a proxy's name would be taken for the proxy
  const resized = resize(document.proxies, wanted, (name) => vms.has(name));
  const notes: string[] = [];
  const jobs = document.jobs.map((job) => withProxies(job, resized, notes));
  const faults = withoutFaultsOf(document.faults, resized.dropped, notes);
  return { document: { ...document, proxies: [...resized.list], jobs, faults }, notes };
}

function withProxies(job: Job, resized: Resized<unknown>, notes: string[]): Job {
  const { coordinator, controllers, ...rest } = job;
  const isGone = coordinator !== undefined && resized.dropped.has(coordinator);
  if (isGone) notes.push(`job ${job.id}: its coordinator ${coordinator} is dropped, another is named`);
  const gone = controllers?.filter((name) => resized.dropped.has(name)) ?? [];
  if (gone.length > 0) notes.push(`job ${job.id}: its controllers ${gone.join(', ')} are dropped`);
  return {
    ...rest,
    ...(coordinator === undefined || isGone ? {} : { coordinator }),
    ...(controllers === undefined ? {} : { controllers: renamed(controllers, resized) }),
  };
}

type Faults = Document['faults'];

function withoutFaultsOf(faults: Faults, dropped: ReadonlySet<string>, notes: string[]): Faults {
  const stays = (fault: { readonly proxy?: string | undefined }) =>
    fault.proxy === undefined || !dropped.has(fault.proxy);
  const kept: Faults = {
    ...faults,
    outages: faults.outages.filter(stays),
    slowdowns: faults.slowdowns.filter(stays),
    broken: faults.broken.filter((fault) => stays('proxy' in fault ? fault : {})),
  };
  const count = ({ outages, slowdowns, broken }: Faults) => outages.length + slowdowns.length + broken.length;
  const gone = count(faults) - count(kept);
  if (gone > 0)
    notes.push(
      `${gone} ${gone === 1 ? 'fault of the document names a proxy that is' : 'faults of the document name proxies that are'} dropped`,
    );
  return kept;
}
