import type { NightMetric } from '../night-metric.ts';
import { contentionMetrics } from './contention.ts';
import { protectionMetrics } from './protection.ts';
import { proxyMetrics } from './proxies.ts';
import { speedMetrics } from './speed.ts';
import { strandingMetrics } from './stranding.ts';

/** Every number that a night yields, in the order in which it is shown. */
export const metrics: readonly NightMetric[] = [
  ...protectionMetrics,
  ...speedMetrics,
  ...strandingMetrics,
  ...contentionMetrics,
  ...proxyMetrics,
];
