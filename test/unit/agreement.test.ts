import { describe, expect, it } from 'vitest';
import { agreementOf } from '../../harness/measure/agreement/agreement.ts';
import { firstDecision } from '../../harness/measure/agreement/first-decision.ts';
import {
  attemptsSeries,
  readAttempts,
  type AttemptTold,
  type NightTold,
} from '../../harness/measure/agreement/night-told.ts';
import { rankedPairs } from '../../harness/measure/agreement/ranking.ts';

const attempt = (vm: string, proxy: string, startS: number, endS: number): AttemptTold => ({
  vm,
  proxy,
  startS,
  endS,
  cause: 'finished',
});

const night = (attempts: AttemptTold[], more: Partial<NightTold> = {}): NightTold => ({
  attempts,
  metrics: {},
  series: {},
  ...more,
});

describe('two nights laid beside each other', () => {
  const simulated = night([
    attempt('a', 'p', 0, 100),
    attempt('b', 'q', 0, 101),
    attempt('c', 'p', 100, 200),
  ]);
  const emulated = night([attempt('a', 'p', 0, 102), attempt('b', 'q', 0, 101), attempt('c', 'q', 101, 208)]);

  it('part where the ends of two attempts have changed places, and say so', () => {
    const { afterStarts, simulated: sim, emulated: emu, why } = firstDecision(simulated, emulated)!;
    expect([afterStarts, sim, emu]).toEqual([
      2,
      { atS: 100, vm: 'c', proxy: 'p' },
      { atS: 101, vm: 'c', proxy: 'q' },
    ]);
    expect(why).toMatch(
      /after the end of a, emulated after that of b.* 1\.00 s after a in the one, -1\.00 s/u,
    );
  });

  it('part nowhere where every start is the same, whenever it was', () => {
    const later = night(simulated.attempts.map((a) => ({ ...a, endS: a.endS + 1 })));
    expect(firstDecision(simulated, later)).toBeNull();
  });

  it('part where one of them starts nothing more', () => {
    expect(firstDecision(simulated, night(simulated.attempts.slice(0, 2)))).toMatchObject({
      afterStarts: 2,
      emulated: null,
    });
  });

  it('differ in ends, errors, shares and streams by what one counts by hand', () => {
    const series = (tS: number[], vmShare: number[], streams: number[]) => ({
      protected: { tS, vmShare },
      deviceStreams: { device: ['d', 'd'], tS: [0, 10], streams },
      rounds: { stranded: [1, 0] },
    });
    const metrics = { makespan_s: 200, t95_vms_s: 150, protected_vms: 3 };
    const agreement = agreementOf(
      { ...simulated, metrics, series: series([0, 100, 200], [0, 0.5, 1], [2, 4]) },
      {
        ...emulated,
        metrics: { ...metrics, makespan_s: 210, t95_vms_s: null, vms_verified: 2 },
        series: series([0, 110, 210], [0, 0.4, 1], [2, 1]),
      },
    );
    expect(agreement).toMatchObject({
      t95Error: null,
      vmsFinished: 3,
      vmsVerified: 2,
      protectedShareDifference: 0.6,
      vmEndDifferenceS: { median: 2, worst: 8 },
      worstVm: 'c',
      deviceStreamsDifference: 1.5,
      deviceStreamsMean: 3,
      emulatedStrandedByRound: [1, 0],
    });
    expect(agreement.makespanError).toBeCloseTo(0.05, 12);
  });

  it('differ in streams where one of them fits into one bin', () => {
    const series = (tS: number[], streams: number[]) => ({
      deviceStreams: { device: tS.map(() => 'd'), tS, streams },
    });
    const agreement = agreementOf(
      { ...simulated, series: series([0, 60], [4, 2]) },
      { ...emulated, series: series([0], [4]) },
    );
    expect(agreement).toMatchObject({ deviceStreamsDifference: 1, deviceStreamsMean: 3 });
  });

  it('are told by columns and back', () => {
    expect(readAttempts(attemptsSeries(simulated.attempts))).toEqual(simulated.attempts);
  });
});

describe('the ranking of strategies', () => {
  const cell = (strategy: string, simulatedS: number | null, emulatedS: number | null) => ({
    document: 'd',
    clusterSeed: 1,
    nightSeed: 1,
    strategy,
    simulatedS,
    emulatedS,
  });

  it('is held against pairs that lie far enough apart, and against no others', () => {
    const pairs = rankedPairs([cell('x', 100, 110), cell('y', 110, 100), cell('z', 120, 109)], 1.15);
    expect(pairs).toMatchObject([{ better: 'x', worse: 'z', isSame: false }]);
  });

  it('leaves out nights without a value', () => {
    expect(rankedPairs([cell('x', 100, 110), cell('y', null, 100), cell('z', 200, null)], 1.15)).toEqual([]);
  });
});
