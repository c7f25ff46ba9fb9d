import { createCoordinator } from '../../coordinate/coordinator.ts';
import type { NightModule, OpenNight } from '../../emulate/coordinator-host.ts';
import type { Kept } from '../../emulate/messages.ts';
import { createRandom } from '../../kit/rng.ts';
import type { Document } from '../../model/document/document.ts';
import type { CellSpec } from '../../model/kind.ts';
import type { NightRecord } from '../../model/record.ts';
import { compileNight } from '../../night/compile-night.ts';
import { findStrategy } from '../night-cell.ts';

/** What the coordinator's thread is given of a cell. */
export interface NightTask {
  readonly document: Document;
  readonly spec: CellSpec;
}

/** What it makes of the night. */
export interface NightResult {
  readonly record: NightRecord;
  /** by attempt: its streams that were restored and compared */
  readonly restored: ReadonlyMap<number, readonly Kept[]>;
}

/** The same coordinator and the same strategies as in virtual time. */
export const openNight: NightModule['openNight'] = (given) => {
  const { document, spec } = given as NightTask;
  const { strategy: text, clusterSeed, nightSeed } = spec;
  const { strategy, params } = findStrategy(text);
  const night = compileNight(document, { clusterSeed, nightSeed });
  const randomFor = (job: number, takeovers: number) =>
    createRandom(`${nightSeed}|${text}|${night.jobs[job]!.name}|${takeovers}`);
  let coordinator: ReturnType<typeof createCoordinator> | null = null;
  return {
    night,
    createCoordinator: (executor) =>
      (coordinator = createCoordinator({ night, strategy, params, executor, randomFor, log: true })),
    result(load, restored): NightResult {
      const { idleWhileWaitingS, ...record } = coordinator!.record();
      const proxies = load.proxies.map((p, i) => ({ ...p, idleWhileWaitingS: idleWhileWaitingS[i]! }));
      return { record: { ...record, load: { ...load, proxies } }, restored };
    },
  } satisfies OpenNight;
};
