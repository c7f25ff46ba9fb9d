import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { Coordinator, Executor } from '../model/executor.ts';
import type { Id } from '../model/facts.ts';
import type { Night } from '../model/night.ts';
import { createNightClock, wallMs } from './clock.ts';
import type { FromCoordinator, FromHost, ToCoordinator, ToHost } from './messages.ts';
import type { PacerMemory } from './pacer/layout.ts';
import { createPacer } from './pacer/pacer.ts';
import { createWallExecutor, type Floor, type WallExecutor } from './wall-executor.ts';

/** What a module offers that brings night and strategy: this folder knows neither. */
export interface NightModule {
  openNight(task: unknown): OpenNight;
}

export interface OpenNight {
  readonly night: Night;
  createCoordinator(executor: Executor): Coordinator;
  /** once the night is over: plain data */
  result(load: ReturnType<WallExecutor['load']>, restored: WallExecutor['restored']): unknown;
}

export interface CoordinatorData {
  /** URL of a `NightModule` */
  readonly moduleUrl: string;
  /** handed to `openNight` */
  readonly task: unknown;
  readonly memory: PacerMemory;
  readonly scale: number;
  /** by host; the agents of a proxy live at `hostOf[proxy]` */
  readonly ports: readonly MessagePort[];
  readonly hostOf: readonly number[];
}

/** A host has so long to be ready, and the night then begins. */
const startsInMs = 20;

/** The whole night, on the coordinator's own thread; says on `main` how it ended. */
export async function runCoordinator(data: CoordinatorData, main: MessagePort): Promise<void> {
  const say = (message: FromCoordinator<unknown>) => main.postMessage(message);
  try {
    const { openNight } = (await import(data.moduleUrl)) as NightModule;
    const open = openNight(data.task);
    const { startMs, floor } = await startHosts(data, main);
    const executor = createWallExecutor({
      night: open.night,
      pacer: createPacer(data.memory),
      blockMB: data.memory.size.blockMB,
      clock: createNightClock(startMs, data.scale),
      floor,
      onEnded: (ended) => say({ type: 'ended', ...ended, vm: open.night.vms[ended.vm]!.key }),
    });
    await executor.run(open.createCoordinator(executor));
    say({ type: 'over', result: open.result(executor.load(), executor.restored) });
  } catch (error) {
    const { name, message, stack = message } = error as Error;
    say({ type: 'failed', name, message, stack });
  } finally {
    for (const port of data.ports) {
      port.postMessage({ type: 'stop' } satisfies ToHost);
      port.close();
    }
    main.close();
  }
}

/** Waits until every host is there, then sets the hour. */
async function startHosts(
  { ports, hostOf }: CoordinatorData,
  main: MessagePort,
): Promise<{ startMs: number; floor: Floor }> {
  const mail = createMail(ports, main);
  const tell = (host: number, message: ToHost) => ports[host]!.postMessage(message);
  for (let ready = 0; ready < ports.length;) {
    ready += mail.hear().filter((message) => message.type === 'ready').length;
    if (ready < ports.length) await mail.sleep(null);
  }
  const startMs = wallMs() + startsInMs;
  for (const host of ports.keys()) tell(host, { type: 'go', startMs });
  const floor: Floor = {
    ...mail,
    assign: (assignment) => tell(hostOf[assignment.proxy]!, { type: 'assign', ...assignment }),
    rescind: (flow, proxy) => tell(hostOf[proxy]!, { type: 'rescind', flow }),
    down(proxy, comesBack) {
      if (comesBack) tell(hostOf[proxy]!, { type: 'stall', proxy });
      else main.postMessage({ type: 'kill', proxy } satisfies FromCoordinator<unknown>);
    },
    up: (proxy) => tell(hostOf[proxy]!, { type: 'resume', proxy }),
  };
  return { startMs, floor };
}

/** Messages are taken when they are wanted, whatever the event loop is at; a listener only wakes. */
function createMail(
  ports: readonly MessagePort[],
  main: MessagePort,
): Pick<Floor, 'hear' | 'dead' | 'sleep'> {
  let dead: Id[] = [];
  const held: FromHost[] = [];
  let wake: (() => void) | null = null;
  main.on('message', ({ proxy }: ToCoordinator) => {
    dead.push(proxy);
    wake?.();
  });
  for (const port of ports)
    port.on('message', (message: FromHost) => {
      held.push(message);
      wake?.();
    });

  function hear(): FromHost[] {
    const heard = held.splice(0);
    for (const port of ports)
      for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port))
        heard.push(got.message as FromHost);
    return heard;
  }

  return {
    hear,
    dead() {
      const all = dead;
      dead = [];
      return all;
    },
    async sleep(ms) {
      if (held.length > 0 || dead.length > 0) return;
      await new Promise<void>((resolve) => {
        const timer = ms === null ? null : setTimeout(resolve, Math.max(0, ms));
        wake = () => {
          if (timer !== null) clearTimeout(timer);
          resolve();
        };
      });
      wake = null;
    },
  };
}
