/**
 * What the user gave is wrong. The message says what, where and what would be right, one problem a line;
 * it is printed without a stack and ends with exit code 2.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problems: readonly string[];

  constructor(problems: string | readonly string[]) {
    const list = typeof problems === 'string' ? [problems] : problems;
    super(list.join('\n'));
    this.problems = list;
  }
}

/** A result could not be written (full or read-only folder). Printed without a stack, exit code 22. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

/** A baseline or a file of results cannot be used: damaged, or of another version. Printed without a stack, exit code 23. */
export class UnusableError extends Error {
  override readonly name = 'UnusableError';
}

/** A code of the system in words, for messages; unknown ones as they are. */
export const systemWords = (code: string): string => words[code] ?? code;

const words: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such file',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
};
