import { hourAt, nightHourAt } from '../night/clock.ts';
import type { Device, Night, Slowdown } from '../model/night.ts';
import type { Flows } from './flows.ts';
import { resourcesOf, type Resources } from './resources.ts';
import type { Timers } from './timers.ts';

const hourS = 3600;

export interface CapacitiesSetup {
  readonly solver: Flows;
  readonly r: Resources;
  readonly timers: Timers;
  readonly now: () => number;
  readonly setProductionIo: (device: number, io: number) => void;
}

/**
 * Capacities that change by themselves: slowdowns of faults, and what production takes of a device by hour of the day.
 * capacity = max(0, as written * factors of the slowdowns - production).
 *
 * @returns whether some capacity changes every night by the hour, so that what has none now may yet get some
 */
export function scheduleCapacities(
  night: Night,
  { solver, r, timers, now, setProductionIo }: CapacitiesSetup,
): boolean {
  const slowed = r.baseCapacity.map(() => new Set<Slowdown>());
  const productionMBps = r.baseCapacity.map(() => 0);

  function apply(resource: number): void {
    const factor = [...slowed[resource]!].reduce((product, s) => product * s.factor, 1);
    solver.setCapacity(resource, Math.max(0, r.baseCapacity[resource]! * factor - productionMBps[resource]!));
  }

  for (const slowdown of night.faults.slowdowns) {
    const { entity, id, fromS, toS } = slowdown;
    if (toS !== null && toS <= 0) continue;
    for (const resource of resourcesOf(night, r, entity, id)) {
      timers.set(Math.max(0, fromS), () => {
        slowed[resource]!.add(slowdown);
        apply(resource);
      });
      if (toS === null) continue;
      timers.set(toS, () => {
        slowed[resource]!.delete(slowdown);
        apply(resource);
      });
    }
  }

  const hourly = night.devices.filter(hasProduction);
  const changing = hourly.filter((d) => !isConstant(d.productionMBps) || !isConstant(d.outstandingIo));
  function load(devices: readonly Device[]): void {
    const hour = hourAt(night.originS, now());
    for (const d of devices) {
      const resource = r.device[d.id]!;
      productionMBps[resource] = d.productionMBps[hour]!;
      setProductionIo(d.id, d.outstandingIo[hour]!);
      apply(resource);
    }
  }
  function nextHour(): void {
    load(changing);
    timers.set((nightHourAt(night.originS, now()) + 1) * hourS - night.originS, nextHour, 'passive');
  }
  load(hourly);
  if (changing.length > 0) nextHour();
  return hourly.some((d) => !isConstant(d.productionMBps));
}

const isConstant = (byHour: readonly number[]): boolean => byHour.every((x) => x === byHour[0]);
const hasProduction = (d: Device): boolean => [...d.productionMBps, ...d.outstandingIo].some((x) => x > 0);
