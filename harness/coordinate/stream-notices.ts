import type { Order } from '../model/executor.ts';
import type { UnitFacts } from '../model/facts.ts';
import type { Notice, StreamNotice } from '../model/strategy.ts';
import { countDeviceStreams } from './lanes.ts';

/** What all jobs are told of an attempt that starts. */
export type Opened = Extract<Notice, { type: 'opened' }>;
type Closed = Extract<Notice, { type: 'closed' }>;

// All of it is frozen, and written out: a copy by spreading takes several times as long.

export const openedOf = (
  { attempt, job, unit, vm, proxy, agent, tier, lanes }: Order,
  { server, stores, devices }: UnitFacts,
): Opened =>
  Object.freeze({
    type: 'opened',
    attempt,
    job,
    unit,
    vm,
    proxy,
    agent,
    server,
    stores,
    devices,
    deviceStreams: countDeviceStreams(devices, lanes),
    tier,
    streams: lanes.length,
  });

export const closedOf = (opened: Opened): Closed =>
  Object.freeze({
    type: 'closed',
    attempt: opened.attempt,
    job: opened.job,
    unit: opened.unit,
    vm: opened.vm,
    proxy: opened.proxy,
    agent: opened.agent,
    server: opened.server,
    stores: opened.stores,
    devices: opened.devices,
    deviceStreams: opened.deviceStreams,
    tier: opened.tier,
    streams: opened.streams,
  });

/** The stream, without saying that it opens. */
export function streamOf(opened: Opened): StreamNotice {
  const stream: StreamNotice & { type?: 'opened' } = { ...opened };
  delete stream.type;
  return Object.freeze(stream);
}
