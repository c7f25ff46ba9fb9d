import type { Document } from './document.ts';

export type Path = readonly (string | number)[];

/** What is wrong in a document, and where. */
export interface Problem {
  readonly path: Path;
  /** what is pointed at: the value at the path (where there is none, what it would be in), or its key */
  readonly at: 'value' | 'key';
  /** what is wrong, and what would be right */
  readonly message: string;
}

/** A check of what a document means. It assumes nothing of what other checks look at: ids may dangle. */
export type Check = (document: Document, report: (path: Path, message: string) => void) => void;

/** "vms[3].disks[0].store" */
export function formatPath(path: Path): string {
  if (path.length === 0) return 'document';
  return path.map(formatStep).join('');
}

function formatStep(step: string | number, place: number): string {
  if (typeof step === 'number') return `[${step}]`;
  if (!/^\w+$/u.test(step)) return `[${JSON.stringify(step)}]`;
  return place === 0 ? step : `.${step}`;
}

/** "a, b, c", or how many there are where they are many. */
export function listNames(names: Iterable<string>): string {
  const list = [...names];
  if (list.length === 0) return 'none';
  return list.length <= 8 ? list.join(', ') : `${list.slice(0, 5).join(', ')} and ${list.length - 5} more`;
}
