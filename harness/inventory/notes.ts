import type { Ledger } from './ledger.ts';
import type { Tally } from './tally.ts';

/** What the importer writes down while it works. */
export interface Notes {
  readonly ledger: Ledger;
  /** what was left out */
  readonly skipped: Tally;
  /** cells that cannot be read: nothing is imported where there are any */
  readonly problems: string[];
}
