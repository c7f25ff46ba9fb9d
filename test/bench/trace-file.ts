import { createWriteStream, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { traceLines, traceSizes } from '../scenes/draw-trace.ts';

/** @returns where a trace that figures are published of now lies */
export async function writeTrace(name: string): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'trace-')), `${name}.jsonl`);
  const rows = Readable.from(traceLines(traceSizes[name as keyof typeof traceSizes], 1));
  await pipeline(
    rows.map((line: string) => `${line}\n`),
    createWriteStream(path),
  );
  return path;
}
