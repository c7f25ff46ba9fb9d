import { describe, expect, it } from 'vitest';
import { worstUnfairness } from '../../harness/engine/fluid/check.ts';
import { createFastSolver } from '../../harness/engine/fluid/fast/fast-solver.ts';
import { createSimpleSolver } from '../../harness/engine/fluid/simple-solver.ts';
import type { Efficiency } from '../../harness/engine/fluid/solver.ts';
import { runTrace } from '../../harness/engine/fluid-trace/run-trace.ts';
import { parseTrace, traceText } from '../scenes/trace-scene.ts';

describe('a trace', () => {
  it('starts the next flow in the instant in which one completes', () => {
    const flows = [
      { mb: 500, max: 100, use: [0] },
      { mb: 1500, max: 100, use: [0] },
      { mb: 0, max: 1, use: [] },
      { mb: 1000, max: 70, use: [0] },
    ];
    const run = runTrace(parseTrace(traceText(2, [100], flows)), createSimpleSolver(), 1);
    // 50 MB/s each: flow 0 ends at 10 s; 2 has no bytes; 3 starts at once. 1 has 1000 MB left, as 3: both end at 30 s.
    expect([...run.startS]).toEqual([0, 0, 10, 10]);
    expect([...run.endS]).toEqual([10, 30, 10, 30]);
    expect(run).toMatchObject({ events: 4, makespanS: 30, checkError: 0 });
    expect(runTrace(parseTrace(traceText(9, [100], [])), createSimpleSolver(), null)).toMatchObject({
      events: 0,
      makespanS: 0,
      checkError: null,
    });
  });

  it('of version 2 starts each flow at its own time, and takes of a resource what `per` says', () => {
    const text = [
      '{"kind":"fluid-trace","version":2,"slots":2}',
      '{"r":0,"cap":100}',
      '{"r":1,"cap":2}',
      '{"f":0,"mb":500,"max":100,"use":[0,1],"per":[2,0.01],"at":0}',
      '{"f":1,"mb":500,"max":100,"use":[0],"at":5}',
      '{"f":2,"mb":0,"max":1,"use":[],"at":60}',
    ].join('\n');
    // 50 MB/s for flow 0 until 5 s; then 2 x + x = 100, 33.3 MB/s each: 250 MB take 7.5 s; the last 250 MB of flow 1 at 100
    for (const create of [createSimpleSolver, createFastSolver]) {
      const run = runTrace(parseTrace(text), create(), 1);
      expect([...run.startS]).toEqual([0, 5, 60]);
      expect(run.endS[0]).toBeCloseTo(12.5, 9);
      expect(run.endS[1]).toBeCloseTo(15, 9);
      expect(run).toMatchObject({ events: 3, makespanS: 60 });
      expect(run.checkError).toBeLessThan(1e-12);
    }
  });

  it('of version 2 is refused where starts or shares are wrong, and they are in one of version 1', () => {
    const flows = (version: number) =>
      [
        `{"kind":"fluid-trace","version":${version},"slots":1}`,
        '{"r":0,"cap":100}',
        '{"f":0,"mb":1,"max":1,"use":[0],"at":5}',
        '{"f":1,"mb":1,"max":1,"use":[0],"at":4}',
        '{"f":2,"mb":1,"max":1,"use":[0],"at":5,"per":[1,1]}',
        '{"f":3,"mb":1,"max":1,"use":[0]}',
      ].join('\n');
    expect(() => parseTrace(flows(2))).toThrow(
      [
        't.jsonl:4:1 at: expected seconds, not before those of the flow before, got 4',
        't.jsonl:5:1 per: expected a number > 0 for each of use, got [1,1]',
        't.jsonl:6:1 at: expected seconds, not before those of the flow before, got nothing',
      ].join('\n'),
    );
    expect(() => parseTrace(flows(1))).toThrow('t.jsonl:3:1 at and per are of version 2');
  });

  it('is refused with all that is wrong, and where', () => {
    const wrong = [
      '{"kind":"fluid-trace","version":1,"slots":0}',
      '{"r":1,"cap":0}',
      '[',
      '{"f":0,"mb":-1,"max":null,"use":[0,0,1]}',
      '{"r":1,"cap":5}',
      '{"f":1,"mb":1,"max":1}',
      '7',
      '{}',
    ].join('\n');
    expect(() => parseTrace(wrong)).toThrow(
      [
        't.jsonl:1:1 slots: expected a whole number >= 1, got 0',
        't.jsonl:2:1 r: expected 0, got 1',
        't.jsonl:2:1 cap: expected MB/s > 0, got 0',
        't.jsonl:3:1 is no JSON object',
        't.jsonl:4:1 mb: expected a number >= 0, got -1',
        't.jsonl:4:1 max: expected MB/s > 0, got null',
        't.jsonl:4:1 use: expected distinct ids, got 0 twice',
        't.jsonl:4:1 use: expected ids from 0 to 0, got 1',
        't.jsonl:5:1 a resource stands before all flows',
        't.jsonl:6:1 use: expected a list of resource ids, got nothing',
        't.jsonl:7:1 is no JSON object',
        't.jsonl:8:1 expected a resource {"r":...} or a flow {"f":...}',
      ].join('\n'),
    );
    expect(() => parseTrace('{"kind":"journal"}')).toThrow('t.jsonl:1:1 expected the header');
    expect(() => parseTrace('')).toThrow('t.jsonl:1:1 is empty');
  });
});

describe('the check of max-min fairness', () => {
  const none: Efficiency = { kind: 'none' };
  const over = (rateMBps: number, capMBps: number, ...resources: number[]) => ({
    rateMBps,
    capMBps,
    uses: resources.map((resource) => ({ resource, perMB: 1 })),
  });
  const disks = [100, 60].map((capacity) => ({ capacity, efficiency: none }));

  it('finds nothing where nothing is to be found', () => {
    expect(worstUnfairness(disks, [over(30, 30, 0), over(60, Infinity, 0, 1), over(0, 0, 1)])).toBe(0);
    expect(worstUnfairness([{ capacity: 0, efficiency: none }], [over(0, Infinity, 0)])).toBe(0);
  });

  it('says by how much a capacity or cap is exceeded, or a flow held back without need', () => {
    // 110 on 100; 22 over a cap of 20; 45 of the 60 that it could have; 40 beside 60 on a full disk
    expect(worstUnfairness(disks, [over(55, 55, 0), over(55, 55, 0)])).toBeCloseTo(10 / 110, 12);
    expect(worstUnfairness(disks, [over(22, 20, 0)])).toBeCloseTo(2 / 22, 12);
    expect(worstUnfairness(disks, [over(45, Infinity, 0, 1)])).toBeCloseTo(15 / 60, 12);
    expect(worstUnfairness(disks, [over(40, Infinity, 0), over(60, Infinity, 0)])).toBeCloseTo(20 / 60, 12);
  });

  it('knows how a capacity falls with the flows on it', () => {
    const disk = {
      capacity: 90,
      efficiency: { kind: 'loss', lossPerStream: 0.5, efficiencyFloor: 0.1 },
    } as const;
    // 90 / (1 + 0.5) = 60 for two
    expect(worstUnfairness([disk], [over(30, Infinity, 0), over(30, Infinity, 0)])).toBe(0);
    expect(worstUnfairness([disk], [over(45, Infinity, 0), over(45, Infinity, 0)])).toBeCloseTo(1 / 3, 12);
  });
});
