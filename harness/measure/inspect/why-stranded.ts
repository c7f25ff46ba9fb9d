import type { Document } from '../../model/document/document.ts';
import type { Id, JobFacts, UnitFacts } from '../../model/facts.ts';
import type { Job, Night } from '../../model/night.ts';

type Written = Document['faults']['broken'];

/** Why no strategy can protect this VM, in words; null = one can, as far as the document says. */
export type WhyStranded = (unit: UnitFacts) => string | null;

/**
 * What strands VMs of a job whatever is decided: no path, or faults that are written for all attempts. Faults that the
 * night seed draws, and outages, are not looked at.
 */
export function createWhyStranded(night: Night, job: Job, written: Written): WhyStranded {
  const facts = night.jobFacts(job.id, 'vm');
  const isBroken = createIsBroken(night, written);
  return (unit) => {
    const reached = [...night.proxies.keys()].filter((p) => facts.tier(unit.id, p) > 0);
    if (reached.length === 0) return whyNoPath(night, facts, job, unit);
    if (isBroken.vm(unit)) return 'a fault is written that breaks the VM in every attempt';
    if (reached.every((p) => isBroken.path(unit, p))) return 'faults are written that break every path to it';
    return null;
  };
}

/** The first step of S:484-490 at which no proxy is left. */
function whyNoPath(night: Night, facts: JobFacts, job: Job, unit: UnitFacts): string {
  const { hypervisor } = night.servers[unit.server]!;
  const candidates = night.proxies.filter((p) => p.candidate);
  if (candidates.length === 0) return 'no proxy has a data agent that is installed and active';
  const suited = candidates.filter((p) => p.hypervisors.includes(hypervisor));
  if (suited.length === 0) return `no proxy with an active data agent suits hypervisor ${hypervisor}`;
  if (suited.every((p) => facts.agentsOf(p.id).length === 0))
    return `no suited proxy has a link to a media agent of job ${job.name}`;
  const stores = unit.stores.map((s) => night.stores[s]!.name).join(', ');
  return `no suited proxy with a way to a media agent reaches server ${night.servers[unit.server]!.name} or its data stores (${stores})`;
}

interface IsBroken {
  vm(unit: UnitFacts): boolean;
  path(unit: UnitFacts, proxy: Id): boolean;
}

function createIsBroken(night: Night, written: Written): IsBroken {
  const nameOf = (proxy: Id) => night.proxies[proxy]!.name;
  const vms = new Set<string>();
  const ways = new Set<string>();
  for (const fault of written) {
    if ('cause' in fault && fault.attempts === undefined) vms.add(fault.vm);
    else if ('proxy' in fault) ways.add(wayKey(fault));
  }
  return {
    vm: (unit) => vms.has(unit.key),
    path: (unit, proxy) =>
      ways.has(wayKey({ proxy: nameOf(proxy) })) ||
      ways.has(wayKey({ proxy: nameOf(proxy), vm: unit.key })) ||
      unit.devices.some((d) => ways.has(wayKey({ proxy: nameOf(proxy), device: night.devices[d]!.name }))),
  };
}

const wayKey = (way: { proxy: string; vm?: string; device?: string }): string =>
  JSON.stringify([way.proxy, way.vm ?? null, way.device ?? null]);
