import type { AttemptEnds } from './attempt-ends.ts';
import type { Heartbeats } from './heartbeats.ts';
import type { Inbox } from './inbox.ts';
import type { FromHost } from './messages.ts';
import type { PacedFlows } from './paced-flows.ts';
import type { Floor } from './wall-executor.ts';

/** @returns takes what the threads have said since it was last called */
export function createHearing(setup: {
  readonly floor: Pick<Floor, 'hear' | 'dead'>;
  readonly flows: PacedFlows;
  readonly heartbeats: Heartbeats;
  readonly inbox: Inbox;
  readonly ends: AttemptEnds;
}): () => void {
  const { floor, flows, heartbeats, inbox, ends } = setup;

  function over(message: Extract<FromHost, { type: 'finished' | 'failed' }>): void {
    if (!ends.judge(message)) inbox.add(message.flow, message, message.atS);
  }

  const hear: { readonly [T in FromHost['type']]: (message: Extract<FromHost, { type: T }>) => void } = {
    ready() {},
    progress() {},
    heartbeat: ({ proxies, atS }) => heartbeats.heard(proxies, atS),
    written(message) {
      const attempt = flows.attemptOf(message.flow);
      if (attempt === undefined) return; // stopped meanwhile
      ends.written(message.flow, attempt);
      inbox.add(message.flow, message, message.atS);
    },
    finished: over,
    failed: over,
    released: ({ flow }) => flows.release(flow),
  };

  return () => {
    for (const message of floor.hear()) (hear[message.type] as (m: FromHost) => void)(message);
    for (const proxy of floor.dead()) {
      flows.releaseAll(proxy);
      for (const attempt of ends.held())
        if (flows.orderOf(attempt)!.proxy === proxy) ends.stop(attempt, 'proxy-lost');
    }
  };
}
