import { describe, expect, it } from 'vitest';
import { createMemorySource } from '../../harness/emulate/agent/source.ts';
import { memoryTarget, type Target } from '../../harness/emulate/agent/target.ts';
import { createTransfer } from '../../harness/emulate/agent/transfer.ts';

const blockBytes = 512;
const blocks = 5;

function moved(target: Target, compress: boolean) {
  const source = createMemorySource(blockBytes);
  let wrote = 0;
  const reads = { vm: 3, firstBlock: 2, lane: 0, place: 0, compress, fails: false };
  const transfer = createTransfer(
    { flow: 0, slot: 0, proxy: 0, attempt: 7, blocks, reads },
    { source, deltas: source, target, wrote: () => void wrote++ },
  );
  expect(transfer.work(2, 16)).toBeNull();
  expect(wrote).toBe(2);
  return transfer.work(blocks, 16);
}

/** Keeps what it is given, but for one byte of one block. */
const forgetful: Target = {
  open(name) {
    const deposit = memoryTarget.open(name);
    return {
      ...deposit,
      append(block) {
        const copy = Buffer.from(block);
        if (copy.readUInt32LE(4) === 5) copy[100]! ^= 1;
        deposit.append(copy);
      },
    };
  },
};

describe('a stream', () => {
  it.each([true, false])('restores to what was read, compressed %s', (compress) => {
    const end = moved(memoryTarget, compress);
    expect(end).toMatchObject({ ok: true, receipt: { blocks, kept: { name: 'attempt-7-0-0.backup' } } });
  });

  it('fails where one byte was not kept', () => {
    expect(moved(forgetful, false)).toEqual({ ok: false, why: 'restore' });
  });
});
