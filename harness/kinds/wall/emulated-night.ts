import { emulateNight, type EmulationResult } from '../../emulate/emulate-night.ts';
import { measureMachine } from '../../emulate/measure-machine.ts';
import { planEmulation, type EmulationPlan } from '../../emulate/plan-emulation.ts';
import { attemptsSeries } from '../../measure/agreement/night-told.ts';
import { vmColumns } from '../../measure/item-table.ts';
import { measureNight } from '../../measure/measure-night.ts';
import type { CellSpec, Kind, LiveResult, LiveSetup, LoadedDocument, Metric } from '../../model/kind.ts';
import { maxOf } from '../../measure/sum.ts';
import type { Night } from '../../model/night.ts';
import { backupNight } from '../backup-night.ts';
import { boundsFor, computeNight, nightCell, statusOf, type NightCell } from '../night-cell.ts';
import { attemptsTold } from './attempts-told.ts';
import type { NightResult, NightTask } from './night-module.ts';

/** real bytes of a block */
const blockBytes = 4096;

const ownMetrics: readonly Metric[] = [
  {
    name: 'vms_verified',
    label: 'VMs verified',
    unit: 'VMs',
    better: 'higher',
    definition:
      'protected VMs of which every stream was restored and found equal to its source, block by block',
    version: 1,
  },
];

async function live(
  document: LoadedDocument,
  spec: CellSpec,
  { options, threads, note, signal }: LiveSetup,
): Promise<LiveResult> {
  const cell = nightCell(document, spec);
  const { night } = cell;
  await backupNight.prepare?.();
  const bounds = boundsFor(cell.document, night, cell.seeds);
  const asked = typeof options['scale'] === 'number' ? options['scale'] : null;
  const machine = measureMachine(threads, blockBytes);
  const plan = planEmulation(night, machine, { blockBytes, peakMBps: expectedPeakMBps(cell) }, asked);
  note({
    scale: plan.scale,
    scaleSetBy: plan.scaleSetBy,
    blockMB: plan.size.blockMB,
    blockBytes,
    ...machine,
  });
  try {
    const emulated = await emulateNight(
      {
        night,
        plan,
        threads,
        moduleUrl: new URL('./night-module.js', import.meta.url).href,
        task: { document: cell.document, spec } satisfies NightTask,
        dataFolder: null,
        backupFolder: null,
        onEnded: note,
      },
      signal,
    );
    return {
      ...resultOf(night, emulated.result as NightResult, bounds),
      cost: costOf(plan, emulated),
    };
  } catch (error) {
    const status = statusOf(error as Error);
    if (status === null) throw error;
    const outcome = { status, message: (error as Error).message, metrics: {}, notes: {}, series: {} };
    return { outcome, items: { columns: vmColumns, rows: [] }, cost: {} };
  }
}

/** Of the night as it is simulated: this chooses the scale and nothing else. null = it cannot be simulated */
function expectedPeakMBps(cell: NightCell): number | null {
  const { record } = computeNight(cell, {});
  const steps = (record?.attempts ?? []).flatMap(({ transferS, endS, movedMB }) => {
    if (transferS === null || endS === null || endS <= transferS) return [];
    const MBps = movedMB / (endS - transferS);
    return [
      { atS: transferS, change: MBps },
      { atS: endS, change: -MBps },
    ];
  });
  let now = 0;
  const sums = steps.toSorted((a, b) => a.atS - b.atS).map(({ change }) => (now += change));
  return maxOf(sums, (MBps) => MBps);
}

function resultOf(
  night: Night,
  { record, restored }: NightResult,
  bounds: ReturnType<typeof boundsFor>,
): Omit<LiveResult, 'cost'> {
  const { items, metrics, notes, series } = measureNight(night, record, bounds);
  const outcome = {
    status: 'ok' as const,
    message: null,
    metrics: { ...metrics, vms_verified: countVerified(record, restored) },
    notes: { ...notes, executor: 'emulated on the wall clock: not the same bytes twice' },
    series: {
      ...series,
      attempts: attemptsSeries(attemptsTold(night, record)),
    },
  };
  return { outcome, items };
}

/** VMs whose units are all protected, and restored: as many streams as were read with any bytes. */
function countVerified(
  { units, attempts }: NightResult['record'],
  restored: NightResult['restored'],
): number {
  const wholeVms = new Map<number, boolean>();
  for (const unit of units) {
    const last = attempts.findLast((a) => a.job === unit.job && a.unit === unit.unit);
    const isWhole =
      unit.state === 'finished' && last !== undefined && (last.movedMB === 0 || restored.has(last.attempt));
    wholeVms.set(unit.vm, (wholeVms.get(unit.vm) ?? true) && isWhole);
  }
  return [...wholeVms.values()].filter(Boolean).length;
}

function costOf(
  { scale, scaleSetBy, size }: EmulationPlan,
  { hosts, killed, threadsAtEnd, wallMs, cpuLoad }: EmulationResult,
) {
  return {
    scale,
    scale_set_by: scaleSetBy,
    block_mb: size.blockMB,
    blocks: hosts.reduce((sum, h) => sum + h.blocks, 0),
    threads: hosts.length,
    threads_killed: killed,
    wall_ms: wallMs,
    cpu_load: cpuLoad,
    threads_at_end: threadsAtEnd,
    most_late_ms: Math.max(...hosts.map((h) => h.mostLateMs)),
  };
}

/** The same night on the wall clock: agents on threads, real bytes, the same coordinator and strategies. */
export const emulatedNight: Kind = {
  ...backupNight,
  executor: 'wall',
  metrics: [...backupNight.metrics, ...ownMetrics],
  compute() {
    throw new Error('on the wall clock a night is not computed');
  },
  live,
};
