import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveParams } from '../../harness/kit/strategy-text.ts';
import { simulateNight } from '../../harness/kinds/simulate-night.ts';
import { parseDocument } from '../../harness/model/document/parse-document.ts';
import type { Params } from '../../harness/model/params.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { priorityList } from '../../strategies/priority-list/index.ts';

// The arithmetic stands beside the numbers, in the file of the night.

const path = 'fixtures/nights/worked-example.yaml';
const night = compileNight(parseDocument(readFileSync(path, 'utf8'), path), { clusterSeed: 1, nightSeed: 1 });
const facts = night.jobFacts(0, 'vm');

const simulate = (given: Params = {}) =>
  simulateNight({
    night,
    strategy: priorityList,
    params: resolveParams(priorityList, given),
    seedText: 'seed',
    log: true,
  });

describe('the worked example (synthetic stand-in, S:418-510)', () => {
  it('gives each VM the proxies of its highest tier', () => {
    const eligible = facts.units.map((u) => {
      const tier = ([1, 2, 3, 4] as const).find((t) => facts.candidates(u.reach, t).length > 0)!;
      return `${u.key}: ${facts
        .candidates(u.reach, tier)
        .map((p) => p + 1)
        .join()} by tier ${tier}`;
    });
    expect(eligible).toEqual([
      'A: 1,3 by tier 2',
      'B: 1,3 by tier 2',
      'P: 1,3 by tier 2',
      'Q: 2,3 by tier 1',
      'R: 2 by tier 1',
    ]);
  });

  it('has proxy 2 of the highest tier for R and of the lowest for A (S:490)', () => {
    expect([facts.tier(4, 1), facts.tier(0, 1)]).toEqual([1, 4]);
  });

  it('has the limits of the examples of S:466', () => {
    expect(night.proxies.map((p) => p.limit)).toEqual([20, 2, 20]);
  });

  it('is decided step by step as the text walks through it', () => {
    const starts = simulate().decisions!.filter((d) => d.what === 'start');
    expect(starts.map((d) => [d.atS, facts.units[d.unit!]!.key, d.proxy! + 1, d.why])).toEqual([
      [0, 'B', 1, 'tier 2, activity threshold 1'],
      [0, 'R', 2, 'tier 1, activity threshold 1'],
      [0, 'A', 3, 'tier 2, activity threshold 1'],
      [2000, 'Q', 3, 'tier 1, activity threshold 1'],
      [3000, 'P', 3, 'tier 2, activity threshold 2'],
    ]);
  });

  it('is over after one round, when P has ended', () => {
    const record = simulate();
    expect(record.jobs[0]).toMatchObject({
      end: 'complete',
      endS: 6000,
      coordinator: 0,
      controllers: [1, 2],
    });
    expect(record.jobs[0]!.rounds).toHaveLength(1);
  });

  it('considers the VMs in the order of the list by VM-first: R, B, then A for P', () => {
    const starts = simulate({ flow: 'vm-first' }).attempts.map(
      (a) => `${facts.units[a.unit]!.key}${a.proxy + 1}`,
    );
    expect(starts.slice(0, 3)).toEqual(['R2', 'B1', 'A3']);
  });
});
