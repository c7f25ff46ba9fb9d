import { setImmediate, setTimeout } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import type { Id } from '../../model/facts.ts';
import { createNightClock, type NightClock } from '../clock.ts';
import type { Assignment, FromHost, ToHost } from '../messages.ts';
import type { PacerMemory } from '../pacer/layout.ts';
import { createPacer } from '../pacer/pacer.ts';
import { createFileSource, createMemorySource } from './source.ts';
import { folderTarget, memoryTarget } from './target.ts';
import { createTransfer, type Transfer } from './transfer.ts';

/** What a host is told when it is started. */
export interface HostTask {
  readonly memory: PacerMemory;
  /** whose agents live here */
  readonly proxies: readonly Id[];
  /** Serves the shared capacities too. A host that may be killed does not: it could hold the lock. */
  readonly drives: boolean;
  readonly scale: number;
  readonly blockBytes: number;
  readonly beatMs: number;
  /** some stream's data is reduced at the source */
  readonly compresses: boolean;
  /** null = in memory */
  readonly dataFolder: string | null;
  readonly backupFolder: string | null;
}

/** What a host has done, by the clock. */
export interface HostReport {
  readonly blocks: number;
  /** how late a block was served at worst */
  readonly mostLateMs: number;
  readonly workMs: number;
}

interface Stream {
  readonly assignment: Assignment;
  readonly transfer: Transfer;
  /** when its last block was through; null = it is still to come. From then on its slot is another's */
  throughS: number | null;
}

/** Blocks that one stream may work on before the next: none keeps the others from being looked after. */
const turn = 16;
const shortestSleepMs = 2;
const longestSleepMs = 10;

/** Where the bytes come from and go to. Unshaped, they go past the cache: what counts is what the disk itself does. */
function placesOf({ memory, blockBytes, dataFolder, backupFolder, compresses }: HostTask) {
  const isDirect = !memory.size.isShaped;
  const deltas = createMemorySource(blockBytes);
  const source = dataFolder === null ? deltas : createFileSource(dataFolder, blockBytes, isDirect);
  const directBytes = isDirect && !compresses ? blockBytes : null;
  const target = backupFolder === null ? memoryTarget : folderTarget(backupFolder, directBytes);
  return { deltas, source, target };
}

/** Agents of proxies on one thread, for a whole night: until it is told to stop. */
export async function runHost(task: HostTask, port: MessagePort): Promise<HostReport> {
  const pacer = createPacer(task.memory);
  const { isShaped } = task.memory.size;
  const { deltas, source, target } = placesOf(task);
  const streams = new Map<number, Stream>();
  const stalled = new Set<Id>();
  const report = { blocks: 0, mostLateMs: 0, workMs: 0 };
  const told: { clock: NightClock | null; isOver: boolean } = { clock: null, isOver: false };
  let beatAtMs = 0;
  const say = (message: FromHost) => port.postMessage(message);

  const hear: { readonly [T in ToHost['type']]: (message: Extract<ToHost, { type: T }>) => void } = {
    assign(assignment) {
      const wrote = () => {
        report.blocks++;
        pacer.wrote(assignment.slot);
      };
      const transfer = createTransfer(assignment, { source, deltas, target, wrote });
      streams.set(assignment.flow, { assignment, transfer, throughS: null });
    },
    rescind({ flow }) {
      streams.get(flow)?.transfer.discard();
      streams.delete(flow);
      say({ type: 'released', flow });
    },
    stall: ({ proxy }) => void stalled.add(proxy),
    resume: ({ proxy }) => void stalled.delete(proxy),
    go: ({ startMs }) => void (told.clock = createNightClock(startMs, task.scale)),
    stop: () => void (told.isOver = true),
  };
  port.on('message', (message: ToHost) => (hear[message.type] as (m: ToHost) => void)(message));

  const arrivedOf = ({ assignment: { slot, blocks }, throughS }: Stream) =>
    throughS === null ? pacer.arrived(slot) : blocks;

  /** Unshaped, the restore is part of the stream, as it takes its share of the disk. */
  function passThrough(stream: Stream): void {
    const { flow, slot, blocks } = stream.assignment;
    if (!isShaped || stream.throughS !== null || stream.transfer.written() < blocks) return;
    stream.throughS = pacer.doneS(slot);
    say({ type: 'written', flow, atS: stream.throughS });
  }

  function finish(stream: Stream): boolean {
    const { flow, slot } = stream.assignment;
    const end = stream.transfer.work(arrivedOf(stream), turn);
    if (end === null || end.ok) passThrough(stream);
    if (end === null) return false;
    streams.delete(flow);
    const atS = stream.throughS ?? (isShaped ? pacer.doneS(slot) : told.clock!.nowS());
    if (end.ok) say({ type: 'finished', flow, atS, ...end.receipt });
    else say({ type: 'failed', flow, atS, why: end.why });
    return true;
  }

  /** A turn for each stream. @returns whether any has more to do at once */
  function work(): boolean {
    let hasMore = false;
    for (const stream of streams.values()) {
      if (stalled.has(stream.assignment.proxy)) continue;
      const { blocks } = stream.assignment;
      const isDone = finish(stream);
      const arrived = arrivedOf(stream);
      if (!isDone && (arrived === blocks || stream.transfer.written() < arrived)) hasMore = true;
    }
    return hasMore;
  }

  function beat(nowS: number, nowMs: number): void {
    if (nowMs < beatAtMs) return;
    beatAtMs = nowMs + task.beatMs;
    say({ type: 'heartbeat', proxies: task.proxies.filter((p) => !stalled.has(p)), atS: nowS });
    for (const { assignment, transfer } of streams.values())
      say({ type: 'progress', flow: assignment.flow, blocks: transfer.written() });
  }

  say({ type: 'ready' });
  let dueS = Infinity;
  while (!told.isOver) {
    const { clock } = told;
    if (clock === null) {
      await setTimeout(1);
      continue;
    }
    const fromMs = performance.now();
    const nowS = clock.nowS();
    report.mostLateMs = Math.max(report.mostLateMs, -clock.msUntil(dueS));
    if (task.drives) dueS = pacer.drive(nowS);
    const hasMore = work();
    beat(nowS, fromMs);
    report.workMs += performance.now() - fromMs;
    const sleepMs = Math.min(longestSleepMs, Math.max(shortestSleepMs, clock.msUntil(dueS)));
    await (hasMore ? setImmediate() : setTimeout(sleepMs));
  }
  source.close();
  port.close();
  return report;
}
