import type { NightMetric } from '../night-metric.ts';
import { priorityClasses } from '../../model/document/compute.ts';
import type { AttemptRecord } from '../../model/record.ts';
import { hasFailed } from '../attempts.ts';
import { strandedAfter } from '../stranded-after.ts';
import { sumOf } from '../sum.ts';

const isUnsuccessful = (a: AttemptRecord): boolean => a.cause !== 'finished';

export const strandingMetrics: readonly NightMetric[] = [
  ...[1, 2, 3].map((round): NightMetric => ({
    name: `stranded_after_round_${round}`,
    label: `Stranded after round ${round}`,
    unit: 'units',
    better: 'lower',
    definition: `VMs (or disks, where they are the work unit) that had failed or were not assignable when round ${round} of their job ended, or its last round if it had fewer`,
    version: 1,
    of: ({ record }) => strandedAfter(record, round),
  })),
  {
    name: 'stranded',
    label: 'Stranded',
    unit: 'VMs',
    better: 'lower',
    definition: 'VMs that at the end had failed or had not been assignable',
    version: 1,
    headline: true,
    of: ({ tally }) => tally.vms.filter((v) => v.state === 'stranded').length,
  },
  {
    name: 'unfinished',
    label: 'Unfinished',
    unit: 'VMs',
    better: 'lower',
    definition: 'VMs that are not stranded, but not protected when the window ended',
    version: 1,
    of: ({ tally }) => tally.vms.filter((v) => v.state === 'unfinished').length,
  },
  ...priorityClasses.map((priority): NightMetric => ({
    name: `missed_${priority}_vms`,
    label: `Missed, ${priority}`,
    unit: 'VMs',
    better: 'lower',
    definition: `VMs of priority class ${priority} that were not protected at the end`,
    version: 1,
    of: ({ tally }) => tally.vms.filter((v) => v.facts.priority === priority && v.protectedS === null).length,
  })),
  {
    name: 'failed_attempts',
    label: 'Failed attempts',
    unit: 'attempts',
    better: 'lower',
    definition: "attempts that ended without success, those terminated at the window's end apart",
    version: 1,
    of: ({ record }) => record.attempts.filter(hasFailed).length,
  },
  {
    name: 'read_in_vain_mb',
    label: 'Read in vain',
    unit: 'MB',
    better: 'lower',
    definition: 'bytes moved by attempts that did not finish: they are read twice, or again another night',
    version: 1,
    of: ({ record }) => sumOf(record.attempts.filter(isUnsuccessful), (a) => a.movedMB),
  },
  {
    name: 'rounds',
    label: 'Rounds',
    unit: 'rounds',
    better: 'neither',
    definition: 'rounds of the job that needed most of them',
    version: 1,
    of: ({ record }) => record.jobs.reduce((most, j) => Math.max(most, j.rounds.length), 0),
  },
  {
    name: 'decisions',
    label: 'Decisions',
    unit: 'decisions',
    better: 'neither',
    definition: 'decisions that the strategy was asked for',
    version: 1,
    of: ({ record }) => record.decisionCount,
  },
  {
    name: 'what_if_queries',
    label: 'What-if queries',
    unit: 'queries',
    better: 'neither',
    definition: 'exact rates that the strategy asked for outside its view',
    version: 1,
    of: ({ record }) => record.whatIfCount,
  },
];
