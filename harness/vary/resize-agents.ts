import type { Document } from '../model/document/document.ts';
import { UserError } from '../model/errors.ts';
import type { Varied } from './knob.ts';
import { renamed, resize } from './resize.ts';

type Storage = Document['secondaryStorage'][number];

/**
 * So many media agents, each clone with a clone of its original's secondary storage. Policies get the clones of the agents that
 * they list.
 *
 * @throws {UserError} where a policy would have none left
 */
export function resizeAgents(document: Document, wanted: number): Varied {
  const resized = resize(document.agents, wanted, () => false);
  const { dropped } = resized;
  const policies = document.policies.map((policy) => ({
    ...policy,
    agents: renamed(policy.agents, resized),
  }));
  const bare = policies.find(({ agents }) => agents.length === 0);
  if (bare !== undefined)
    throw new UserError(`agents=${wanted}: policy ${bare.id} has no media agent left; expected more`);

  const storages: Storage[] = [...document.secondaryStorage];
  const present = new Set(document.agents.map(({ id }) => id));
  const agents = resized.list.map((agent) => {
    if (present.has(agent.id)) return agent;
    const storage = cloneStorage(storages, agent.storage);
    return { ...agent, storage };
  });
  const faults = {
    ...document.faults,
    outages: document.faults.outages.filter(({ agent }) => agent === undefined || !dropped.has(agent)),
    slowdowns: document.faults.slowdowns.filter(({ agent }) => agent === undefined || !dropped.has(agent)),
  };
  return { document: { ...document, agents, policies, faults, secondaryStorage: storages }, notes: [] };
}

/** @returns its name */
function cloneStorage(storages: Storage[], id: string): string {
  const original = storages.find((storage) => storage.id === id)!;
  const taken = new Set(storages.map((storage) => storage.id));
  const [clone] = resize([original], 2, (name) => taken.has(name)).list.slice(1);
  storages.push(clone!);
  return clone!.id;
}
