import type { Chart } from '../../../model/kind.ts';
import { bothDeviceStreams } from './both-device-streams.ts';
import { bothProtected } from './both-protected.ts';

/** Charts of a night in virtual time beside the same night on the wall clock. */
export const chartsOfTwoNights: readonly Chart[] = [bothProtected, bothDeviceStreams];
