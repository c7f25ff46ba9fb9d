/** Free slots of lists of media agents, kept up to date agent by agent. */
export interface Slots {
  changed(agent: number, before: number): void;
  sum(agents: readonly number[]): () => number;
  most(agents: readonly number[]): () => number;
}

interface Most {
  value: number;
  /** the one that had the most has less now */
  isStale: boolean;
}

/** @param freeOf an agent, now */
export function createSlots(freeOf: (agent: number) => number): Slots {
  /** by agent: lists that it is in */
  const sumsOf: { value: number }[][] = [];
  const mostsOf: Most[][] = [];
  const known = new Map<readonly number[], () => number>();
  const largest = (agents: readonly number[]) => agents.reduce((most, a) => Math.max(most, freeOf(a)), 0);

  return {
    changed(agent, before) {
      const now = freeOf(agent);
      for (const sum of sumsOf[agent] ?? []) sum.value += now - before;
      for (const most of mostsOf[agent] ?? [])
        if (now >= most.value) most.value = now;
        else if (before === most.value) most.isStale = true;
    },
    sum(agents) {
      const sum = { value: agents.reduce((free, a) => free + freeOf(a), 0) };
      for (const a of agents) (sumsOf[a] ??= []).push(sum);
      return () => sum.value;
    },
    most(agents) {
      const before = known.get(agents);
      if (before !== undefined) return before;
      const most: Most = { value: largest(agents), isStale: false };
      for (const a of agents) (mostsOf[a] ??= []).push(most);
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
