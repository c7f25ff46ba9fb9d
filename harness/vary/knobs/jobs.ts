import type { Document } from '../../model/document/document.ts';
import { common, type Knob } from '../knob.ts';

type Job = Document['jobs'][number];

const eachJob = (document: Document, change: (job: Job) => Job): Document => ({
  ...document,
  jobs: document.jobs.map(change),
});

export const jobKnobs: readonly Knob[] = [
  {
    name: 'jobStreams',
    unit: 'streams per job',
    summary: 'data streams that each job may use at once',
    takes: { least: 1, most: 100_000, whole: true },
    of: ({ jobs }) => common(jobs.map(({ streams }) => streams)),
    apply: (document, value) => eachJob(document, (job) => ({ ...job, streams: value as number })),
  },
  {
    name: 'streamsPerVm',
    unit: 'streams per VM',
    summary: 'the most that one VM is read with, never more than it has disks',
    takes: { least: 1, most: 1000, whole: true },
    of: ({ jobs }) => common(jobs.map(({ streamsPerVm }) => streamsPerVm)),
    apply: (document, value) => eachJob(document, (job) => ({ ...job, streamsPerVm: value as number })),
  },
  {
    name: 'window',
    unit: 'h',
    summary: 'length of the window of each job',
    takes: { least: 0.01, most: 1000, whole: false },
    of: ({ jobs }) => common(jobs.map(({ window }) => window.hours)),
    apply: (document, value) =>
      eachJob(document, (job) => ({ ...job, window: { ...job.window, hours: value as number } })),
  },
  {
    name: 'atEnd',
    unit: '',
    summary: 'at the end of the window: what has started finishes, or is terminated',
    takes: ['finish', 'terminate'],
    of: ({ jobs }) => common(jobs.map(({ window }) => window.atEnd)),
    apply: (document, value) =>
      eachJob(document, (job) => ({
        ...job,
        window: { ...job.window, atEnd: value as Job['window']['atEnd'] },
      })),
  },
  {
    name: 'jobKind',
    unit: '',
    summary: 'a full or an incremental night for every job',
    takes: ['full', 'incremental'],
    of: ({ jobs }) => common(jobs.map(({ kind }) => kind)),
    apply: (document, value) => eachJob(document, (job) => ({ ...job, kind: value as Job['kind'] })),
  },
];
