import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import type { AttemptRecord, NightRecord } from '../model/record.ts';
import { formatDuration } from '../model/units.ts';
import { groupBy } from '../kit/group.ts';
import { makespanOf } from './makespan.ts';
import { countOf } from './words.ts';

/** A tail shorter than this share of the makespan is no reason for it. */
const tellingShare = 0.1;
const lastS = 3600;

/**
 * The words beside the makespan (night.md N18): "VM sql-17 alone for the last 3 h 6 min", else the device or the proxy
 * that most VMs of the end had in common: "device hdd-2: 14 VMs in the last hour". Null where there is no makespan.
 */
export function whatSetMakespan(night: Night, record: NightRecord): string | null {
  const makespanS = makespanOf(night, record);
  const last = lastAttempt(record);
  if (makespanS === null || last === null) return null;
  const endS = last.endS!;
  const otherEndS = record.attempts.reduce(
    (latest, a) => (a.vm === last.vm ? latest : Math.max(latest, a.endS ?? endS)),
    endS - makespanS,
  );
  const aloneS = endS - Math.max(otherEndS, last.startS);
  if (aloneS >= tellingShare * makespanS)
    return `VM ${night.vms[last.vm]!.key} alone for the last ${formatDuration(aloneS)}`;
  return busiestAtEnd(night, record, endS, Math.min(lastS, makespanS));
}

const lastAttempt = (record: NightRecord): AttemptRecord | null =>
  record.attempts.reduce<AttemptRecord | null>(
    (last, a) =>
      a.cause === 'finished' && a.endS !== null && (last === null || a.endS > last.endS!) ? a : last,
    null,
  );

function busiestAtEnd(night: Night, record: NightRecord, endS: number, spanS: number): string {
  const late = record.attempts.filter((a) => a.endS !== null && a.endS > endS - spanS);
  const vmsOf = night.devices.map(() => new Set<Id>());
  for (const { vm } of late) for (const { device } of night.vms[vm]!.disks) vmsOf[device]!.add(vm);
  const devices = night.devices.map((d) => ({ what: `device ${d.name}`, vms: vmsOf[d.id]!.size }));
  const byProxy = groupBy(late, (a) => a.proxy);
  const proxies = night.proxies.map((p) => ({
    what: `proxy ${p.name}`,
    vms: distinctVms(byProxy.get(p.id) ?? []),
  }));
  // equal counts: the device, for a proxy can be changed; then the lowest id
  const busiest = [...devices, ...proxies].reduce((most, e) => (e.vms > most.vms ? e : most));
  return `${busiest.what}: ${countOf(busiest.vms, 'VM')} in the last ${spanS === lastS ? 'hour' : formatDuration(spanS)}`;
}

const distinctVms = (attempts: readonly AttemptRecord[]): number => new Set(attempts.map((a) => a.vm)).size;
