import { emulateNight, type EmulationResult } from '../../emulate/emulate-night.ts';
import { makeBackupFolder, writeBackupIndex, type BackupFile } from '../../emulate/backup-index.ts';
import type { EmulationPlan } from '../../emulate/plan-emulation.ts';
import { attemptsSeries } from '../../measure/agreement/night-told.ts';
import { vmColumns } from '../../measure/item-table.ts';
import { measureNight } from '../../measure/measure-night.ts';
import type { CellSpec, Kind, LiveResult, LiveSetup, LoadedDocument, Metric } from '../../model/kind.ts';
import type { Night } from '../../model/night.ts';
import { backupNight } from '../backup-night.ts';
import { boundsFor, nightCell, statusOf } from '../night-cell.ts';
import { attemptsTold } from './attempts-told.ts';
import { layOutNight, planNight } from './lay-out-night.ts';
import type { Document } from '../../model/document/document.ts';
import type { NightResult, NightTask } from './night-module.ts';

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

async function live(document: LoadedDocument, spec: CellSpec, setup: LiveSetup): Promise<LiveResult> {
  const { threads, note, signal, folder } = setup;
  const cell = nightCell(document, spec);
  const { night } = cell;
  await backupNight.prepare?.();
  const { plan, dataFolder } = await layOutNight(cell, setup);
  const backupFolder = dataFolder === null ? null : makeBackupFolder(folder);
  try {
    const emulated = await emulateNight(
      {
        night,
        plan,
        threads,
        moduleUrl: new URL('./night-module.js', import.meta.url).href,
        task: { document: cell.document.content as Document, spec } satisfies NightTask,
        dataFolder,
        backupFolder,
        onEnded: note,
      },
      signal,
    );
    const result = emulated.result as NightResult;
    if (backupFolder !== null) writeBackupIndex(backupFolder, backupFiles(night, result));
    return {
      ...resultOf(night, result, boundsFor(cell.document, night, cell.seeds)),
      cost: costOf(plan, emulated),
    };
  } catch (error) {
    const status = statusOf(error as Error);
    if (status === null) throw error;
    const outcome = { status, message: (error as Error).message, metrics: {}, notes: {}, series: {} };
    return { outcome, items: { columns: vmColumns, rows: [] }, cost: {} };
  }
}

/** Streams of attempts that protect a unit. */
const backupFiles = (night: Night, { record, restored }: NightResult): BackupFile[] =>
  record.attempts.flatMap(({ attempt, vm, cause }) =>
    cause === 'finished'
      ? (restored.get(attempt) ?? []).map(({ name, sha256 }) => ({
          file: name,
          vm: night.vms[vm]!.key,
          attempt,
          sha256,
        }))
      : [],
  );

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
  { scale, scaleSetBy, size, blockBytes }: EmulationPlan,
  { hosts, killed, threadsAtEnd, wallMs, cpuLoad }: EmulationResult,
) {
  return {
    scale,
    scale_set_by: scaleSetBy,
    block_mb: size.blockMB,
    block_bytes: blockBytes,
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
  // a scale of its own always fits
  checkLive(document, spec, setup) {
    const { scale, data } = setup.options;
    if (scale !== 'auto' || data !== null) planNight(nightCell(document, spec), setup);
  },
};
