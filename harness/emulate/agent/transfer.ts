import { createHash, type Hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Assignment, Receipt } from '../messages.ts';
import type { Source } from './source.ts';
import { backupName, type Deposit, type Target } from './target.ts';

export type TransferEnd =
  | { readonly ok: true; readonly receipt: Receipt }
  | { readonly ok: false; readonly why: 'fault' | 'restore' };

/** One stream: reads its blocks, hashes them, compresses them where the policy says so, writes them, then restores them all. */
export interface Transfer {
  /** blocks written */
  written(): number;
  /** Works on up to `most` blocks. @param arrived blocks that have come the whole way @returns its end, once it has one */
  work(arrived: number, most: number): TransferEnd | null;
  /** it is not wanted any more */
  discard(): void;
}

/** Fast rather than small: what matters is that the work is done. */
const level = { level: 1 };

export interface TransferParts {
  readonly source: Source;
  /** what guests have written since their snapshots were opened */
  readonly deltas: Source;
  readonly target: Target;
  /** one more block is written */
  readonly wrote: () => void;
}

export function createTransfer(assignment: Assignment, parts: TransferParts): Transfer {
  return assignment.reads === null
    ? createDelta(assignment, parts)
    : createRead({ ...assignment, reads: assignment.reads }, parts);
}

type Read = Assignment & { readonly reads: NonNullable<Assignment['reads']> };

function createRead({ attempt, blocks, reads }: Read, { source, target, wrote }: TransferParts): Transfer {
  const { vm, firstBlock, lane, place, compress, fails } = reads;
  const name = backupName(attempt, lane, place);
  const deposit: Deposit = target.open(name);
  const hash: Hash = createHash('sha256');
  const restoredHash: Hash = createHash('sha256');
  let written = 0;
  let restored = 0;

  function write(): void {
    const block = source.read(vm, firstBlock + written);
    hash.update(block);
    deposit.append(compress ? deflateRawSync(block, level) : block);
    written++;
    wrote();
  }

  /** @returns whether the block comes back as it is at the source */
  function restore(): boolean {
    const kept = deposit.read(restored);
    const bytes = compress ? inflateRawSync(kept) : kept;
    restoredHash.update(bytes);
    return source.read(vm, firstBlock + restored++).equals(bytes);
  }

  function end(): TransferEnd {
    const sha256 = hash.digest('hex');
    if (restoredHash.digest('hex') !== sha256) return failed('restore');
    const storedBytes = deposit.storedBytes();
    deposit.keep();
    return { ok: true, receipt: { blocks, storedBytes, kept: { name, sha256 } } };
  }

  function failed(why: 'fault' | 'restore'): TransferEnd {
    deposit.discard();
    return { ok: false, why };
  }

  return {
    written: () => written,
    work(arrived, most) {
      for (let left = most; left > 0 && written < arrived; left--) write();
      if (written < blocks) return null;
      if (fails) return failed('fault');
      for (let left = most; left > 0 && restored < blocks; left--) if (!restore()) return failed('restore');
      return restored < blocks ? null : end();
    },
    discard: () => deposit.discard(),
  };
}

/** A snapshot is written back: its blocks are read, at the device, and kept nowhere. */
function createDelta({ blocks, attempt }: Assignment, { deltas, wrote }: TransferParts): Transfer {
  let written = 0;
  return {
    written: () => written,
    work(arrived, most) {
      for (let left = most; left > 0 && written < arrived; left--) {
        deltas.read(attempt, written++);
        wrote();
      }
      return written < blocks ? null : { ok: true, receipt: { blocks, storedBytes: 0, kept: null } };
    },
    discard() {},
  };
}
