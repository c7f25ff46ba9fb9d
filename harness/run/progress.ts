import { stripVTControlCharacters } from 'node:util';

export type ProgressMode = 'live' | 'plain' | 'none';

export interface ProgressOptions {
  readonly mode: ProgressMode;
  readonly write: (text: string) => void;
  /** milliseconds */
  readonly clock: () => number;
  /** columns of the terminal */
  readonly width: number;
}

export interface Counts {
  readonly done: number;
  readonly reused: number;
  readonly notOk: number;
  readonly total: number;
}

export interface Progress {
  started(label: string): void;
  finished(label: string, counts: Counts): void;
  /** what comes after the cells, as "drawing charts" */
  stage(name: string, done: number, total: number): void;
  end(): void;
}

const plainEveryMs = 5000;

/** A live line on a terminal; elsewhere a line at every tenth and every few seconds. */
export function createProgress({ mode, write, clock, width }: ProgressOptions): Progress {
  if (mode === 'none') return { started: ignore, finished: ignore, stage: ignore, end: ignore };
  const startMs = clock();
  const running = new Map<string, number>();
  let counts: Counts | null = null;
  let lastMs = startMs;
  let lastTenth = 0;

  const line = () => (counts === null ? '' : progressLine(counts, (clock() - startMs) / 1000));
  const drawLive = () => {
    const [slowest] = running.keys();
    const text = `${line()}${slowest === undefined ? '' : `  ${slowest}`}`;
    write(`\r\u001b[2K${stripVTControlCharacters(text).slice(0, width - 1)}`);
  };
  let timer: NodeJS.Timeout | null = null;

  const drawPlain = (now: Counts) => {
    const tenth = Math.floor((now.done / now.total) * 10);
    if (tenth === lastTenth && clock() - lastMs < plainEveryMs) return;
    lastTenth = tenth;
    lastMs = clock();
    write(`${line()}\n`);
  };

  return {
    started(label) {
      running.set(label, clock());
      if (mode === 'live') timer ??= setInterval(drawLive, 1000).unref();
    },
    finished(label, now) {
      running.delete(label);
      counts = now;
      if (mode === 'live') drawLive();
      else drawPlain(now);
    },
    stage(name, done, total) {
      const text = `${name}: ${done} of ${total}`;
      const isLast = done === total;
      if (mode === 'live') write(`\r\u001b[2K${isLast ? '' : text}`);
      else if (isLast || clock() - lastMs >= plainEveryMs) {
        lastMs = clock();
        write(`${text}\n`);
      }
    },
    end() {
      if (timer === null) return;
      clearInterval(timer);
      timer = null;
      write('\r\u001b[2K');
    },
  };
}

export function progressLine({ done, reused, notOk, total }: Counts, elapsedS: number): string {
  const computed = done - reused;
  const leftS = computed === 0 ? null : (elapsedS / computed) * (total - done);
  return [
    `${done} of ${total} cells`,
    ...(reused > 0 ? [`${reused} from before`] : []),
    ...(notOk > 0 ? [`${notOk} not ok`] : []),
    `${elapsedS.toFixed(0)} s`,
    ...(leftS === null || done === total ? [] : [`about ${leftS.toFixed(0)} s left`]),
  ].join(', ');
}

const ignore = () => {};
