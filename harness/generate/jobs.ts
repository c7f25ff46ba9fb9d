import type { Ask, Job, JobSketch } from './family.ts';

export const defaultJobs: readonly JobSketch[] = [{ id: 'nightly', streamShare: 1 }];

export interface JobParts {
  readonly ask: Ask;
  /** that all proxies carry comfortably */
  readonly streams: number;
  /** of a hall */
  readonly clustersOf: (hall: string) => readonly string[];
  /** of a group of proxies */
  readonly firstProxyOf: (group: string) => string;
}

export const jobOf = (
  { halls, streamShare, coordinatedBy, ...fields }: JobSketch,
  { ask, streams, clustersOf, firstProxyOf }: JobParts,
): Job => ({
  policy: 'standard',
  kind: ask.night,
  ...(halls === undefined ? {} : { select: { clusters: halls.flatMap((hall) => [...clustersOf(hall)]) } }),
  streams: Math.max(1, Math.round(streams * streamShare)),
  start: '22:00',
  window: { hours: 8 },
  ...(coordinatedBy === undefined ? {} : { coordinator: firstProxyOf(coordinatedBy) }),
  ...fields,
});
