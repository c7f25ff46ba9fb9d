import { UserError } from '../../model/errors.ts';
import { grown } from '../../kit/grown.ts';
import type { Trace } from './trace.ts';

/** Reads a trace line by line, so that the text of a million flows is never held at once. */
export interface TraceReader {
  line(text: string): void;
  /** @throws {UserError} with all problems, or as many as can be of use */
  end(): Trace;
}

const mostProblems = 20;

export const createTraceReader = (path: string): TraceReader => new LineReader(path);

type Row = Readonly<Record<string, unknown>>;

class LineReader implements TraceReader {
  private readonly path: string;
  private readonly problems: string[] = [];
  private lineNo = 0;
  private version = 1;
  private slots = 0;
  private resourceCount = 0;
  private flowCount = 0;
  private useCount = 0;
  private capacityMBps = new Float64Array(64);
  private sizeMB = new Float64Array(1024);
  private capMBps = new Float64Array(1024);
  private firstUse = new Int32Array(1025);
  private uses = new Int32Array(4096);
  private atS = new Float64Array(0);
  private perMB = new Float64Array(0);

  constructor(path: string) {
    this.path = path;
  }

  line(text: string): void {
    this.lineNo++;
    if (this.problems.length >= mostProblems || text.trim() === '') return;
    const row = this.parse(text);
    if (row === null) return;
    if (this.slots === 0) this.header(row);
    else if ('r' in row) this.resource(row);
    else if ('f' in row) this.flow(row);
    else this.wrong('expected a resource {"r":...} or a flow {"f":...}');
  }

  end(): Trace {
    if (this.lineNo === 0 || (this.slots === 0 && this.problems.length === 0))
      this.wrong('is empty: expected a fluid-trace header');
    if (this.problems.length > 0) throw new UserError(this.problems);
    const { slots, resourceCount, flowCount, capacityMBps, sizeMB, capMBps, firstUse, uses } = this;
    const [atS, perMB] = this.version === 1 ? [null, null] : [this.atS, this.perMB];
    return { slots, resourceCount, flowCount, capacityMBps, sizeMB, capMBps, firstUse, uses, atS, perMB };
  }

  private parse(text: string): Row | null {
    try {
      const row: unknown = JSON.parse(text);
      if (typeof row === 'object' && row !== null) return row as Row;
    } catch {
      // told below
    }
    this.wrong('is no JSON object');
    return null;
  }

  private header({ kind, version, slots }: Row): void {
    if (kind !== 'fluid-trace' || (version !== 1 && version !== 2))
      this.wrong('expected the header {"kind":"fluid-trace","version":1,"slots":K}, or version 2');
    else if (!isWhole(slots) || slots < 1)
      this.wrong(`slots: expected a whole number >= 1, got ${show(slots)}`);
    // Whatever was wrong is said once; the lines that follow are checked all the same.
    this.slots = isWhole(slots) && slots >= 1 ? slots : 1;
    this.version = version === 2 ? 2 : 1;
  }

  private resource({ r, cap }: Row): void {
    if (r !== this.resourceCount) this.wrong(`r: expected ${this.resourceCount}, got ${show(r)}`);
    if (this.flowCount > 0) this.wrong('a resource stands before all flows');
    if (!isPositive(cap)) this.wrong(`cap: expected MB/s > 0, got ${show(cap)}`);
    this.capacityMBps = grown(this.capacityMBps, this.resourceCount + 1);
    this.capacityMBps[this.resourceCount++] = cap as number;
  }

  private flow({ f, mb, max, use, at, per }: Row): void {
    if (f !== this.flowCount) this.wrong(`f: expected ${this.flowCount}, got ${show(f)}`);
    if (mb !== 0 && !isPositive(mb)) this.wrong(`mb: expected a number >= 0, got ${show(mb)}`);
    if (!isPositive(max)) this.wrong(`max: expected MB/s > 0, got ${show(max)}`);
    const flow = this.flowCount++;
    this.sizeMB = grown(this.sizeMB, flow + 1);
    this.capMBps = grown(this.capMBps, flow + 1);
    this.firstUse = grown(this.firstUse, flow + 2);
    this.sizeMB[flow] = mb as number;
    this.capMBps[flow] = max as number;
    this.addUses(use);
    this.firstUse[flow + 1] = this.useCount;
    if (this.version === 2) {
      this.addStart(flow, at);
      this.addShares(this.firstUse[flow]!, per);
    } else if (at !== undefined || per !== undefined) this.wrong('at and per are of version 2');
  }

  private addStart(flow: number, at: unknown): void {
    const before = flow === 0 ? 0 : this.atS[flow - 1]!;
    if (at !== 0 && !(isPositive(at) && (at as number) >= before))
      this.wrong(`at: expected seconds, not before those of the flow before, got ${show(at)}`);
    this.atS = grown(this.atS, flow + 1);
    this.atS[flow] = at as number;
  }

  /** per MB, of each of the uses; left out: 1 */
  private addShares(first: number, per: unknown): void {
    this.perMB = grown(this.perMB, this.useCount);
    this.perMB.fill(1, first, this.useCount);
    if (per === undefined) return;
    if (!Array.isArray(per) || per.length !== this.useCount - first || !per.every(isPositive))
      this.wrong(`per: expected a number > 0 for each of use, got ${show(per)}`);
    else this.perMB.set(per as number[], first);
  }

  private addUses(use: unknown): void {
    if (!Array.isArray(use)) return this.wrong(`use: expected a list of resource ids, got ${show(use)}`);
    const first = this.useCount;
    this.uses = grown(this.uses, first + use.length);
    for (const resource of use as unknown[]) {
      if (!isWhole(resource) || resource < 0 || resource >= this.resourceCount)
        this.wrong(`use: expected ids from 0 to ${this.resourceCount - 1}, got ${show(resource)}`);
      else if (this.uses.subarray(first, this.useCount).includes(resource))
        this.wrong(`use: expected distinct ids, got ${resource} twice`);
      else this.uses[this.useCount++] = resource;
    }
  }

  private wrong(what: string): void {
    this.problems.push(`${this.path}:${Math.max(1, this.lineNo)}:1 ${what}`);
  }
}

const isWhole = (x: unknown): x is number => Number.isSafeInteger(x);
const isPositive = (x: unknown): boolean => typeof x === 'number' && x > 0 && x < Infinity;
const show = (x: unknown): string => (x === undefined ? 'nothing' : JSON.stringify(x));
