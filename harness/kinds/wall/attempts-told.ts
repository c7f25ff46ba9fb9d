import type { AttemptTold } from '../../measure/agreement/night-told.ts';
import type { Night } from '../../model/night.ts';
import type { NightRecord } from '../../model/record.ts';

/** The attempts of a night by names, in order of decision. */
export const attemptsTold = (night: Night, { attempts, endS }: NightRecord): AttemptTold[] =>
  attempts.map((a) => ({
    vm: night.vms[a.vm]!.key,
    proxy: night.proxies[a.proxy]!.name,
    startS: a.startS,
    endS: a.endS ?? endS,
    cause: a.cause ?? 'window',
  }));
