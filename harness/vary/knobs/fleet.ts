import type { Document } from '../../model/document/document.ts';
import { common, type Knob } from '../knob.ts';
import { resizeAgents } from '../resize-agents.ts';
import { resizeProxies } from '../resize-proxies.ts';

type Proxy = Document['proxies'][number];
type Agent = Document['agents'][number];

const eachProxy = (document: Document, change: (proxy: Proxy) => Proxy): Document => ({
  ...document,
  proxies: document.proxies.map(change),
});

const eachAgent = (document: Document, change: (agent: Agent) => Agent): Document => ({
  ...document,
  agents: document.agents.map(change),
});

export const fleetKnobs: readonly Knob[] = [
  {
    name: 'proxies',
    unit: 'proxies',
    summary:
      'how many there are: more are clones of the present ones in turn (a virtual one on the same server), fewer drop the last',
    takes: { least: 1, most: 10_000, whole: true },
    of: ({ proxies }) => proxies.length,
    apply: (document, value) => resizeProxies(document, value as number),
  },
  {
    name: 'cores',
    unit: 'CPUs per proxy',
    summary: 'of each proxy; its RAM goes with them, in proportion',
    takes: { least: 1, most: 1024, whole: true },
    of: ({ proxies }) => common(proxies.map(({ cpus }) => cpus)),
    apply: (document, value) =>
      eachProxy(document, (proxy) => ({
        ...proxy,
        cpus: value as number,
        ramMB: Math.round((proxy.ramMB / proxy.cpus) * (value as number)),
      })),
  },
  {
    name: 'ram',
    unit: 'GB per proxy',
    summary: 'of each proxy; its CPUs stay',
    takes: { least: 0.1, most: 1e6, whole: false },
    of: ({ proxies }) => common(proxies.map(({ ramMB }) => ramMB / 1000)),
    apply: (document, value) =>
      eachProxy(document, (proxy) => ({ ...proxy, ramMB: (value as number) * 1000 })),
  },
  {
    name: 'maxStreams',
    unit: 'streams per proxy',
    summary: "an administrator's limit for each proxy, instead of the rule of the method",
    takes: { least: 1, most: 10_000, whole: true },
    of: ({ proxies }) => common(proxies.map(({ maxStreams }) => maxStreams)),
    apply: (document, value) => eachProxy(document, (proxy) => ({ ...proxy, maxStreams: value as number })),
  },
  {
    name: 'agents',
    unit: 'media agents',
    summary:
      'how many there are: more are clones of the present ones in turn, each with secondary storage of its own; fewer drop the last',
    takes: { least: 1, most: 10_000, whole: true },
    of: ({ agents }) => agents.length,
    apply: (document, value) => resizeAgents(document, value as number),
  },
  {
    name: 'agentStreams',
    unit: 'streams per media agent',
    summary: 'the most that each media agent takes at once',
    takes: { least: 1, most: 10_000, whole: true },
    of: ({ agents }) => common(agents.map(({ maxStreams }) => maxStreams)),
    apply: (document, value) => eachAgent(document, (agent) => ({ ...agent, maxStreams: value as number })),
  },
];
