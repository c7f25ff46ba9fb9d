/** Free slots of lists of media agents, kept up to date agent by agent. */
export interface Slots {
  changed(agent: number, before: number): void;
  sum(agents: readonly number[]): () => number;
  most(agents: readonly number[]): () => number;
}

interface Sum {
  value: number;
}

interface Most {
  value: number;
  /** the one that had the most has less now */
  isStale: boolean;
}

/** @param freeOf an agent, now */
export function createSlots(freeOf: (agent: number) => number): Slots {
  /** by agent: lists that it is in */
  const listsOf: ({ readonly sums: Sum[]; readonly mosts: Most[] } | undefined)[] = [];
  const known = new Map<readonly number[], () => number>();

  const lists = (agent: number) => (listsOf[agent] ??= { sums: [], mosts: [] });

  // by number, as all that is asked at every start: lists of facts are frozen, and an iterator makes an object for each item
  function largest(agents: readonly number[]): number {
    let most = 0;
    for (let i = 0; i < agents.length; i++) most = Math.max(most, freeOf(agents[i]!));
    return most;
  }

  return {
    changed(agent, before) {
      const own = listsOf[agent];
      if (own === undefined) return;
      const now = freeOf(agent);
      for (const sum of own.sums) sum.value += now - before;
      for (const most of own.mosts)
        if (now >= most.value) most.value = now;
        else if (before === most.value) most.isStale = true;
    },
    sum(agents) {
      const sum = { value: agents.reduce((free, a) => free + freeOf(a), 0) };
      for (const a of agents) lists(a).sums.push(sum);
      return () => sum.value;
    },
    most(agents) {
      const before = known.get(agents);
      if (before !== undefined) return before;
      const most: Most = { value: largest(agents), isStale: false };
      for (const a of agents) lists(a).mosts.push(most);
      const ask = () => {
        if (most.isStale) most.value = largest(agents);
        most.isStale = false;
        return most.value;
      };
      known.set(agents, ask);
      return ask;
    },
  };
}
