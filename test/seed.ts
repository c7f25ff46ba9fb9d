import * as fc from 'fast-check';

/**
 * Properties are drawn alike on every run, so that a red test is red for what was changed. `SEED=random` draws anew each
 * time, to look for more; `SEED=<number>` repeats what that found.
 */
const { SEED = '1' } = process.env;
if (SEED !== 'random') fc.configureGlobal({ seed: Number(SEED) });
