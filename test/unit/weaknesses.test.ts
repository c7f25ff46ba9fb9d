import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveParams } from '../../harness/kit/strategy-text.ts';
import { simulateNight } from '../../harness/kinds/simulate-night.ts';
import { parseDocument } from '../../harness/model/document/parse-document.ts';
import type { Params } from '../../harness/model/params.ts';
import type { NightRecord } from '../../harness/model/record.ts';
import type { Strategy } from '../../harness/model/strategy.ts';
import { compileNight } from '../../harness/night/compile-night.ts';
import { lpt } from '../../strategies/lpt.ts';
import { priorityList } from '../../strategies/priority-list/index.ts';

// Weaknesses of the method, as its text has it (proxy-assignment.md section 5), each in a small night that shows it beside a
// variant that does not have it. The arithmetic stands in the file of the night.

function createPlayer(name: string) {
  const path = `fixtures/nights/${name}.yaml`;
  const night = compileNight(parseDocument(readFileSync(path, 'utf8'), path), {
    clusterSeed: 1,
    nightSeed: 1,
  });
  return (given: Params = {}, strategy: Strategy = priorityList) =>
    simulateNight({ night, strategy, params: resolveParams(strategy, given), seedText: 'seed' });
}

const proxyId = { first: 0, second: 1 };
const keyOf = ({ units }: NightRecord, unit: number) => units[unit]!.key;
const failuresOn = ({ attempts }: NightRecord, proxy: number) =>
  attempts.filter((a) => a.proxy === proxy && a.cause !== 'finished').length;
const protectedBy = ({ units }: NightRecord, atS: number) =>
  units.filter((u) => u.state === 'finished' && u.endS! <= atS + 1e-9).length;
const endS = ({ jobs }: NightRecord) => jobs[0]!.endS;
const startsOf = (record: NightRecord) =>
  record.attempts.map((a) => `${a.startS} ${keyOf(record, a.unit)} on ${a.proxy + 1}`);

describe('W1, the black hole', () => {
  const play = createPlayer('weakness-black-hole');

  it('draws 14 of 21 attempts to the proxy that fails them, and strands a VM beside an idle one', () => {
    const night = play();
    expect([failuresOn(night, proxyId.first), night.attempts.length]).toEqual([14, 21]);
    expect(night.jobs[0]!.rounds.map((r) => r.stranded)).toEqual([6, 4, 2, 1, 1]);
    expect([protectedBy(night, 1e6), night.jobs[0]!.end]).toEqual([7, 'no-progress']);
    expect(endS(night)).toBeCloseTo(241, 9);
  });

  it('is closed by dropAfter=2: two failures, every VM protected', () => {
    const night = play({ dropAfter: 2 });
    expect([failuresOn(night, proxyId.first), night.attempts.length]).toEqual([2, 10]);
    expect(protectedBy(night, 1e6)).toBe(8);
    expect(endS(night)).toBeCloseTo(240, 9);
  });
});

describe('W2, the threshold raised though another proxy could serve an idle device', () => {
  const play = createPlayer('weakness-threshold-raised');

  it('starts b beside a on the busy disk while d on an idle one waits', () => {
    const night = play();
    expect(startsOf(night)).toEqual(['0 a on 1', '0 c on 2', '0 b on 1', '60 d on 2']);
    expect(protectedBy(night, 60)).toBe(1);
    expect(endS(night)).toBeCloseTo(150, 9);
  });

  it('does not with othersFirst=true: d first, and never two streams on the disk', () => {
    const night = play({ othersFirst: true });
    expect(startsOf(night)).toEqual(['0 a on 1', '0 c on 2', '0 d on 2', '60 b on 1']);
    expect(protectedBy(night, 60)).toBe(3);
    expect(endS(night)).toBeCloseTo(120, 9);
  });
});

describe('W4, the long VM that starts late', () => {
  const play = createPlayer('weakness-long-vm-late');
  const startS = (night: NightRecord) => night.units.find((u) => u.key === 'long')!.firstStartS;

  it('starts the long VM at 120 s, because many proxies could take it, and ends at 360 s', () => {
    const night = play();
    expect(startS(night)).toBeCloseTo(120, 9);
    expect(protectedBy(night, 180)).toBe(8);
    expect(endS(night)).toBeCloseTo(360, 9);
  });

  it('is not there by lpt, nor by rank=largest-first: 240 s, which no night can beat', () => {
    for (const night of [play({}, lpt), play({ rank: 'largest-first' })]) {
      expect(startS(night)).toBe(0);
      expect(endS(night)).toBeCloseTo(240, 9);
    }
  });
});

describe('W5, only the best tier in round 1', () => {
  const play = createPlayer('weakness-best-tier-only');
  const idleS = ({ load }: NightRecord) => load.proxies.map((p) => p.idleWhileWaitingS);

  it('queues every VM at the one SAN proxy while two others idle for 300 s', () => {
    const night = play();
    expect(new Set(night.attempts.map((a) => a.proxy))).toEqual(new Set([proxyId.first]));
    expect(idleS(night).map((s) => Math.round(s * 1e6) / 1e6)).toEqual([0, 300, 300]);
    expect(endS(night)).toBeCloseTo(360, 9);
  });

  it('does not with tiers=false: nobody idles, and slower proxies make the night shorter', () => {
    const night = play({ tiers: false });
    expect(night.attempts.map((a) => a.proxy + 1)).toEqual([1, 2, 3, 1, 1, 2]);
    expect(idleS(night)).toEqual([0, 0, 0]);
    expect(endS(night)).toBeCloseTo(240, 9);
  });
});

describe('N22, the threshold without a cap', () => {
  const play = createPlayer('weakness-threshold-without-cap');
  const startTimes = (night: NightRecord) => night.attempts.map((a) => Math.round(a.startS));

  it.each([1, 2, 4])('protects nothing: T0=%i lets four streams on the disk at once', (threshold) => {
    const night = play({ threshold });
    expect(startTimes(night)).toEqual([0, 0, 0, 0]);
    expect(endS(night)).toBeCloseTo(300, 9);
  });

  it.each([1, 2])('protects with cap=2, whatever T0 (here %i): two at a time', (threshold) => {
    const night = play({ threshold, cap: 2 });
    expect(startTimes(night)).toEqual([0, 0, 90, 90]);
    expect(endS(night)).toBeCloseTo(180, 9);
  });

  it('protects with cap=1 to the end, at a price', () => {
    const night = play({ cap: 1 });
    expect(startTimes(night)).toEqual([0, 60, 120, 180]);
    expect(endS(night)).toBeCloseTo(240, 9);
  });
});
