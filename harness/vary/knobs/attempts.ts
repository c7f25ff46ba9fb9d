import type { Document } from '../../model/document/document.ts';
import { common, type Knob } from '../knob.ts';
import { withFields } from '../knob-steps.ts';

type Causes = Document['faults']['causes'];

const failureMixes: Readonly<Record<string, Causes>> = {
  mixed: { snapshot: 0.3, quiesce: 0.3, network: 0.2, transport: 0.1, storage: 0.1 },
  early: { snapshot: 0.5, quiesce: 0.5 },
  late: { network: 0.5, storage: 0.5 },
};

const mixOf = (causes: Causes): string | null => {
  const weights = (of: Causes) =>
    JSON.stringify(
      Object.entries(of)
        .filter(([, w]) => (w ?? 0) > 0)
        .toSorted(),
    );
  return Object.keys(failureMixes).find((name) => weights(failureMixes[name]!) === weights(causes)) ?? null;
};

export const attemptKnobs: readonly Knob[] = [
  {
    name: 'taskStartStop',
    unit: 's per attempt',
    summary: 'connecting and disconnecting in all modes but the local one, half of it each',
    takes: { least: 0, most: 1e5, whole: false },
    of: ({ overheads: { connectS, disconnectS } }) => connectS + disconnectS,
    apply: (document, value) => {
      const half = (value as number) / 2;
      return withFields(document, 'overheads', { connectS: half, disconnectS: half });
    },
  },
  {
    name: 'commitSpeed',
    unit: 'MB/s',
    summary: 'speed at which what was written under a snapshot is read and written back',
    takes: { least: 1, most: 1e5, whole: false },
    of: ({ overheads }) => overheads.snapshotCommitMBps,
    apply: (document, value) => withFields(document, 'overheads', { snapshotCommitMBps: value as number }),
  },
  {
    name: 'failureMix',
    unit: '',
    summary:
      'where attempts fail that fail: snapshot, quiesce, network, transport, storage as 30:30:20:10:10; early, before a byte is read; or late, in the transfer',
    takes: Object.keys(failureMixes),
    of: ({ faults }) => mixOf(faults.causes),
    apply: (document, value) => ({
      ...document,
      faults: { ...document.faults, causes: failureMixes[value]! },
    }),
  },
  {
    name: 'rounds',
    unit: 'rounds per job',
    summary: 'the most that a job has: a failed VM is tried once a round',
    takes: { least: 1, most: 1000, whole: true },
    of: ({ jobs }) => common(jobs.map(({ maxRounds }) => maxRounds)),
    apply: (document, value) => ({
      ...document,
      jobs: document.jobs.map((job) => ({ ...job, maxRounds: value as number })),
    }),
  },
  {
    name: 'roundDelay',
    unit: 's',
    summary: 'between a round and the next of each job',
    takes: { least: 0, most: 1e5, whole: false },
    of: ({ jobs }) => common(jobs.map(({ pendDelayS }) => pendDelayS)),
    apply: (document, value) => ({
      ...document,
      jobs: document.jobs.map((job) => ({ ...job, pendDelayS: value as number })),
    }),
  },
];
