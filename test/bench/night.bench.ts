import { Bench } from 'tinybench';
import { test } from 'vitest';
import { generateEstate } from '../../harness/generate/generate-estate.ts';
import { findFamily, parseAsk } from '../../harness/generate/parse-ask.ts';
import { findStrategy } from '../../harness/kinds/night-cell.ts';
import { simulateNight } from '../../harness/kinds/simulate-night.ts';
import { acceptDocument } from '../../harness/model/document/parse-document.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { medianMs, say } from './figures.ts';

const seeds = { clusterSeed: 1, nightSeed: 1 };

function nightOf(vms: number) {
  const family = findFamily('enterprise-san');
  const estate = generateEstate(family, { ...parseAsk(family, { vms }), clusterSeed: seeds.clusterSeed });
  return compileNight(acceptDocument({ ...estate, vms: [...estate.vms] }, estate.name), seeds);
}

// 300 VMs is what the quickstart simulates.
test.each(['priority-list', 'least-loaded'])('whole nights of enterprise-san under %s', async (text) => {
  const { strategy, params } = findStrategy(text);
  say(`${text}: VMs | ms, median`);
  for (const vms of [300, 3000]) {
    const night = nightOf(vms);
    const bench = new Bench({ time: 0, iterations: 5, warmupTime: 0, warmupIterations: 2 });
    bench.add('night', () => void simulateNight({ night, strategy, params, seedText: `1|${text}` }));
    await bench.run();
    say(`${vms} | ${medianMs(bench.tasks[0]!).toFixed(1)}`);
  }
});
