import { tiers, accessModes, modeOf, type AccessMode, type Tier } from '../../model/access.ts';
import type { Document } from '../../model/document/document.ts';
import type { JobFacts, UnitFacts } from '../../model/facts.ts';
import type { Job, Night } from '../../model/night.ts';
import { compileNight, type Seeds } from '../../night/compile-night.ts';
import { bestNightOf, type BestNight } from '../best-night.ts';
import { boundsOf, type Bound, type SolveProgram } from '../bounds.ts';
import { caveatsOf } from '../caveats.ts';
import { groupBy } from '../../kit/group.ts';
import { sumOf } from '../sum.ts';
import { firstStartOf } from '../tally.ts';
import { createWhyStranded } from './why-stranded.ts';

export interface JobTotals {
  readonly job: string;
  readonly kind: Job['kind'];
  readonly vms: number;
  readonly toMoveMB: number;
  readonly streams: number;
  /** from the start of the first job */
  readonly startS: number;
  readonly windowEndS: number;
  /** if it had the cluster to itself, from the start of the first job */
  readonly boundS: number;
  readonly binding: string | null;
  /** false: no strategy that backs up VMs can finish it in its window */
  readonly canFit: boolean;
}

export interface ProxyView {
  readonly proxy: string;
  /** its data agent is installed and active */
  readonly isCandidate: boolean;
  /** VMs that it reaches, by access mode */
  readonly vms: Readonly<Record<AccessMode, number>>;
  /** the limit in the view of strategies */
  readonly limit: number;
  /** null = the limit is the method's rule */
  readonly maxStreams: number | null;
  readonly comfortable: number;
  /** the method's rule allows far more streams than are comfortable */
  readonly isFarAbove: boolean;
}

export interface Inspection {
  readonly document: string;
  readonly caveats: readonly string[];
  readonly seeds: Seeds;
  /** second of the day at which the first job starts */
  readonly originS: number;
  readonly totals: {
    readonly vms: number;
    /** that no job selects */
    readonly unselected: number;
    readonly allocatedMB: number;
    readonly toMoveMB: number;
  };
  readonly jobs: readonly JobTotals[];
  /** of the selected VMs, by the best mode that a proxy has to them; null = no path */
  readonly tiers: readonly {
    readonly mode: AccessMode | null;
    readonly vms: number;
    readonly toMoveMB: number;
  }[];
  readonly proxies: readonly ProxyView[];
  /** the longest of each name, longest first; they hold for strategies that back up VMs as a whole */
  readonly bounds: readonly Bound[];
  /** what holds for strategies that back up disks one by one too */
  readonly best: Pick<BestNight, 'bestS' | 'binding' | 'program'> & {
    readonly kept: Pick<BestNight, 'bestS' | 'binding'>;
  };
  /** no strategy can protect these */
  readonly stranded: readonly { readonly why: string; readonly vms: readonly string[] }[];
}

/** At so many times of what is comfortable, a limit is marked. */
const farFactor = 2;

/** What a document amounts to before any strategy has decided anything. @param solve null = bounds of one resource each */
export const inspectDocument = (
  document: Document,
  seeds: Seeds,
  solve: SolveProgram | null = null,
): Inspection => ({
  ...inspectNight(compileNight(document, seeds), document.faults.broken, solve),
  document: document.name,
  caveats: caveatsOf(document),
  seeds,
});

export function inspectNight(
  night: Night,
  written: Document['faults']['broken'],
  solve: SolveProgram | null = null,
): Omit<Inspection, 'document' | 'caveats' | 'seeds'> {
  const units = night.jobs.flatMap((job) => {
    const facts = night.jobFacts(job.id, 'vm');
    const whyStranded = createWhyStranded(night, job, written);
    return facts.units.map((unit) => ({
      unit,
      why: whyStranded(unit),
      best: bestTier(facts, unit),
    }));
  });
  const modes = [...accessModes, null];
  return {
    originS: night.originS,
    totals: {
      vms: night.vms.length,
      unselected: night.vms.filter((v) => v.job === null).length,
      allocatedMB: sumOf(units, (u) => u.unit.allocatedMB),
      toMoveMB: sumOf(units, (u) => u.unit.toMoveMB),
    },
    jobs: night.jobs.map((job) => totalsOf(night, job, solve)),
    tiers: modes.map((mode) => {
      const own = units.filter((u) => (u.best === 0 ? null : modeOf(u.best)) === mode);
      return { mode, vms: own.length, toMoveMB: sumOf(own, (u) => u.unit.toMoveMB) };
    }),
    proxies: proxiesOf(night),
    bounds: boundsOf(night, 'vm', { solve }).all,
    best: bestOf(bestNightOf(night, solve)),
    stranded: [...groupBy(units, (u) => u.why)].flatMap(([why, own]) =>
      why === null ? [] : [{ why, vms: own.map((u) => u.unit.key) }],
    ),
  };
}

const bestTier = (facts: JobFacts, { reach }: UnitFacts): Tier =>
  tiers.find((t) => facts.candidates(reach, t).length > 0) ?? 0;

function totalsOf(night: Night, job: Job, solve: SolveProgram | null): JobTotals {
  const { bestS, binding } = boundsOf(night, 'vm', { jobs: [job], solve });
  const zeroS = firstStartOf(night);
  const windowEndS = job.windowEndS - zeroS;
  return {
    job: job.name,
    kind: job.kind,
    vms: job.vms.length,
    toMoveMB: sumOf(night.jobFacts(job.id, 'vm').units, (u) => u.toMoveMB),
    streams: job.streams,
    startS: job.startS - zeroS,
    windowEndS,
    boundS: bestS,
    binding,
    canFit: bestS <= windowEndS,
  };
}

function proxiesOf(night: Night): ProxyView[] {
  const vms = vmsByTier(night);
  return night.proxies.map((p) => ({
    proxy: p.name,
    isCandidate: p.candidate,
    vms: Object.fromEntries(accessModes.map((mode, t) => [mode, vms[p.id]![t + 1]!])) as ProxyView['vms'],
    limit: p.limit,
    maxStreams: p.maxStreams,
    comfortable: p.comfortableStreams,
    isFarAbove: p.maxStreams === null && p.limit >= farFactor * p.comfortableStreams,
  }));
}

/** [proxy][tier] = VMs, by reach: VMs that stand alike are counted at once. */
function vmsByTier(night: Night): number[][] {
  const counts = night.proxies.map(() => [0, 0, 0, 0, 0]);
  const classes = night.jobs.flatMap((job) => {
    const facts = night.jobFacts(job.id, 'vm');
    return [...groupBy(facts.units, (u) => u.reach)].flatMap(([reach, units]) =>
      tiers.map((tier) => ({
        tier,
        proxies: facts.candidates(reach, tier),
        vms: units.length,
      })),
    );
  });
  for (const { tier, proxies, vms } of classes) for (const p of proxies) counts[p]![tier]! += vms;
  return counts;
}

const bestOf = ({ bestS, binding, program, kept }: BestNight): Inspection['best'] => ({
  bestS,
  binding,
  program,
  kept: { bestS: kept.bestS, binding: kept.binding },
});
