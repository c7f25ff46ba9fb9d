import { mediaDefaults, type Media, type MediaFacts } from '../../model/document/storage.ts';
import type { Document } from '../../model/document/document.ts';
import { common, type Knob } from '../knob.ts';
import { eachDevice, factorKnob } from '../knob-steps.ts';

type Device = Document['devices'][number];

const factOf = (device: Device, fact: keyof MediaFacts): number =>
  device[fact] ?? mediaDefaults[device.media][fact];

/** What a device keeps of its capacity with that many streams on it. */
const manyStreams = 100;
const efficiencyAtMany = (device: Device): number =>
  Math.max(factOf(device, 'efficiencyFloor'), 1 / (1 + factOf(device, 'lossPerStream') * (manyStreams - 1)));

const efficiencyKnob = (name: string, medium: Media): Knob => ({
  name,
  unit: 'share of capacity',
  summary: `what ${medium} devices keep of their read capacity with ${manyStreams} streams; fewer streams lose less, in the same way`,
  takes: { least: 0.01, most: 1, whole: false },
  of: ({ devices }) => common(devices.filter(({ media }) => media === medium).map(efficiencyAtMany)),
  apply: (document, value) =>
    eachDevice(document, (device) =>
      device.media === medium
        ? {
            ...device,
            efficiencyFloor: value as number,
            lossPerStream: (1 / (value as number) - 1) / (manyStreams - 1),
          }
        : device,
    ),
});

export const deviceKnobs: readonly Knob[] = [
  factorKnob(
    {
      name: 'deviceSpeedFactor',
      summary: 'sequential read capacity of each storage device, of what it is now',
    },
    (document, factor) =>
      eachDevice(document, (device) => ({ ...device, readMBps: factOf(device, 'readMBps') * factor })),
  ),
  factorKnob(
    {
      name: 'scatteredReads',
      summary:
        'share of its read capacity that a device reaches with the changed blocks of an incremental night, of what it is now; never above 1',
    },
    (document, factor) =>
      eachDevice(document, (device) => ({
        ...device,
        incrementalReadEfficiency: Math.min(1, factOf(device, 'incrementalReadEfficiency') * factor),
      })),
  ),
  efficiencyKnob('hddEfficiency', 'hdd'),
  efficiencyKnob('hybridEfficiency', 'hybrid'),
  factorKnob(
    {
      name: 'latency',
      summary: 'read latency of each device, idle and per outstanding I/O, of what it is now',
    },
    (document, factor) =>
      eachDevice(document, (device) => ({
        ...device,
        latencyMs: factOf(device, 'latencyMs') * factor,
        latencyMsPerIo: factOf(device, 'latencyMsPerIo') * factor,
      })),
  ),
];
