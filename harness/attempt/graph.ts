import type { FlowSpec, Flows } from './flows.ts';
import type { Timers } from './timers.ts';
import type { Tokens, Want } from './tokens.ts';

// Runs graphs of phases: a phase begins when all before it have ended and its tokens are granted, then lasts for a time
// or for the bytes of a flow. Knows nothing of what the phases are for.

export type Work =
  { readonly kind: 'delay'; readonly s: number } | { readonly kind: 'flow'; readonly flow: FlowSpec };

export interface Phase {
  /** unique in its graph */
  readonly name: string;
  /** names of the phases that end before it begins */
  readonly after: readonly string[];
  /** asked for all at once when it is ready; given back when the phase named `until` ends, or with the whole graph */
  readonly takes?: readonly { readonly wants: () => readonly Want[]; readonly until: string }[];
  /** asked when it begins */
  readonly work: () => Work;
  readonly onFlow?: (flow: number) => void;
  /** the flow completed, or was stopped before; asked before `onEnd` */
  readonly onFlowEnd?: (flow: number, movedMB: number) => void;
  readonly onEnd?: () => void;
  /** the whole graph fails when this phase ends */
  readonly fails?: boolean;
}

export interface Graphs {
  begin(owner: number, phases: readonly Phase[]): void;
  /** ends graphs: their flows and delays stop, their tokens go back, to none of them */
  abandon(owners: readonly number[]): void;
  /** their flows and delays stop, but they keep what they hold */
  freeze(owners: readonly number[]): void;
  /** flows completed, all in one instant */
  completed(flows: readonly number[]): void;
}

interface Running {
  readonly phases: readonly Phase[];
  /** by phase: how many phases before it are still to end */
  readonly waitsFor: number[];
  /** phases under way, each with its timer or its flow */
  readonly live: { readonly phase: Phase; readonly isFlow: boolean; readonly id: number }[];
  /** phases whose tokens are asked for and not yet granted, oldest first: one owner asks for one at a time */
  readonly asking: Phase[];
  /** the first of them has been asked for */
  isAsked: boolean;
  /** what is given back when the phase of this name ends */
  readonly gives: { readonly until: string; readonly wants: readonly Want[] }[];
  ended: number;
}

export interface GraphsSetup {
  readonly solver: Flows;
  readonly timers: Timers;
  readonly tokens: Tokens;
  readonly now: () => number;
  /** the graph is about to give back what it still holds: the last chance to hand it over */
  readonly beforeRelease: (owner: number) => void;
  /** the graph ended by itself; one that failed is still to be abandoned */
  readonly onEnd: (owner: number, failedPhase: Phase | null) => void;
  readonly watch?: GraphWatch | undefined;
}

/** Told of what graphs do, where somebody listens; phases by name. */
export interface GraphWatch {
  /** @param pools that it has to wait for */
  waits(owner: number, phase: string, pools: readonly number[]): void;
  begins(owner: number, phase: string, flow: number | null): void;
  ends(owner: number, phase: string): void;
  halts(owner: number): void;
}

const nothing: readonly Want[] = [];

function dropLive({ live }: Running, phase: Phase): void {
  const at = live.findIndex((one) => one.phase === phase);
  if (at >= 0) live.splice(at, 1);
}

/** What is given back when the phase ends, together. */
function givenAt({ gives }: Running, { name }: Phase): readonly Want[] {
  let all = nothing;
  for (const { until, wants } of gives)
    if (until === name) all = all.length === 0 ? wants : [...all, ...wants];
  return all;
}

export function createGraphs(setup: GraphsSetup): Graphs {
  const { solver, timers, tokens, now, beforeRelease, onEnd, watch } = setup;
  const running = new Map<number, Running>();
  const ownerOf = new Map<number, { owner: number; phase: Phase; sizeMB: number }>();

  function ready(owner: number, phase: Phase): void {
    const graph = running.get(owner)!;
    // who takes nothing need not ask, unless another of the graph waits before it
    if (phase.takes === undefined && graph.asking.length === 0) {
      start(owner, graph, phase);
      return;
    }
    graph.asking.push(phase);
    if (!graph.isAsked) ask(owner, graph);
  }

  function ask(owner: number, graph: Running): void {
    graph.isAsked = true;
    const { name, takes } = graph.asking[0]!;
    let all: readonly Want[] = nothing;
    for (const { wants, until } of takes ?? []) {
      const own = wants();
      if (own.length === 0) continue;
      graph.gives.push({ until, wants: own });
      all = all.length === 0 ? own : [...all, ...own];
    }
    const pools = watch === undefined ? [] : tokens.blocking(all);
    if (all.length === 0 || tokens.request(owner, all)) granted(owner);
    else watch?.waits(owner, name, pools);
  }

  function granted(owner: number): void {
    const graph = running.get(owner)!;
    graph.isAsked = false;
    start(owner, graph, graph.asking.shift()!);
    if (graph.asking.length > 0 && !graph.isAsked && running.get(owner) === graph) ask(owner, graph);
  }

  function start(owner: number, graph: Running, phase: Phase): void {
    const work = phase.work();
    if (work.kind === 'flow') {
      const flow = solver.start(work.flow, owner);
      graph.live.push({ phase, isFlow: true, id: flow });
      ownerOf.set(flow, { owner, phase, sizeMB: work.flow.sizeMB });
      watch?.begins(owner, phase.name, flow);
      phase.onFlow?.(flow);
      return;
    }
    watch?.begins(owner, phase.name, null);
    if (work.s === 0) finish(owner, phase);
    else {
      const id = timers.set(now() + work.s, () => finish(owner, phase));
      graph.live.push({ phase, isFlow: false, id });
    }
  }

  function finish(owner: number, phase: Phase): void {
    const graph = running.get(owner)!;
    dropLive(graph, phase);
    watch?.ends(owner, phase.name);
    phase.onEnd?.();
    if (phase.fails === true) {
      onEnd(owner, phase);
      return;
    }
    giveBack(owner, givenAt(graph, phase));
    const { phases, waitsFor } = graph;
    if (++graph.ended === phases.length) {
      running.delete(owner);
      releaseAll(owner);
      onEnd(owner, null);
      return;
    }
    for (let p = 0; p < phases.length; p++)
      if (waitsFor[p]! > 0 && phases[p]!.after.includes(phase.name) && --waitsFor[p]! === 0)
        ready(owner, phases[p]!);
  }

  function giveBack(owner: number, wants: readonly Want[]): void {
    if (wants.length > 0) for (const next of tokens.release(owner, wants)) granted(next);
  }

  /** at the end of a graph: everything that it still holds */
  function releaseAll(owner: number): void {
    beforeRelease(owner);
    giveBack(owner, [...tokens.heldBy(owner)]);
  }

  function halt(owner: number): void {
    const graph = running.get(owner)!;
    for (const { isFlow, id } of graph.live) if (!isFlow) timers.cancel(id);
    for (const { phase, isFlow, id: flow } of graph.live) {
      if (!isFlow) continue;
      ownerOf.delete(flow);
      const movedMB = solver.stop(flow); // not as an argument: where nobody asks, it would go on
      phase.onFlowEnd?.(flow, movedMB);
    }
    graph.live.length = 0;
    graph.asking.length = 0;
    graph.isAsked = false;
    watch?.halts(owner);
  }

  function freeze(owners: readonly number[]): void {
    owners.forEach(halt);
    for (const next of tokens.withdraw(...owners)) granted(next);
  }

  return {
    begin(owner, phases) {
      const waitsFor = phases.map((p) => p.after.length);
      running.set(owner, {
        phases,
        waitsFor,
        live: [],
        asking: [],
        isAsked: false,
        gives: [],
        ended: 0,
      });
      for (const phase of phases) if (phase.after.length === 0) ready(owner, phase);
    },
    freeze,
    abandon(owners) {
      freeze(owners);
      for (const owner of owners) {
        running.delete(owner);
        releaseAll(owner);
      }
    },
    completed(flows) {
      const done = flows.map((flow) => ({ flow, ...ownerOf.get(flow)! }));
      for (const { flow, owner, phase, sizeMB } of done) {
        ownerOf.delete(flow);
        dropLive(running.get(owner)!, phase);
        phase.onFlowEnd?.(flow, sizeMB);
      }
      // one of them may end the graph of another
      for (const { owner, phase } of done) if (running.has(owner)) finish(owner, phase);
    },
  };
}
