import type { InstantStory, LimitedStreams, WaitingAttempts } from '../explain/instant.ts';
import { countOf, listOf, numberOf } from '../measure/words.ts';
import type { JobState } from '../model/listener.ts';
import { formatClock, formatDuration } from '../model/units.ts';
import { renderBlocks, type Block } from './blocks.ts';
import { phaseName } from './phase-name.ts';

const states: Readonly<Record<JobState, string>> = {
  'not-due': 'has not begun',
  asking: 'is in a round',
  leaderless: 'has lost its coordinator',
  'starts-ended': 'starts nothing more in this round',
  asleep: 'finds nothing that it can start',
  pending: 'pends between two rounds',
  'window-closed': 'is past its window',
  over: 'is over',
};

/** What `explain --at` prints. */
export function instantText(
  { atS, originS, limited, notTransferring, jobs }: InstantStory,
  width: number,
): string {
  const reads = limited.reduce((sum, l) => sum + l.reads, 0);
  const MBps = limited.reduce((sum, l) => sum + (l.reads > 0 ? l.MBps : 0), 0);
  const idle = notTransferring.reduce((sum, w) => sum + w.attempts, 0);
  const others = idle === 0 ? '' : `, ${countOf(idle, 'attempt')} moving nothing`;
  const head = `at ${formatClock(originS, atS)}: ${countOf(reads, 'stream')} reading ${numberOf(MBps)} MB/s${others}`;
  const blocks: Block[] = [
    {
      head,
      lines: jobs.map(({ job, state, awaiting, active, free }, i) => ({
        label: i === 0 ? 'jobs' : '',
        text: `${job} ${states[state]}: ${countOf(awaiting, 'VM')} waiting, ${countOf(active, 'stream')} taken, ${free} free`,
      })),
    },
    ...limited.map(limitedBlock),
    ...notTransferring.map((waiting) => waitingBlock(waiting, atS)),
  ];
  return `${renderBlocks(blocks, width)}\n`;
}

function limitedBlock({ group, by, levelMBps, MBps, reads, writeBacks, vms }: LimitedStreams): Block {
  const what = [
    ...(reads > 0 ? [countOf(reads, 'stream')] : []),
    ...(writeBacks > 0 ? [countOf(writeBacks, 'snapshot written back')] : []),
  ].join(' and ');
  const isOne = reads + writeBacks === 1;
  const who = by === null ? 'by the cap of one stream' : `by ${by} (${group})`;
  const together = isOne ? '' : ` each, ${numberOf(MBps)} MB/s together`;
  return {
    head: `${what} held ${who} at ${numberOf(levelMBps)} MB/s${together}`,
    lines: [{ label: 'VMs', text: vmsText(vms, reads + writeBacks) }],
  };
}

function waitingBlock({ phase, queues, attempts, sinceS, vms }: WaitingAttempts, atS: number): Block {
  const longest = `${attempts === 1 ? '' : 'the longest '}for ${formatDuration(atS - sinceS)}`;
  const name = phaseName(phase);
  const doing = queues.length === 0 ? `in ${name}` : `before ${name}, in the queue for ${listOf(queues)}`;
  return {
    head: `${countOf(attempts, 'attempt')} ${doing}, ${longest}`,
    lines: [{ label: 'VMs', text: vmsText(vms, attempts) }],
  };
}

const vmsText = (vms: readonly string[], of: number): string =>
  `${vms.join(', ')}${of > vms.length ? ', ...' : ''}`;
