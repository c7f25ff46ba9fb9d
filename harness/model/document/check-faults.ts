import type { Check } from './problem.ts';

/** Spans of time have a length: from = to could mean nothing or a whole day. */
export const checkSpans: Check = (document, report) => {
  for (const list of ['outages', 'slowdowns', 'broken'] as const)
    for (const [i, fault] of document.faults[list].entries())
      if ('from' in fault && fault.from === fault.to)
        report(
          ['faults', list, i, 'to'],
          `ends at ${fault.to}, when it begins; expected another time${list === 'broken' ? '' : ', or none for the rest of the night'}`,
        );
};

/** What fails has a cause. */
export const checkCauses: Check = (document, report) => {
  const weights = Object.values(document.faults.causes);
  if (weights.every((weight) => weight === undefined || weight === 0))
    report(['faults', 'causes'], 'no cause has a weight; expected one at least above 0');
};
