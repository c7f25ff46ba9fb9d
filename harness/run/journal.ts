import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson } from '../kit/canonical.ts';
import { UnusableError, WriteError } from '../model/errors.ts';
import type { Kind, Outcome } from '../model/kind.ts';
import { writeFully, writing } from './atomic-write.ts';

const entrySchema = z.strictObject({
  schema: z.literal(1),
  key: z.string(),
  document: z.string(),
  documentHash: z.string(),
  spec: z.strictObject({
    strategy: z.string(),
    clusterSeed: z.int(),
    nightSeed: z.int(),
    shake: z.int().min(1).exactOptional(),
  }),
  outcome: z.strictObject({
    status: z.enum(['ok', 'decision-invalid', 'unsupported', 'crashed', 'timeout', 'lost']),
    message: z.string().nullable(),
    metrics: z.record(z.string(), z.number().nullable()),
    notes: z.record(z.string(), z.string().nullable()),
    series: z.record(z.string(), z.record(z.string(), z.array(z.union([z.number(), z.string()])))),
  }),
  outcomeHash: z.string(),
  /** of the side file */
  items: z.strictObject({ bytes: z.int(), hash: z.string() }),
  cost: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
});

/** One line: a finished cell. */
export type Entry = z.output<typeof entrySchema>;

export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Depends on the clock or the machine: computed again at the next run, and held against nothing. */
export const isPassing = ({ status }: Pick<Outcome, 'status'>): boolean =>
  status === 'timeout' || status === 'lost';

export interface Journal {
  /** of the cells that were asked for, by key; the last word on each */
  readonly entries: ReadonlyMap<string, Entry>;
  /**
   * In the file at once, whatever becomes of this process; on the disk within a second: to wait for the disk for every cell
   * takes longer than many a cell.
   *
   * @throws {WriteError} what is in the file stays whole
   */
  append(entry: Entry): void;
  close(): void;
}

/**
 * Opens, or begins, a journal. A last line without its end is what a killed run leaves: it is cut off.
 *
 * @param keys of the cells that are of interest
 * @param executor on the wall clock no cell has the same outcome twice: the later one counts
 * @throws {UnusableError} with file:line where a line is damaged
 * @throws {Error} where two lines of one key differ: the same cell must have the same outcome
 */
export function openJournal(path: string, keys: ReadonlySet<string>, executor: Kind['executor']): Journal {
  const isExact = executor !== 'wall';
  const file = writing(path, () => openSync(path, 'a+'));
  try {
    if (!fstatSync(file).isFile()) throw new WriteError(`cannot write ${path}: it is no regular file`);
    const bytes = readFileSync(file);
    let end = bytes.lastIndexOf(newline) + 1;
    if (end < bytes.length) writing(path, () => ftruncateSync(file, end));
    const entries = new Map<string, Entry>();
    for (const entry of readEntries(bytes.subarray(0, end), path, keys)) note(entries, entry, isExact);
    let syncedMs = performance.now();
    const sync = () => {
      writing(path, () => fsyncSync(file));
      syncedMs = performance.now();
    };
    return {
      entries,
      append(entry) {
        note(entries, entry, isExact);
        const line = Buffer.from(`${canonicalJson(entry)}\n`);
        try {
          writing(path, () => writeFully(file, line));
          if (performance.now() - syncedMs >= syncEveryMs) sync();
        } catch (error) {
          ftruncateSync(file, end); // a line that is not whole is none
          throw error;
        }
        end += line.length;
      },
      close() {
        try {
          sync();
        } finally {
          closeSync(file);
        }
      },
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** What is in a journal, all of it, without touching it; nothing where there is none. @throws {UnusableError} */
export function readJournal(path: string): Entry[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  return [...readEntries(bytes.subarray(0, bytes.lastIndexOf(newline) + 1), path, null)];
}

const syncEveryMs = 1000;
const newline = 10;

/** @param keys null = all */
function* readEntries(bytes: Buffer, path: string, keys: ReadonlySet<string> | null): Generator<Entry> {
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const to = bytes.indexOf(newline, from);
    const entry = parseEntry(bytes.toString('utf8', from, to), `${path}:${line}`);
    if (keys === null || keys.has(entry.key)) yield entry;
    from = to + 1;
  }
}

function parseEntry(text: string, place: string): Entry {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UnusableError(`${place} is damaged: no JSON; take the line out and run again`);
  }
  const parsed = entrySchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const what = `${issue?.path.join('.')}: ${issue?.message}`;
    throw new UnusableError(`${place} is damaged, or of another version: ${what}`);
  }
  if (textHash(canonicalJson(parsed.data.outcome)) !== parsed.data.outcomeHash)
    throw new UnusableError(
      `${place} is damaged: the outcome does not fit its hash; take the line out and run again`,
    );
  return parsed.data;
}

function note(entries: Map<string, Entry>, entry: Entry, isExact: boolean): void {
  const before = entries.get(entry.key);
  if (isExact && before !== undefined && !isPassing(before.outcome) && !isPassing(entry.outcome))
    compare(before, entry);
  if (before === undefined || isPassing(before.outcome) || !isPassing(entry.outcome))
    entries.set(entry.key, entry);
}

function compare(before: Entry, after: Entry): void {
  if (before.outcomeHash === after.outcomeHash && before.items.hash === after.items.hash) return;
  const { strategy, clusterSeed, nightSeed } = after.spec;
  throw new Error(
    `not deterministic: ${after.document} under ${strategy} (cluster seed ${clusterSeed}, night seed ${nightSeed}), ` +
      `computed twice, had two outcomes: ${before.outcomeHash.slice(0, 12)} and ${after.outcomeHash.slice(0, 12)}`,
  );
}
