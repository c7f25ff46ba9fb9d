import type { Device } from '../model/night.ts';

/** Read latency: linear in the outstanding I/Os of production and streams (domain.md 4.3, after BASIL, FAST'10). */
export const latencyMs = (device: Device, productionIo: number, streamIo: number): number =>
  device.latencyMs + device.latencyMsPerIo * (productionIo + streamIo);
