import { sameInstantS } from '../model/executor.ts';
import type { Id, Roles } from '../model/facts.ts';
import type { JobRecord } from '../model/record.ts';

// Who coordinates a job: named at its start, and anew some time after the coordinator was lost (night.md N14).

export interface Leadership {
  /** Names a coordinator. @returns whether it is there to decide: one that is gone, which nobody knows, is named and lost */
  name(): boolean;
  roles(): Roles;
  /** those of the start; null = nobody was in service yet */
  first(): Roles | null;
  readonly takeovers: JobRecord['takeovers'];
  /** a successor may be named */
  isDue(): boolean;
  /** a proxy is gone, which is not noticed yet */
  gone(proxy: Id): void;
  /** @returns whether the proxy was the coordinator, so that nobody decides now */
  lose(proxy: Id, noticedS: number): boolean;
}

export interface LeadershipSetup {
  /** the roles that the storage manager would give now */
  readonly nameRoles: () => Roles;
  readonly now: () => number;
  readonly wakeAt: (atS: number) => void;
  readonly detectS: number;
  readonly takeoverS: number;
}

export function createLeadership({
  nameRoles,
  now,
  wakeAt,
  detectS,
  takeoverS,
}: LeadershipSetup): Leadership {
  const takeovers: { proxy: Id | null; atS: number }[] = [];
  const goneS = new Map<Id, number>();
  let roles: Roles = { coordinator: null, controllers: [] };
  let first: Roles | null = null;
  let resumeS = 0;

  function lose(proxy: Id, noticedS: number): boolean {
    if (proxy !== roles.coordinator) return false;
    roles = { ...roles, coordinator: null };
    resumeS = noticedS + takeoverS;
    wakeAt(resumeS);
    return true;
  }

  return {
    takeovers,
    roles: () => roles,
    first: () => first,
    isDue: () => roles.coordinator === null && now() >= resumeS - sameInstantS,
    gone: (proxy) => void goneS.set(proxy, now()),
    lose,
    name() {
      roles = nameRoles();
      const { coordinator } = roles;
      if (coordinator === null) return false;
      if (first === null) first = roles;
      else takeovers.push({ proxy: coordinator, atS: now() });
      const noticedS = (goneS.get(coordinator) ?? -Infinity) + detectS;
      return now() >= noticedS - sameInstantS || !lose(coordinator, noticedS);
    },
  };
}
