import { tiers } from '../model/access.ts';
import { addResources } from '../attempt/resources.ts';
import { UserError } from '../model/errors.ts';
import type { Night } from '../model/night.ts';
import type { Machine } from './measure-machine.ts';
import type { PacerSize } from './pacer/layout.ts';

/** How a night is scaled to this machine: seconds and bytes apart. */
export interface EmulationPlan {
  /** seconds of the night in a second of wall time */
  readonly scale: number;
  /** real bytes of a block, which stands for `size.blockMB` of the night */
  readonly blockBytes: number;
  readonly size: PacerSize;
  /** proxies whose threads the night will kill: each gets one of its own */
  readonly killed: readonly number[];
  /** what decided the scale */
  readonly scaleSetBy: string;
}

/** no phase is shorter, by the wall clock */
const shortestPhaseS = 0.1;
/** of what the machine could do */
const mostLoad = 0.5;
/** blocks of the middle disk: with fewer than the least, turns are too coarse; a scale that is picked leaves room for enough */
const leastBlocks = 40;
const enoughBlocks = 100;
const mostBlocks = 250;
/** of the way besides what the night says: cap, device, server in, out and reads, NICs, CPU, links, agent, storage */
const mostHops = 14;

export interface Expected {
  /** real bytes of a block */
  readonly blockBytes: number;
  /** of the night, that a block stands for, where files have settled it; null = what fits */
  readonly blockMB: number | null;
  /** what streams read at once at most, as far as anybody knows beforehand; null = nobody does: reckoned from the capacities */
  readonly peakMBps: number | null;
}

/**
 * @param asked null = as fast as it fits
 * @throws {UserError} where the scale asked for does not fit; names the one that would. Where the night is not shared max-min
 * fairly: serving blocks in turn comes to nothing else
 */
export function planEmulation(
  night: Night,
  machine: Machine,
  expected: Expected,
  asked: number | null,
): EmulationPlan {
  if (night.sharing !== 'max-min')
    throw new UserError(`sharing ${night.sharing} can be simulated only; on the wall clock it is max-min`);
  const phase = shortestPhase(night);
  const middleMB = middleDiskMB(night);
  const budget = mostLoad * machine.threads * machine.blocksPerS;
  const peak = Math.min(expected.peakMBps ?? Infinity, mostMBps(night));
  const byPhase = phase.s / shortestPhaseS;
  const byMachine = (blocks: number) => (budget * (expected.blockMB ?? middleMB / blocks)) / peak;
  const most = roundedDown(Math.min(byPhase, byMachine(leastBlocks)));
  const scaleSetBy =
    byPhase <= byMachine(asked === null ? enoughBlocks : leastBlocks)
      ? `the shortest phase (${phase.name}, ${phase.s} s) takes ${shortestPhaseS * 1000} ms`
      : `half of what the machine moves (${Math.round(budget)} blocks/s)`;
  if (asked !== null && asked > most)
    throw new UserError(`--scale ${asked} does not fit: ${scaleSetBy} at ${most}; try --scale ${most}`);
  const scale = asked ?? roundedDown(Math.min(byPhase, byMachine(enoughBlocks)));
  const blockMB = expected.blockMB ?? Math.max(middleMB / mostBlocks, (peak * scale) / budget);
  return {
    scale,
    blockBytes: expected.blockBytes,
    scaleSetBy,
    size: { ...countNight(night), blockMB, isShaped: true },
    killed: killedProxies(night),
  };
}

/** MB of the night that a block of prepared files stands for: turns are fine enough with it. */
export const preparedBlockMB = (night: Night): number => middleDiskMB(night) / enoughBlocks;

/** Nothing is held back: a second is a second, a byte is a byte. */
export const planUnshaped = (night: Night, blockBytes: number): EmulationPlan => ({
  scale: 1,
  blockBytes,
  scaleSetBy: 'nothing is shaped',
  size: { ...countNight(night), blockMB: blockBytes / 1e6, isShaped: false },
  killed: killedProxies(night),
});

const roundedDown = (scale: number): number =>
  scale >= 10 ? Math.floor(scale) : Math.floor(scale * 100) / 100;

interface PhaseLength {
  readonly name: string;
  readonly s: number;
}

/** The shortest phase that takes any time, as far as the night can have it. */
function shortestPhase(night: Night): PhaseLength {
  const { overheads, faults } = night;
  const hasLosses = faults.outages.length > 0;
  const hasProxyLosses = faults.outages.some((o) => o.entity === 'proxy' || o.entity === 'server');
  const fastestMBps = Math.max(...tiers.map(night.streamCapMBps));
  const reads = night.vms.flatMap((vm) => vm.disks.map((d) => d.toMoveMB / fastestMBps));
  const phases: PhaseLength[] = [
    { name: 'snapshot create', s: overheads.snapshotCreateS },
    { name: 'snapshot remove', s: overheads.snapshotRemoveS },
    { name: 'attach', s: overheads.attachS },
    { name: 'detach', s: overheads.detachS },
    { name: 'connect', s: overheads.connectS },
    { name: 'disconnect', s: overheads.disconnectS },
    { name: 'clean up', s: overheads.cleanUpS },
    ...(hasProxyLosses
      ? [
          { name: 'detection', s: night.detectS },
          { name: 'takeover', s: night.takeoverS },
        ]
      : []),
    ...(hasLosses || failsAtOnce(night) ? [{ name: 'failing at once', s: faults.failAtOnceS }] : []),
    ...night.proxies.flatMap((p) => (p.bootS === null ? [] : [{ name: 'boot', s: p.bootS }])),
    ...night.jobs.map((j) => ({ name: 'pause between rounds', s: j.pendDelayS })),
    ...reads.map((s) => ({ name: 'read of a disk', s })),
  ];
  return phases
    .filter(({ s }) => s > 0)
    .reduce((least, p) => (p.s < least.s ? p : least), { name: 'an hour', s: 3600 });
}

/** Some first attempt would fail at its start. */
const failsAtOnce = ({ vms, proxies, faults }: Night): boolean =>
  vms.some((vm) =>
    proxies.some((p) => {
      const devices = [...new Set(vm.disks.map((d) => d.device))];
      return faults.faultOf({ vm: vm.id, proxy: p.id, devices, attemptNo: 1, startS: 0 })?.phase === 'start';
    }),
  );

/** What streams could read at once at most: whatever is narrowest, all of one sort together. */
function mostMBps(night: Night): number {
  const sum = (values: readonly number[]) => values.reduce((total, x) => total + x, 0);
  const fastestMBps = Math.max(...tiers.map(night.streamCapMBps));
  const perCore = night.proxies.map((p) => Math.max(p.fullMBpsPerCore, p.incrementalMBpsPerCore));
  const reduction = Math.max(...night.jobs.map((j) => j.dataReduction));
  return Math.min(
    sum(night.devices.map((d) => d.readMBps)),
    sum(night.proxies.map((p, i) => p.cpus * perCore[i]!)),
    sum(night.agents.map((a) => a.nicMBps)) * reduction,
    sum(night.secondaryStorage.map((s) => s.writeMBps)) * reduction,
    sum(night.jobs.map((j) => j.streams)) * fastestMBps,
  );
}

function countNight(night: Night): Omit<PacerSize, 'blockMB' | 'isShaped'> {
  let resources = 0;
  addResources({ addResource: () => resources++ }, night);
  const disks = night.vms.reduce((sum, vm) => sum + vm.disks.length, 0);
  const streams = night.jobs.reduce((sum, job) => sum + job.streams, 0);
  const devices = Math.max(0, ...night.vms.map((vm) => new Set(vm.disks.map((d) => d.device)).size));
  // a slot stays taken until the agent of a stream that was stopped has let go of it
  const slots = 2 * Math.min(streams, disks) + 16;
  return { resources, slots, hops: Math.max(mostHops, devices + 1) };
}

/** Those that go down and do not come back. What comes back had stalled: our reading, the document does not tell them apart. */
function killedProxies({ proxies, faults }: Night): number[] {
  const gone = faults.outages.filter((o) => o.toS === null);
  return proxies
    .filter((p) =>
      gone.some((o) => (o.entity === 'proxy' ? o.id === p.id : o.entity === 'server' && o.id === p.server)),
    )
    .map((p) => p.id);
}

function middleDiskMB({ vms }: Night): number {
  const sizes = vms.flatMap((vm) => vm.disks.map((d) => d.toMoveMB)).filter((MB) => MB > 0);
  return sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 1;
}
