import { unprotectedWords } from '../explain/causes.ts';
import type { NightStory } from '../explain/night-story.ts';
import { countOf } from '../measure/words.ts';
import { formatClock } from '../model/units.ts';
import { renderBlocks } from './blocks.ts';

/** What `explain` prints where nothing is asked: whom to ask about. */
export function nightText(
  { originS, workUnit, units, protectedUnits, lastEnds, unprotected }: NightStory,
  width: number,
): string {
  const lines = [
    ...lastEnds.map(({ unit, endS }, i) => ({
      label: i === 0 ? 'the last' : '',
      text: `${unit}, protected at ${formatClock(originS, endS)}`,
    })),
    ...unprotected.map(({ reason, units: count, some }, i) => ({
      label: i === 0 ? 'not protected' : '',
      text: `${count}: ${unprotectedWords[reason]} (${some.join(', ')}${count > some.length ? ', ...' : ''})`,
    })),
  ];
  const head = `${protectedUnits} of ${countOf(units, workUnit === 'vm' ? 'VM' : 'disk')} protected; ask about one with --vm, about an instant with --at`;
  return `${renderBlocks([{ head, lines }], width)}\n`;
}
