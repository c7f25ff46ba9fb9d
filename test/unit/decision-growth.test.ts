import { countBlocks } from '../scenes/executed-blocks.ts';
import { describe, expect, it } from 'vitest';
import { createReplay } from '../../harness/kinds/decision-cost/replay.ts';
import { tapeNight } from '../../harness/kinds/decision-cost/tape.ts';
import { parseStrategyText, resolveParams } from '../../harness/kit/strategy-text.ts';
import type { Strategy } from '../../harness/model/strategy.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { strategies } from '../../strategies/index.ts';
import { walkList } from '../oracle/walk-list.ts';
import { documentScene } from '../scenes/document-scene.ts';

// What a decision takes may grow as the logarithm of the cluster, not as the cluster: here every block of code that strategies
// and harness/kit run is counted, notices in between included, on estates of like sites, of which there are ever more.

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/** Sites of 2 arrays, 3 proxies, a server and a media agent; of each, one VM is on both arrays in 8. */
function estate(siteCount: number, vmsPerSite: number) {
  const sites = names('s', siteCount);
  const own = (site: string) => [`${site}-a`, `${site}-b`] as const;
  return documentScene({
    sites,
    devices: sites.flatMap(own),
    servers: sites.map((site) => ({ id: `esx-${site}`, site, stores: [...own(site)] })),
    agents: sites.map((site) => ({ id: `agent-${site}`, site, maxStreams: 8 })),
    jobs: [{ id: 'job', streams: 6 * siteCount, window: { hours: 1000 } }],
    proxies: sites.flatMap((site) =>
      [1, 2, 3].map((k) => ({
        id: `p${k}-${site}`,
        site,
        san: k === 3 ? [] : k === 2 ? own(site).slice(1) : own(site),
        maxStreams: k + 1,
      })),
    ),
    vms: Array.from({ length: siteCount * vmsPerSite }, (_, v) => {
      const site = sites[v % siteCount]!;
      const on = v % 8 === 0 ? own(site) : own(site)[v % 3 === 0 ? 0 : 1];
      return { key: `v${v}`, server: `esx-${site}`, on, MB: [1000 + (v % 97), 1000] };
    }),
  });
}

type Estate = ReturnType<typeof estate>;
const estates = [estate(3, 16), estate(18, 16), estate(3, 96)];
const isDeciding = (url: string) =>
  /\/(?:strategies|harness\/kit)\/[^?]*\.ts/u.test(url) || url.includes('/test/oracle/');

function blocksPerDecision(document: Estate, strategy: Strategy, text: string): number {
  const night = compileNight(document, { clusterSeed: 1, nightSeed: 1 });
  const params = resolveParams(strategy, parseStrategyText(text).given);
  const tapes = tapeNight({ night, strategy, params, seedText: 'growth' });
  const replays = tapes.map((tape) => createReplay(tape, strategy.create));
  for (const replay of replays) replay.buildList();
  const blocks = countBlocks(isDeciding, () => replays.forEach((replay) => replay.decide()));
  return blocks / tapes.reduce((sum, { decisions }) => sum + decisions.length, 0);
}

const variants = [
  '[cap=2]',
  '[flow=vm-first]',
  '[flow=vm-first,cap=2]',
  '[threshold=3,cap=3,othersFirst=true]',
];
const texts = [...strategies.map((s) => s.name), ...variants.map((v) => `priority-list${v}`)];

describe('a decision does not grow with the cluster', () => {
  const strategyOf = (text: string) => strategies.find((s) => s.name === parseStrategyText(text).name)!;

  it.each(texts)('%s', (text) => {
    const strategy = strategyOf(text);
    const [before, ...after] = estates.map((e) => blocksPerDecision(e, strategy, text));
    for (const blocks of after) expect(blocks / before!).toBeLessThan(2);
  });

  it('and a walk of the list does: it would be seen', () => {
    const [before, bySites] = estates
      .slice(0, 1)
      .concat(estate(6, 16))
      .map((e) => blocksPerDecision(e, walkList, 'walk-list'));
    expect(bySites! / before!).toBeGreaterThan(2.5);
  });
});
