import { sameInstantS } from '../model/executor.ts';
import type { FromHost } from './messages.ts';

export type Over = Extract<FromHost, { type: 'written' | 'finished' | 'failed' }>;

/** Flows that are over, as agents report them: by when their last block came through, not by when that was heard. */
export interface Inbox {
  /** @param message null = the flow had no bytes, and no agent */
  add(flow: number, message: Over | null, atS: number): void;
  /** @returns the first that was over by then; undefined = none */
  take(
    nowS: number,
  ): { readonly flow: number; readonly message: Over | null; readonly atS: number } | undefined;
  /** Infinity = none */
  nextS(): number;
}

export function createInbox(): Inbox {
  let waiting: { flow: number; message: Over | null; atS: number }[] = [];
  return {
    add(flow, message, atS) {
      waiting = [...waiting, { flow, message, atS }].toSorted((a, b) => a.atS - b.atS || a.flow - b.flow);
    },
    take: (nowS) =>
      waiting.length > 0 && waiting[0]!.atS <= nowS + sameInstantS ? waiting.shift() : undefined,
    nextS: () => waiting[0]?.atS ?? Infinity,
  };
}
