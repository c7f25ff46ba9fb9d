import { causeWords, unprotectedWords } from '../explain/causes.ts';
import type { PhaseSpan } from '../explain/phase-log.ts';
import type { DeviceStreams, Verdict } from '../explain/verdicts.ts';
import type { AttemptStory, NotAgain, UnitStory, VmStory } from '../explain/vm-story.ts';
import { groupBy } from '../kit/group.ts';
import { sumOf } from '../measure/sum.ts';
import { countOf, listOf, numberOf } from '../measure/words.ts';
import { formatClock, formatDuration, formatMB } from '../model/units.ts';
import { renderBlocks, type Block } from './blocks.ts';
import { phaseName } from './phase-name.ts';

/** Names that are listed one by one; more are counted. */
const mostNamed = 4;
/** Of the things that held its streams, the longest. */
const mostHeld = 3;
/** of the time: less is not worth a word */
const leastShare = 0.005;

/** What `explain --vm` prints. */
export function vmText(story: VmStory, width: number): string {
  const blocks = story.units.flatMap((unit) => [
    { head: headOf(story, unit), lines: timesLines(story, unit) },
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
function timesLines(
  { originS }: VmStory,
  { place, protectedUnits, attempts, underWayS, awaited, notAgain }: UnitStory,
): Block['lines'] {
  const tries = attempts.length === 0 ? 'no attempt' : countOf(attempts.length, 'attempt');
  return [
    { label: 'place', text: place === null ? '' : `${place} of ${protectedUnits} by end` },
    { label: 'not again', text: notAgain === null ? '' : notAgainText(notAgain, originS) },
    { label: 'under way', text: `${formatDuration(underWayS)}, ${tries}` },
    ...awaited.map(({ said, s }, i) => ({
      label: i === 0 ? 'awaited' : '',
      text: `${formatDuration(s)}: ${said}`,
    })),
  ];
}

/** Why nothing more was tried: what ended its job. */
function notAgainText({ jobEnd, windowEndS, rounds }: NotAgain, originS: number): string {
  const said: Readonly<Record<NotAgain['jobEnd'], string>> = {
    window: `the window ended at ${formatClock(originS, windowEndS)}, in round ${rounds}, and nothing is started after it`,
    'max-rounds': `its job has no more than ${countOf(rounds, 'round')}`,
    'no-progress': `round ${rounds} of its job protected nothing, and no access mode was left to open: the job gave up`,
    quiet: `in round ${rounds} of its job nothing was under way and nothing could be started any more`,
    complete: '',
  };
  return said[jobEnd];
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
      { label: 'rate', text: heldText(attempt) },
      ...whyLines(attempt.weighed?.why ?? null),
      { label: 'devices', text: devicesText(attempt.weighed?.onItsDevices ?? []) },
      ...verdictLines('proxies', attempt.weighed?.verdicts ?? []),
    ],
  };
}

function leftOutBlocks({ leftOut, dropped }: UnitStory, originS: number): Block[] {
  const blocks = leftOut.map(({ atS, round, when, jobFree, why, onItsDevices, verdicts }) => ({
    head: `left out when ${when === 'window-end' ? 'the window ended' : `round ${round} had no more starts`}, at ${formatClock(originS, atS)}`,
    lines: [
      {
        label: 'job',
        text: jobFree < 1 ? 'no stream of it was free' : `${countOf(jobFree, 'stream')} of it free`,
      },
      ...whyLines(why),
      { label: 'devices', text: devicesText(onItsDevices) },
      ...verdictLines('proxies', verdicts),
    ],
  }));
  if (dropped > 0) blocks.push({ head: `${dropped} more starts and rounds are not told`, lines: [] });
  return blocks;
}

const whyLines = (why: string | null): Block['lines'] =>
  why === null ? [] : [{ label: 'strategy', text: `says: ${why}` }];

/** "3 streams on array-1 and no stream on nas-2" */
export const devicesText = (devices: readonly DeviceStreams[]): string =>
  listOf(
    devices.map(
      ({ device, active }) => `${active === 0 ? 'no stream' : countOf(active, 'stream')} on ${device}`,
    ),
  );

/** Lanes read side by side, and one disk after another: told as one. */
function phasesText(phases: readonly PhaseSpan[]): string {
  const byName = groupBy(phases, ({ phase }) => (phase.startsWith('read') ? 'read' : phaseName(phase)));
  return [...byName]
    .map(([name, spans]) => {
      const begunS = Math.min(...spans.map((s) => s.fromS + s.waitedS));
      const lastsS =
        name === 'read'
          ? Math.max(...spans.map((s) => s.toS)) - begunS
          : sumOf(spans, (s) => s.toS - s.fromS - s.waitedS);
      const waitedS = spans.reduce((sum, s) => sum + s.waitedS, 0);
      const queues = [...new Set(spans.flatMap((s) => s.queues))];
      const waited = waitedS > 0 ? `${formatDuration(waitedS)} in the queue for ${listOf(queues)}` : '';
      const lasts = lastsS > 0 ? formatDuration(lastsS) : '';
      return `${name} ${[waited, lasts].filter((text) => text !== '').join(', then ')}`;
    })
    .join('; ');
}

function heldText({ held, mode }: AttemptStory): string {
  const streamS = held.reduce((sum, h) => sum + h.streamS, 0);
  if (streamS === 0) return '';
  const told = held.filter((h) => h.streamS >= leastShare * streamS);
  const parts = told.slice(0, mostHeld).map((h) => {
    const share = Math.round((100 * h.streamS) / streamS);
    return `${share} % of it by ${h.by ?? `the cap of one ${mode} stream`} (${numberOf(h.movedMB / h.streamS)} MB/s)`;
  });
  const rest = told.length > mostHeld ? [`the rest by ${held.length - mostHeld} others`] : [];
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
