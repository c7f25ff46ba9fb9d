import type { Document } from '../../model/document/document.ts';
import { common, type Knob } from '../knob.ts';

const disksOf = ({ vms }: Document) => vms.flatMap(({ disks }) => disks);

export const surroundingKnobs: readonly Knob[] = [
  {
    name: 'openSnapshots',
    unit: 'snapshots per data store',
    summary: 'open VM snapshots at once on each data store',
    takes: { least: 1, most: 10_000, whole: true },
    of: ({ stores }) => common(stores.map(({ maxOpenSnapshots }) => maxOpenSnapshots)),
    apply: (document, value) => ({
      ...document,
      stores: document.stores.map((store) => ({ ...store, maxOpenSnapshots: value as number })),
    }),
  },
  {
    name: 'deviceSpeed',
    unit: 'MB/s',
    summary: 'sequential read capacity of each storage device',
    takes: { least: 1, most: 1e6, whole: false },
    of: ({ devices }) => common(devices.map(({ readMBps }) => readMBps)),
    apply: (document, value) => ({
      ...document,
      devices: document.devices.map((device) => ({ ...device, readMBps: value as number })),
    }),
  },
  {
    name: 'dataReduction',
    unit: 'x',
    summary: 'bytes read per byte kept, in every policy',
    takes: { least: 1, most: 100, whole: false },
    of: ({ policies }) => common(policies.map(({ dataReduction }) => dataReduction)),
    apply: (document, value) => ({
      ...document,
      policies: document.policies.map((policy) => ({ ...policy, dataReduction: value as number })),
    }),
  },
  {
    name: 'dailyChange',
    unit: '% of used bytes',
    summary: 'of each disk in a day: what an incremental night moves',
    takes: { least: 0, most: 100, whole: false },
    of: (document) => common(disksOf(document).map(({ dailyChange }) => dailyChange * 100)),
    apply: (document, value) => ({
      ...document,
      vms: document.vms.map((vm) => ({
        ...vm,
        disks: vm.disks.map((disk) => ({ ...disk, dailyChange: (value as number) / 100 })),
      })),
    }),
  },
  {
    name: 'changeSpread',
    unit: 'sigma',
    summary: 'log-normal spread of the changed data per VM and night',
    takes: { least: 0, most: 2, whole: false },
    of: ({ variation }) => variation.changedDataSigma,
    apply: (document, value) => ({
      ...document,
      variation: { ...document.variation, changedDataSigma: value as number },
    }),
  },
  {
    name: 'failures',
    unit: '% of attempts',
    summary: 'share of attempts that fail, drawn anew for each',
    takes: { least: 0, most: 100, whole: false },
    of: ({ faults }) => faults.rates.attempt * 100,
    apply: (document, value) => ({
      ...document,
      faults: {
        ...document.faults,
        rates: { ...document.faults.rates, attempt: (value as number) / 100 },
      },
    }),
  },
];
