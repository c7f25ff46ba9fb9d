import { createHash } from 'node:crypto';
import type { ItemTable } from '../model/kind.ts';
import { itemTablePieces } from '../report/item-csv.ts';
import { shared } from './shared-bytes.ts';

/** The per-item table of a cell as CSV: bytes that are written as they are, and cross threads without being copied. */
export interface Items {
  readonly pieces: readonly Uint8Array[];
  /** of all pieces together */
  readonly bytes: number;
  readonly hash: string;
}

export function itemsOf(table: ItemTable): Items {
  const encoder = new TextEncoder();
  const hash = createHash('sha256');
  const pieces: Uint8Array[] = [];
  for (const text of itemTablePieces(table)) {
    const bytes = encoder.encode(text);
    hash.update(bytes);
    pieces.push(new Uint8Array(shared(bytes)));
  }
  return { pieces, bytes: pieces.reduce((sum, { length }) => sum + length, 0), hash: hash.digest('hex') };
}

/** Of a cell that keeps none. */
export const noItems: Items = { pieces: [], bytes: 0, hash: createHash('sha256').digest('hex') };
