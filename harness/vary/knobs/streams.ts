import { sharingModels } from '../../model/document/night.ts';
import type { Document } from '../../model/document/document.ts';
import type { Knob } from '../knob.ts';
import { factorKnob, withFields } from '../knob-steps.ts';

type Cap = keyof Document['streamCaps'];

const capKnob = (name: string, mode: string, caps: readonly [Cap, ...Cap[]]): Knob => ({
  name,
  unit: 'MB/s per stream',
  summary: `the most that one stream moves in ${mode} mode`,
  takes: { least: 1, most: 1e5, whole: false },
  of: ({ streamCaps }) => streamCaps[caps[0]],
  apply: (document, value) =>
    withFields(document, 'streamCaps', Object.fromEntries(caps.map((cap) => [cap, value as number]))),
});

export const streamKnobs: readonly Knob[] = [
  capKnob('sanCap', 'SAN', ['sanMBps']),
  capKnob('localCap', 'local', ['localMBps']),
  capKnob('networkCap', 'network and complex', ['networkMBps', 'complexMBps']),
  factorKnob(
    { name: 'queueDepth', summary: 'outstanding I/Os that a stream keeps at its device, of what is written' },
    (document, factor) => {
      const { sanIo, localIo, networkIo, complexIo } = document.streamIo;
      return withFields(document, 'streamIo', {
        sanIo: sanIo * factor,
        localIo: localIo * factor,
        networkIo: networkIo * factor,
        complexIo: complexIo * factor,
      });
    },
  ),
  {
    name: 'sharing',
    unit: '',
    summary:
      'how streams share capacities: max-min fairly; in proportion to what each would get alone; in equal parts at the device',
    takes: sharingModels,
    of: ({ sharing }) => sharing,
    apply: (document, value) => ({ ...document, sharing: value as Document['sharing'] }),
  },
];
