import { UserError } from '../model/errors.ts';
import { findCell, type FoundCell } from '../run/find-cell.ts';
import { kindsUrl } from './kinds-url.ts';

/** A cell of the kind that can be told about. @throws {UserError | UnusableError} */
export async function findNight(reference: string, document: string | undefined): Promise<FoundCell> {
  const found = await findCell(reference, { kindsUrl: kindsUrl(), document: document ?? null });
  if (found.kind.name !== 'backup-night')
    throw new UserError(`${reference} is a cell of kind ${found.kind.name}; only nights can be told about`);
  return found;
}
