import { exitCodes } from './exit-codes.ts';
import { tell } from './terminal.ts';

type Signal = 'SIGINT' | 'SIGTERM';

export interface Signals {
  /** aborted by the first signal */
  readonly stop: AbortSignal;
  received(): Signal | null;
  end(): void;
}

/** The first Ctrl-C asks to stop, the second stops. @param what happens to what is under way */
export function watchSignals(what = 'cells that are under way are finished'): Signals {
  const controller = new AbortController();
  let received: Signal | null = null;
  const onSignal = (signal: Signal) => {
    // What is written is written whole or not at all, at any moment: nothing to tidy up.
    if (received !== null) process.exit(exitCodes[signal]);
    received = signal;
    tell(`\nstopping: ${what}; once more to stop at once`);
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    stop: controller.signal,
    received: () => received,
    end: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
