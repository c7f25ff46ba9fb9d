import type { MessagePort } from 'node:worker_threads';
import type { HostReport, HostTask } from '../agent/host.ts';

// A thread of the pool: one long task, a host of agents. A file that throws on import would leave the pool without
// threads: what could fail is imported inside the task.

export default async function work({
  task,
  port,
}: {
  task: HostTask;
  port: MessagePort;
}): Promise<HostReport> {
  const { runHost } = await import('../agent/host.ts');
  return runHost(task, port);
}
