import { exitCodes } from './exit-codes.ts';

/** Data, and only data: what a pipe may read. */
export const say = (text: string): void =>
  void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);

/** All else. */
export const tell = (text: string): void =>
  void process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);

/** A reader that has left, as `head`, ends nothing; a stdout that cannot be written to is said. */
export function guardStdout(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    tell(`error: cannot write to standard output (${error.code})`);
    process.exitCode = exitCodes.notComputed;
  });
  process.stderr.on('error', () => {
    // nobody is left to tell
  });
}
