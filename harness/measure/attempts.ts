import type { AttemptRecord } from '../model/record.ts';

/** Ended without success; one that the window's end terminated has not failed, nor one that is still under way. */
export const hasFailed = (a: AttemptRecord): boolean =>
  a.cause !== null && a.cause !== 'finished' && a.cause !== 'window';
