import type { Crossroads, Price, StartTold, VmDifference } from '../explain/divergence.ts';
import type { Divergence } from '../kinds/explain-night.ts';
import { countOf } from '../measure/words.ts';
import { formatClock, formatDuration } from '../model/units.ts';
import { renderBlocks, type Block } from './blocks.ts';
import { devicesText, verdictLines } from './vm-text.ts';

/** A side of a comparison: its strategy, and what its outcome says. */
export interface Side {
  readonly name: string;
  /** when 95 % of the VMs were protected; null = they never were */
  readonly t95S: number | null;
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
      head: `${afterStarts === 0 ? 'their very first starts differ' : `after ${countOf(afterStarts, 'start')} that are the same, they part`}:`,
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
  return [
    {
      head: `why ${name} did so`,
      lines: [
        ...(seen.why === null ? [] : [{ label: 'says', text: seen.why }]),
        { label: 'its devices', text: devicesText(seen.onItsDevices) },
        ...verdictLines('proxies', seen.verdicts),
      ],
    },
  ];
}

function priceLines(price: Price, [a, b]: readonly [Side, Side], originS: number): Block['lines'] {
  const timeOf = (s: number | null) => (s === null ? 'never' : formatDuration(s));
  const only = (name: string, vms: readonly string[], count: number) =>
    count === 0
      ? []
      : [{ label: '', text: `by ${name} alone: ${vms.join(', ')}${count > vms.length ? ', ...' : ''}` }];
  return [
    {
      label: 'protected',
      text: `${price.protectedByA} of ${countOf(price.vms, 'VM')} by ${a.name}, ${price.protectedByB} by ${b.name}`,
    },
    ...only(a.name, price.onlyA, price.onlyACount),
    ...only(b.name, price.onlyB, price.onlyBCount),
    { label: '95 % of VMs', text: `${a.name} ${timeOf(a.t95S)}, ${b.name} ${timeOf(b.t95S)}` },
    { label: 'all VMs', text: `${a.name} ${timeOf(a.makespanS)}, ${b.name} ${timeOf(b.makespanS)}` },
    {
      label: 'VMs by end',
      text: `${price.earlierInA} earlier under ${a.name}, ${price.earlierInB} under ${b.name}, ${price.sameEnd} at the same time`,
    },
    ...latestLines(b.name, price.aLosesMost, (d) => [d.bEndS!, d.aEndS!], originS),
    ...latestLines(a.name, price.bLosesMost, (d) => [d.aEndS!, d.bEndS!], originS),
  ];
}

/** Those that one of them brings home soonest before the other. */
function latestLines(
  name: string,
  most: readonly VmDifference[],
  endsOf: (d: VmDifference) => [sooner: number, later: number],
  originS: number,
): Block['lines'] {
  return most.map((d, i) => {
    const [soonerS, laterS] = endsOf(d);
    return {
      label: i === 0 ? `${name} sooner` : '',
      text: `${d.vm} by ${formatDuration(laterS - soonerS)}: ${formatClock(originS, soonerS)} instead of ${formatClock(originS, laterS)}`,
    };
  });
}
