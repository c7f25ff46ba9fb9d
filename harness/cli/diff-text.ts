import type { Crossroads, Price, StartTold, VmDifference } from '../explain/divergence.ts';
import type { Divergence } from '../kinds/explain-night.ts';
import { countOf, listOf } from '../measure/words.ts';
import { formatClock, formatDuration } from '../model/units.ts';
import { renderBlocks, type Block } from './blocks.ts';
import { verdictLines } from './vm-text.ts';

/** A side of a comparison: its strategy, and what its outcome says. */
export interface Side {
  readonly name: string;
  /** null = not every VM was protected */
  readonly makespanS: number | null;
}

/** What `diff` prints. */
export function diffText(told: Divergence, [a, b]: readonly [Side, Side], width: number): string {
  const { afterStarts, seenByA, seenByB, price, originS } = told;
  if (afterStarts === null)
    return `${a.name} and ${b.name} start the same VMs on the same proxies at the same times.\n`;
  const first = earlier(seenByA, seenByB);
  const blocks: Block[] = [
    {
      head: `after ${countOf(afterStarts, 'start')} that are the same, they part:`,
      lines: [
        { label: a.name, text: startText(told.a, originS) },
        { label: b.name, text: startText(told.b, originS) },
      ],
    },
    ...(first === null ? [] : [stateBlock(first, originS)]),
    ...sideBlock(a.name, seenByA),
    ...sideBlock(b.name, seenByB),
    { head: 'in the end', lines: priceLines(price, [a, b], originS) },
  ];
  return `${renderBlocks(blocks, width)}\n`;
}

/** Until the earlier of the two, both nights are one. */
const earlier = (a: Crossroads | null, b: Crossroads | null): Crossroads | null =>
  a === null || b === null ? (a ?? b) : a.atS <= b.atS ? a : b;

const startText = (start: StartTold | null, originS: number): string =>
  start === null
    ? 'starts nothing more'
    : `starts ${start.unit} on ${start.proxy} (job ${start.job}, ${countOf(start.streams, 'stream')}) at ${formatClock(originS, start.atS)}`;

function stateBlock(
  { atS, job, round, awaiting, jobActive, jobFree, proxies, devices }: Crossroads,
  originS: number,
): Block {
  const load = proxies.map((p) =>
    p.inService ? `${p.proxy} ${p.active} of ${p.limit}` : `${p.proxy} out of service`,
  );
  const busy = devices.map((d) => `${d.device} ${d.active}`);
  return {
    head: `as it stood for both at ${formatClock(originS, atS)}`,
    lines: [
      {
        label: 'job',
        text: `${job}, round ${round}: ${awaiting} await, ${countOf(jobActive, 'stream')} under way, ${jobFree} free`,
      },
      { label: 'proxies', text: fewOf(load) },
      { label: 'devices', text: busy.length === 0 ? 'no streams' : fewOf(busy) },
    ],
  };
}

const mostListed = 12;

const fewOf = (list: readonly string[]): string =>
  list.length <= mostListed
    ? list.join(', ')
    : `${list.slice(0, mostListed).join(', ')} and ${list.length - mostListed} more`;

function sideBlock(name: string, seen: Crossroads | null): Block[] {
  if (seen === null) return [];
  const devices = seen.onItsDevices.map((d) => `${countOf(d.active, 'stream')} on ${d.device}`);
  return [
    {
      head: `why ${name} did so`,
      lines: [
        ...(seen.why === null ? [] : [{ label: 'says', text: seen.why }]),
        { label: 'its devices', text: listOf(devices) },
        ...verdictLines('proxies', seen.verdicts),
      ],
    },
  ];
}

function priceLines(price: Price, [a, b]: readonly [Side, Side], originS: number): Block['lines'] {
  const ends = ({ vm, aEndS, bEndS }: VmDifference) =>
    `${vm} ${formatDuration(Math.abs(aEndS! - bEndS!))} (${formatClock(originS, aEndS!)} and ${formatClock(originS, bEndS!)})`;
  const makespan = ({ makespanS }: Side) => (makespanS === null ? 'not complete' : formatDuration(makespanS));
  const only = (name: string, vms: readonly string[]) =>
    vms.length === 0 ? [] : [{ label: '', text: `by ${name} alone: ${vms.join(', ')}` }];
  return [
    {
      label: 'protected',
      text: `${price.protectedByA} and ${price.protectedByB} of ${countOf(price.vms, 'VM')}`,
    },
    ...only(a.name, price.onlyA),
    ...only(b.name, price.onlyB),
    { label: 'makespan', text: `${makespan(a)} and ${makespan(b)}` },
    {
      label: 'ends',
      text: `${price.earlierInA} earlier under ${a.name}, ${price.earlierInB} earlier under ${b.name}, ${price.sameEnd} at the same time`,
    },
    { label: `${a.name} later`, text: price.aLosesMost.map(ends).join('; ') },
    { label: `${b.name} later`, text: price.bLosesMost.map(ends).join('; ') },
  ];
}
