import { formatDuration } from '../model/units.ts';
import type { Outlook } from '../run/outlook.ts';

/** What is left of a run, and how long it takes. */
export function outlookLine({
  cells,
  done,
  leftS,
  threads,
  byExperience,
}: Omit<Outlook, 'kind' | 'documents'>): string {
  const left = cells - done;
  if (left === 0) return `${cells} cells, all of them done.`;
  const basis = byExperience === left ? '' : `, ${left - byExperience} of them by size alone, a rough guess`;
  return `${cells} cells, ${done} of them done; about ${formatDuration(leftS)} for ${left} more on ${threads} threads${basis}.`;
}
