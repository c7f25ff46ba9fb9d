import { grown } from '../kit/grown.ts';
import type { FlowSpec, ResourceSpec } from '../engine/fluid/solver.ts';
import type { SolverTap } from './solver-tap.ts';

/** The transfers of a night, heard at its solver; arrays by flow, in order of start. */
export interface Transfers {
  readonly tap: SolverTap;
  flowCount(): number;
  resourceCount(): number;
  /** the most that moved at once */
  mostAtOnce(): number;
  /** the largest that the resource had, in its own unit */
  capacityOf(resource: number): number;
  flow(flow: number): { atS: number; sizeMB: number; capMBps: number; uses: Use[] };
  /** what the night had and flows over constant capacities have not, in words */
  leftOut(): readonly string[];
}

interface Use {
  readonly resource: number;
  readonly perMB: number;
}

/** Stands for none: no night moves a PB/s. */
const noCapMBps = 1e9;

export function createTransfers(): Transfers {
  const specs: ResourceSpec[] = [];
  const largest: number[] = [];
  const flowsOn: number[] = [];
  const changing = new Set<number>();
  const crowded = new Set<number>();
  const used = new Set<number>();
  const under = new Map<number, readonly number[]>();
  const throttled = new Set<number>();
  let count = 0;
  let useCount = 0;
  let most = 0;
  let isBegun = false;
  let atS = new Float64Array(1024);
  let sizeMB = new Float64Array(1024);
  let capMBps = new Float64Array(1024);
  let firstUse = new Int32Array(1025);
  let useOf = new Int32Array(8192);
  let perMB = new Float64Array(8192);

  /** more flows than it carries without loss */
  const isCrowded = (r: number): boolean => {
    const { efficiency } = specs[r]!;
    if (efficiency.kind === 'none') return false;
    return flowsOn[r]! > (efficiency.kind === 'comfort' ? efficiency.comfortable : 1);
  };

  function end(flow: number): void {
    for (const r of under.get(flow)!) flowsOn[r]!--;
    under.delete(flow);
  }

  function begin(flow: number, spec: FlowSpec, startS: number): void {
    isBegun = true;
    atS = grown(atS, flow + 1);
    sizeMB = grown(sizeMB, flow + 1);
    capMBps = grown(capMBps, flow + 1);
    firstUse = grown(firstUse, flow + 2);
    atS[flow] = startS;
    sizeMB[flow] = spec.sizeMB;
    capMBps[flow] = Math.min(spec.capMBps, noCapMBps);
    const uses = new Map<number, number>();
    for (const u of spec.uses) uses.set(u.resource, (uses.get(u.resource) ?? 0) + u.perMB);
    useOf = grown(useOf, useCount + uses.size);
    perMB = grown(perMB, useCount + uses.size);
    for (const [resource, share] of uses) {
      useOf[useCount] = resource;
      perMB[useCount++] = share;
      flowsOn[resource]!++;
      used.add(resource);
      if (isCrowded(resource)) crowded.add(resource);
    }
    firstUse[flow + 1] = useCount;
    count = flow + 1;
    under.set(flow, [...uses.keys()]);
    most = Math.max(most, under.size);
  }

  return {
    tap: {
      resource(id, spec) {
        specs[id] = spec;
        largest[id] = spec.capacity;
        flowsOn[id] = 0;
      },
      capacity(resource, capacity) {
        if (!isBegun) largest[resource] = capacity;
        else if (capacity !== largest[resource]) {
          changing.add(resource);
          largest[resource] = Math.max(largest[resource]!, capacity);
        }
      },
      started: begin,
      capped: (flow) => void throttled.add(flow),
      completed: end,
      stopped(flow, movedMB) {
        sizeMB[flow] = movedMB;
        end(flow);
      },
    },
    flowCount: () => count,
    resourceCount: () => specs.length,
    mostAtOnce: () => most,
    capacityOf: (resource) => largest[resource]!,
    flow(flow) {
      const uses: Use[] = [];
      for (let i = firstUse[flow]!; i < firstUse[flow + 1]!; i++)
        uses.push({ resource: useOf[i]!, perMB: perMB[i]! });
      return { atS: atS[flow]!, sizeMB: sizeMB[flow]!, capMBps: capMBps[flow]!, uses };
    },
    leftOut: () => [
      ...said(changing.size, 'resource', 'capacity that changes in the night: the largest stands'),
      ...said(crowded.size, 'resource', 'capacity that is lost under many streams: none is lost'),
      ...said(
        largest.filter((c, r) => c === 0 && used.has(r)).length,
        'resource',
        'capacity that is none all night: what it held up moved nothing, and ends at once',
      ),
      ...said(throttled.size, 'flow', 'caps that change while it reads: the first stands'),
    ],
  };
}

const said = (count: number, noun: string, what: string): string[] =>
  count === 0 ? [] : [`${what} (${count} ${count === 1 ? noun : `${noun}s`})`];
