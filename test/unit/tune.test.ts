import { describe, expect, it } from 'vitest';
import { nameOf, tune, type Setting } from '../../harness/cli/tune/pick.ts';
import { tuneText } from '../../harness/cli/tune/tune-text.ts';
import type { Metric, Outcome } from '../../harness/model/kind.ts';

const metric = (name: string, better: Metric['better'], unit: string): Metric => ({
  name,
  label: name,
  unit,
  better,
  definition: '',
  version: 1,
});
const aims = [metric('safe', 'higher', '% of VMs'), metric('late', 'lower', 's')];

const shop = { document: 'shop', replicate: 'cluster', assumptions: [] } as const;

const setting = (cap: number | null): Setting => ({
  document: { name: 'shop', hash: 'shop', content: {}, caveats: [], size: 1 },
  point: {
    base: 'shop',
    document: 'shop',
    strategy: cap === null ? 'rule' : `rule[cap=${cap}]`,
    line: 'rule',
    levels: cap === null ? {} : { 'rule.cap': cap },
  },
});

/** late: of a setting in a cluster; safe: 100, but for those that never end */
function evaluatorOf(late: (strategy: string, cluster: number) => number | null) {
  const asked: string[] = [];
  return {
    asked,
    computed: 0,
    end: () => Promise.resolve(),
    evaluate(_document: unknown, { strategy, clusterSeed }: { strategy: string; clusterSeed: number }) {
      asked.push(`${strategy} ${clusterSeed}`);
      const value = late(strategy, clusterSeed);
      const metrics = { safe: value === null ? 50 : 100, late: value };
      const outcome: Outcome = { status: 'ok', message: null, metrics, notes: {}, series: {} };
      return Promise.resolve(outcome);
    },
  };
}

const capOf = (strategy: string): number => Number(/\d+/u.exec(strategy)?.[0] ?? 9);

describe('tuning', () => {
  it('picks on the training clusters and looks again on others', async () => {
    // cap 3 is the best on clusters 1 to 3, and on 4 to 6 worse than what is written
    const evaluator = evaluatorOf((strategy, cluster) =>
      cluster <= 3 ? 1000 + Math.abs(capOf(strategy) - 3) * 100 : 2000 - capOf(strategy) * 10,
    );
    const settings = [1, 2, 3, 4].map(setting);
    const answer = await tune(settings, setting(null), { aims, nights: 3, canHoldOut: true }, evaluator);
    expect(answer.scores.map(({ setting: { point }, values }) => [point.strategy, values])).toEqual([
      ['rule[cap=3]', [100, 1000]],
      ['rule[cap=2]', [100, 1100]],
      ['rule[cap=4]', [100, 1100]],
      ['rule[cap=1]', [100, 1200]],
    ]);
    expect(answer.flat).toHaveLength(0);
    expect(answer.heldOut).toMatchObject({
      winner: { values: [100, 1970] },
      asWritten: { values: [100, 1910] },
    });
    expect(new Set(evaluator.asked.map((cell) => cell.split(' ')[1]))).toEqual(
      new Set(['1', '2', '3', '4', '5', '6']),
    );
    const text = tuneText(shop, answer);
    expect(text).toContain(
      'rule[cap=3] came first of 4 settings tried on 3 clusters, but is not shown to be better than what is written',
    );
    expect(text).toContain('No other setting comes within 1 % of it: the optimum is sharp.');
    expect(text).toContain('cannot say at 3 clusters');
    expect(text).toContain('late 32 min 50 s against 31 min 50 s as written (rule), 1 min 0 s worse.');
  });

  it('puts protection before speed, and what never ends last', async () => {
    const evaluator = evaluatorOf((strategy) => (capOf(strategy) === 1 ? null : 5000 + capOf(strategy)));
    const settings = [1, 2, 3].map(setting);
    const answer = await tune(settings, setting(null), { aims, nights: 1, canHoldOut: false }, evaluator);
    expect(answer.scores.map(({ values }) => values)).toEqual([
      [100, 5002],
      [100, 5003],
      [50, Infinity],
    ]);
    expect(answer.flat).toHaveLength(1);
    expect(tuneText(shop, answer)).toContain('there is nothing to hold out');
  });

  it('believes the held-out clusters, and says which settings the training does not tell apart', async () => {
    // 1 is the best; 2 is worse by 5 % in the middle, in some clusters better; 3 is worse in all
    const factors: Readonly<Record<number, (cluster: number) => number>> = {
      1: () => 1,
      2: (cluster) => (cluster % 3 === 0 ? 0.9 : 1.05),
      3: () => 1.2,
      9: () => 1.3,
    };
    const evaluator = evaluatorOf(
      (strategy, cluster) => (1000 + cluster) * factors[capOf(strategy)]!(cluster),
    );
    const settings = [1, 2, 3].map(setting);
    const answer = await tune(settings, setting(null), { aims, nights: 10, canHoldOut: true }, evaluator);
    expect(answer.open.map(nameOf)).toEqual(['rule[cap=2]']);
    const text = tuneText(shop, answer);
    expect(text).toContain('is the best of 3 settings tried on 10 clusters, and better than what is written');
    expect(text).toContain('rule[cap=2] cannot be told from it by 10 clusters.');
    expect(text).toContain(
      'Cluster by cluster, rule[cap=1] is better than what is written (rule): 23 % less (95 % sure: 23 % less to 23 % less), better in 10 of 10 clusters, worse in 0, alike in 0, p = 0.0020.',
    );
  });

  it('says that nothing matters where nothing does, and that the best of bad ones is bad', async () => {
    const settings = [1, 2].map(setting);
    const answer = await tune(
      settings,
      setting(null),
      { aims, nights: 1, canHoldOut: false },
      evaluatorOf(() => null),
    );
    const text = tuneText(shop, answer);
    expect(text).toContain('All of them are within 1 % of it: it does not matter which is taken.');
    expect(text).toContain('Even so it is a bad night: safe 50 %.');
  });
});
