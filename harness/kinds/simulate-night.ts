import { createCoordinator } from '../coordinate/coordinator.ts';
import { solversBySharing } from '../engine/fluid/sharing/solvers.ts';
import type { FluidSolver } from '../engine/fluid/solver.ts';
import { createVirtualExecutor } from '../engine/virtual-executor.ts';
import { createRandom } from '../kit/rng.ts';
import type { NightListener } from '../model/listener.ts';
import type { Night } from '../model/night.ts';
import type { Params } from '../model/params.ts';
import type { NightRecord } from '../model/record.ts';
import type { Strategy } from '../model/strategy.ts';

export interface Simulation {
  readonly night: Night;
  readonly strategy: Strategy;
  readonly params: Params;
  /** what the strategy's own draws derive from: night seed and text form (night.md N10) */
  readonly seedText: string;
  /** keep decisions, see `mostLogged` */
  readonly log?: boolean;
  readonly listener?: NightListener | undefined;
  /** left out: of the sharing model of the night */
  readonly createSolver?: () => FluidSolver;
}

/**
 * One night of one strategy, in virtual time.
 *
 * @throws {DecisionInvalid | StrategyCrashed | Unsupported} what the strategy did wrong
 */
export function simulateNight(simulation: Simulation, signal?: AbortSignal): NightRecord {
  const { night, strategy, params, seedText, listener } = simulation;
  const { log = false, createSolver = solversBySharing[night.sharing] } = simulation;
  const executor = createVirtualExecutor(night, createSolver, listener);
  const randomFor = (job: number, takeovers: number) =>
    createRandom(`${seedText}|${night.jobs[job]!.name}|${takeovers}`);
  const coordinator = createCoordinator({ night, strategy, params, executor, randomFor, log, listener });
  executor.run(coordinator, signal);
  const { idleWhileWaitingS, ...record } = coordinator.record();
  const load = executor.load();
  return {
    ...record,
    load: {
      ...load,
      proxies: load.proxies.map((p, i) => ({ ...p, idleWhileWaitingS: idleWhileWaitingS[i]! })),
    },
  };
}
