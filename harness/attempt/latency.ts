import { modeOf, type AccessMode } from '../model/access.ts';
import type { Tier } from '../model/access.ts';
import type { Device } from '../model/night.ts';

/** Outstanding I/Os that a transferring stream keeps at its device, by access mode. Source: domain.md 4.3, [P]. */
const queueDepth: Record<AccessMode, number> = { san: 4, local: 3, network: 2, complex: 2 };

export const queueDepthOf = (tier: Tier): number => queueDepth[modeOf(tier)];

/** Read latency: linear in the outstanding I/Os of production and streams (domain.md 4.3, after BASIL, FAST'10). */
export const latencyMs = (device: Device, productionIo: number, streamIo: number): number =>
  device.latencyMs + device.latencyMsPerIo * (productionIo + streamIo);
