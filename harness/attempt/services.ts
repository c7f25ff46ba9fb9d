import type { Happening } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Night, Outage } from '../model/night.ts';
import type { ServiceEntity } from '../model/strategy.ts';
import type { Timers } from './timers.ts';

// What is in service: outages of the night, and when they are noticed. The loss of a proxy is noticed after a detection
// delay (night.md N9); a server takes the proxies on it along.

export interface Services {
  /** true now, noticed or not */
  isUp(entity: ServiceEntity, id: Id): boolean;
  isAllUp(): boolean;
}

export interface ServicesSetup {
  readonly night: Night;
  readonly timers: Timers;
  readonly report: (happening: Happening) => void;
  /** it went down this instant */
  readonly onDown: (entity: ServiceEntity, id: Id, comesBack: boolean) => void;
  /** it is up again */
  readonly onUp?: (entity: ServiceEntity, id: Id) => void;
  /** the loss of a proxy is noticed: what was lost with it fails */
  readonly onNoticed: (proxy: Id) => void;
  /** a proxy went down this instant: calls back when that is to be noticed */
  readonly detect: (proxy: Id, notice: () => void) => void;
}

export function createServices(setup: ServicesSetup): Services {
  const { night, timers, report, onDown, onNoticed, detect } = setup;
  const down = new Map<string, number>();
  /** proxies that are reported to be out of service */
  const reported = new Set<Id>();
  const key = (entity: ServiceEntity, id: Id) => `${entity} ${id}`;
  const isAllUp = () => down.size === 0;
  const isUp = (entity: ServiceEntity, id: Id) => isAllUp() || !down.has(key(entity, id));

  function lower(entity: ServiceEntity, id: Id, comesBack: boolean): void {
    const depth = (down.get(key(entity, id)) ?? 0) + 1;
    down.set(key(entity, id), depth);
    if (depth > 1) return;
    onDown(entity, id, comesBack);
    if (entity === 'proxy') {
      report({ kind: 'down', proxy: id });
      detect(id, () => notice(id));
    } else report({ kind: 'service', entity, id, inService: false });
  }

  function notice(proxy: Id): void {
    onNoticed(proxy);
    if (isUp('proxy', proxy) || reported.has(proxy)) return;
    reported.add(proxy);
    report({ kind: 'service', entity: 'proxy', id: proxy, inService: false });
  }

  function raise(entity: ServiceEntity, id: Id): void {
    const depth = down.get(key(entity, id))! - 1;
    if (depth > 0) {
      down.set(key(entity, id), depth);
      return;
    }
    down.delete(key(entity, id));
    setup.onUp?.(entity, id);
    if (entity !== 'proxy' || reported.delete(id)) report({ kind: 'service', entity, id, inService: true });
  }

  for (const outage of night.faults.outages) {
    if (outage.toS !== null && outage.toS <= 0) continue;
    for (const { entity, id } of takenAlong(night, outage)) {
      timers.set(Math.max(0, outage.fromS), () => lower(entity, id, outage.toS !== null));
      if (outage.toS !== null) timers.set(outage.toS, () => raise(entity, id));
    }
  }
  return { isUp, isAllUp };
}

function takenAlong(night: Night, { entity, id }: Outage): { entity: ServiceEntity; id: Id }[] {
  const proxies = entity === 'server' ? night.proxies.filter((p) => p.server === id) : [];
  return [{ entity, id }, ...proxies.map((p) => ({ entity: 'proxy' as const, id: p.id }))];
}
