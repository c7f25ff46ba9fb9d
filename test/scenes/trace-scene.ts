import { createTraceReader } from '../../harness/engine/fluid-trace/trace-reader.ts';
import type { Trace } from '../../harness/engine/fluid-trace/trace.ts';

export interface TraceFlow {
  readonly mb: number;
  readonly max: number;
  readonly use: readonly number[];
}

export const traceText = (slots: number, caps: readonly number[], flows: readonly TraceFlow[]): string =>
  [
    { kind: 'fluid-trace', version: 1, slots },
    ...caps.map((cap, r) => ({ r, cap })),
    ...flows.map((flow, f) => ({ f, ...flow })),
  ]
    .map((row) => `${JSON.stringify(row)}\n`)
    .join('');

export function parseTrace(text: string): Trace {
  const reader = createTraceReader('t.jsonl');
  for (const line of text.split('\n')) reader.line(line);
  return reader.end();
}
