import { parentPort, workerData } from 'node:worker_threads';
import { runCoordinator, type CoordinatorData } from '../coordinator-host.ts';

// The coordinator's thread: a strategy that takes its time stops nobody's bytes.

await runCoordinator(workerData as CoordinatorData, parentPort!);
