import { causeWords, unprotectedWords } from '../explain/causes.ts';
import type { PhaseSpan } from '../explain/phase-log.ts';
import type { Verdict } from '../explain/verdicts.ts';
import type { AttemptStory, UnitStory, VmStory } from '../explain/vm-story.ts';
import type { Held } from '../explain/vm-watch.ts';
import { groupBy } from '../kit/group.ts';
import { countOf, listOf, numberOf } from '../measure/words.ts';
import { formatClock, formatDuration, formatMB } from '../model/units.ts';
import { renderBlocks, type Block } from './blocks.ts';

/** Names that are listed one by one; more are counted. */
const mostNamed = 4;
/** Of the things that held its streams, the longest. */
const mostHeld = 3;

/** What `explain --vm` prints. */
export function vmText(story: VmStory, width: number): string {
  const blocks = story.units.flatMap((unit) => [
    { head: headOf(story, unit), lines: timesLines(unit) },
    ...unit.attempts.map((attempt) => attemptBlock(attempt, story.originS)),
    ...leftOutBlocks(unit, story.originS),
  ]);
  return `${renderBlocks(blocks, width)}\n`;
}

function headOf({ vm, job, originS, jobStartS, toMoveMB }: VmStory, unit: UnitStory): string {
  const what = unit.unit === vm ? `VM ${vm}` : `disk ${unit.unit}`;
  const who = `${what} (job ${job}, ${formatMB(toMoveMB)} to move)`;
  if (unit.state === 'finished') {
    const late = `${formatDuration(unit.endS! - jobStartS)} after its job began`;
    return `${who}: protected at ${formatClock(originS, unit.endS!)}, ${late}`;
  }
  return `${who}: ${unit.state === 'stranded' ? 'stranded' : 'not finished'}, ${unprotectedWords[unit.reason!]}`;
}

/** Where its time went. */
function timesLines({ place, protectedUnits, attempts, underWayS, awaited }: UnitStory): Block['lines'] {
  const tries = attempts.length === 0 ? 'no attempt' : countOf(attempts.length, 'attempt');
  return [
    { label: 'place', text: place === null ? '' : `${place} of ${protectedUnits} by end` },
    { label: 'under way', text: `${formatDuration(underWayS)}, ${tries}` },
    ...awaited.map(({ said, s }, i) => ({
      label: i === 0 ? 'awaited' : '',
      text: `${formatDuration(s)}: ${said}`,
    })),
  ];
}

function attemptBlock(attempt: AttemptStory, originS: number): Block {
  const { attemptNo, round, proxy, mode, agent, streams, startS, endS, cause, movedMB } = attempt;
  const took = endS === null ? 'still under way at the end' : `after ${formatDuration(endS - startS)}`;
  const isWell = cause === 'finished' || cause === null;
  return {
    head: `attempt ${attemptNo}, round ${round}, at ${formatClock(originS, startS)} on proxy ${proxy}: ${isWell ? 'finished' : 'failed'} ${took}`,
    lines: [
      { label: 'cause', text: isWell ? '' : `${causeWords[cause]} (${cause})` },
      {
        label: 'way',
        text: `${mode}, ${countOf(streams, 'stream')}, media agent ${agent}, ${formatMB(movedMB)} read`,
      },
      { label: 'phases', text: phasesText(attempt.phases) },
      { label: 'rate', text: heldText(attempt.held) },
      ...whyLines(attempt.weighed?.why ?? null),
      ...verdictLines('proxies', attempt.weighed?.verdicts ?? []),
    ],
  };
}

function leftOutBlocks({ leftOut, dropped }: UnitStory, originS: number): Block[] {
  const blocks = leftOut.map(({ atS, round, when, jobFree, why, verdicts }) => ({
    head: `left out when ${when === 'window-end' ? 'the window ended' : `round ${round} had no more starts`}, at ${formatClock(originS, atS)}`,
    lines: [
      {
        label: 'job',
        text: jobFree < 1 ? 'no stream of it was free' : `${countOf(jobFree, 'stream')} of it free`,
      },
      ...whyLines(why),
      ...verdictLines('proxies', verdicts),
    ],
  }));
  if (dropped > 0) blocks.push({ head: `${dropped} more starts and rounds are not told`, lines: [] });
  return blocks;
}

const whyLines = (why: string | null): Block['lines'] =>
  why === null ? [] : [{ label: 'strategy', text: `says: ${why}` }];

/** Lanes read side by side, and one disk after another: told as one. */
function phasesText(phases: readonly PhaseSpan[]): string {
  const byName = groupBy(phases, ({ phase }) => (phase.startsWith('read') ? 'read' : phase));
  return [...byName]
    .map(([name, spans]) => {
      const fromS = Math.min(...spans.map((s) => s.fromS + s.waitedS));
      const lastsS = Math.max(...spans.map((s) => s.toS)) - fromS;
      const waitedS = spans.reduce((sum, s) => sum + s.waitedS, 0);
      const queues = [...new Set(spans.flatMap((s) => s.queues))];
      const waited = waitedS > 0 ? `${formatDuration(waitedS)} in the queue for ${listOf(queues)}` : '';
      const lasts = lastsS > 0 ? formatDuration(lastsS) : '';
      return `${name} ${[waited, lasts].filter((text) => text !== '').join(', then ')}`;
    })
    .join('; ');
}

function heldText(held: readonly Held[]): string {
  const streamS = held.reduce((sum, h) => sum + h.streamS, 0);
  if (streamS === 0) return '';
  const parts = held.slice(0, mostHeld).map((h) => {
    const share = Math.round((100 * h.streamS) / streamS);
    return `${share} % of it by ${h.by ?? 'its own cap'} (${numberOf(h.movedMB / h.streamS)} MB/s)`;
  });
  const rest = held.length > mostHeld ? [`the rest by ${held.length - mostHeld} others`] : [];
  const mean = held.reduce((sum, h) => sum + h.movedMB, 0) / streamS;
  return `${numberOf(mean)} MB/s a stream; held ${listOf([...parts, ...rest])}`;
}

/** The chosen one first; those with one and the same reason together. */
export function verdictLines(label: string, verdicts: readonly Verdict[]): Block['lines'] {
  const byReason = [...groupBy(verdicts, ({ reason }) => reason)].toSorted(
    ([, [a]], [, [b]]) => Number(b!.verdict === 'chosen') - Number(a!.verdict === 'chosen'),
  );
  return byReason.map(([reason, list], i) => ({
    label: i === 0 ? label : '',
    text: `${namesText(list.map(({ proxy }) => proxy))}: ${reason}`,
  }));
}

const namesText = (names: readonly string[]): string =>
  names.length <= mostNamed
    ? names.join(', ')
    : `${names.slice(0, mostNamed - 1).join(', ')} and ${names.length - mostNamed + 1} more`;
