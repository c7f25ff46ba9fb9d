import { checkCauses, checkSpans } from './check-faults.ts';
import { checkSelections } from './check-jobs.ts';
import { checkNames } from './check-names.ts';
import { checkDisks, checkInternalStores, checkLinks, checkProduction } from './check-placement.ts';
import { checkReferences } from './check-references.ts';
import type { Document } from './document.ts';
import type { Check, Path, Problem } from './problem.ts';

const checksOfNames: readonly Check[] = [checkNames, checkReferences];
const checksOfMeaning: readonly Check[] = [
  checkLinks,
  checkProduction,
  checkInternalStores,
  checkDisks,
  checkSpans,
  checkCauses,
];

/** What a document of the right shape means and cannot mean. */
export function checkDocument(document: Document): Problem[] {
  const problems: Problem[] = [];
  const report = (path: Path, message: string) => {
    problems.push({ path, at: 'value', message });
  };
  for (const check of checksOfNames) check(document, report);
  const hasSoundNames = problems.length === 0;
  for (const check of checksOfMeaning) check(document, report);
  // What a job selects is known only where names are sound: else it would repeat what was said.
  if (hasSoundNames) checkSelections(document, report);
  return problems;
}
