import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Night } from '../model/night.ts';
import type { HostReport, HostTask } from './agent/host.ts';
import { wallMs } from './clock.ts';
import type { CoordinatorData } from './coordinator-host.ts';
import type { FromCoordinator, ToCoordinator } from './messages.ts';
import { allocatePacer } from './pacer/layout.ts';
import type { EmulationPlan } from './plan-emulation.ts';

export type Ended = Omit<Extract<FromCoordinator<unknown>, { type: 'ended' }>, 'type'>;

export interface Emulation {
  readonly night: Night;
  readonly plan: EmulationPlan;
  /** hosts of agents, one thread each; those that will be killed come on top */
  readonly threads: number;
  /** URL of a module with `openNight`, and what that is given: see coordinator-host.ts */
  readonly moduleUrl: string;
  readonly task: unknown;
  /** null = in memory */
  readonly dataFolder: string | null;
  readonly backupFolder: string | null;
  readonly onEnded: (ended: Ended) => void;
}

export interface EmulationResult {
  /** what `openNight` made of the night */
  readonly result: unknown;
  readonly hosts: readonly HostReport[];
  /** threads that the night has killed */
  readonly killed: number;
  /** of the pool, once the night is over: a killed one is replaced */
  readonly threadsAtEnd: number;
  readonly wallMs: number;
  /** cores' worth of CPU time that this process took, on average */
  readonly cpuLoad: number;
}

/** What went wrong on the coordinator's thread; `name` says what it was there. */
export class CoordinatorFailed extends Error {
  constructor(name: string, message: string, stack: string) {
    super(message);
    this.name = name;
    this.stack = stack;
  }
}

/**
 * One night on the wall clock: the storage manager's part. It starts the threads of the agents and that of the
 * coordinator, and kills what the night wants dead.
 *
 * @throws {CoordinatorFailed} or what the signal was aborted with; no thread is left in either case
 */
export async function emulateNight(emulation: Emulation, signal: AbortSignal): Promise<EmulationResult> {
  signal.throwIfAborted();
  const fromMs = wallMs();
  const fromCpu = process.cpuUsage();
  const hosts = hostsOf(emulation);
  const pool = new Piscina<unknown, HostReport>({
    filename: fileURLToPath(new URL('./threads/host-thread.js', import.meta.url)),
    minThreads: hosts.tasks.length,
    maxThreads: hosts.tasks.length,
    // the default blocks a thread's event loop between tasks
    atomics: 'disabled',
  });
  const channels = hosts.tasks.map(() => new MessageChannel());
  const killers = hosts.tasks.map(() => new AbortController());
  const killed = new Set<number>();
  const coordinator = startCoordinator(emulation, hosts, channels);
  const over = new AbortController();
  try {
    const runs = hosts.tasks.map((task, host) => {
      const port = channels[host]!.port2;
      return pool
        .run({ task, port }, { transferList: [port], signal: killers[host]!.signal })
        .catch((error: unknown) => {
          if (!killed.has(host)) throw error;
          const [proxy] = task.proxies;
          coordinator.postMessage({ type: 'killed', proxy: proxy! } satisfies ToCoordinator);
          return null;
        });
    });
    const kill = (proxy: number) => {
      const host = hosts.hostOf[proxy]!;
      killed.add(host);
      killers[host]!.abort();
    };
    const allDone = Promise.all(runs);
    const result = await Promise.race([
      listen(coordinator, { kill, onEnded: emulation.onEnded }),
      aborted(signal, over.signal),
      // a host that fails ends the night; one that ends waits for the others
      allDone.then(() => new Promise<never>(() => {})),
    ]);
    const reports = await allDone;
    const tookMs = wallMs() - fromMs;
    const { user, system } = process.cpuUsage(fromCpu);
    return {
      result,
      hosts: reports.filter((report) => report !== null),
      killed: killed.size,
      threadsAtEnd: pool.threads.length,
      wallMs: tookMs,
      cpuLoad: (user + system) / 1000 / tookMs,
    };
  } finally {
    over.abort();
    await Promise.all([coordinator.terminate(), pool.destroy()]);
  }
}

interface Hosts {
  readonly tasks: readonly HostTask[];
  /** by proxy */
  readonly hostOf: readonly number[];
}

/** Agents are dealt to the threads in turn; one whose thread will be killed has it for itself. */
function hostsOf({ night, plan, threads, dataFolder, backupFolder }: Emulation): Hosts {
  const shared = night.proxies.map((p) => p.id).filter((p) => !plan.killed.includes(p));
  const count = Math.max(1, Math.min(threads, shared.length));
  const groups = [
    ...Array.from({ length: count }, (_, host) => shared.filter((_p, i) => i % count === host)),
    ...plan.killed.map((p) => [p]),
  ];
  const memory = allocatePacer(plan.size);
  const detectMs = (night.detectS / plan.scale) * 1000;
  const beatMs = Math.min(50, Math.max(10, detectMs / 8));
  const { scale, blockBytes } = plan;
  const compresses = night.jobs.some((j) => j.reducedAt === 'proxy' && j.dataReduction > 1);
  const tasks = groups.map((proxies, host): HostTask => ({
    memory,
    proxies,
    drives: host < count,
    scale,
    blockBytes,
    beatMs,
    compresses,
    dataFolder,
    backupFolder,
  }));
  return { tasks, hostOf: night.proxies.map((p) => groups.findIndex((group) => group.includes(p.id))) };
}

function startCoordinator(
  { moduleUrl, task, plan }: Emulation,
  { tasks, hostOf }: Hosts,
  channels: readonly MessageChannel[],
): Worker {
  const ports = channels.map((channel) => channel.port1);
  const workerData: CoordinatorData = {
    moduleUrl,
    task,
    memory: tasks[0]!.memory,
    scale: plan.scale,
    ports,
    hostOf,
  };
  return new Worker(new URL('./threads/coordinator-thread.js', import.meta.url), {
    workerData,
    transferList: ports,
  });
}

/** @returns what the coordinator has made of the night */
function listen(
  coordinator: Worker,
  { kill, onEnded }: { kill: (proxy: number) => void; onEnded: Emulation['onEnded'] },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    coordinator.on('message', (message: FromCoordinator<unknown>) => {
      if (message.type === 'kill') kill(message.proxy);
      else if (message.type === 'ended') onEnded(message);
      else if (message.type === 'over') resolve(message.result);
      else reject(new CoordinatorFailed(message.name, message.message, message.stack));
    });
    coordinator.on('error', reject);
    coordinator.on('exit', (code) => reject(new Error(`the coordinator's thread ended with ${code}`)));
  });
}

function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: over });
  });
}
