import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { vmText } from '../../harness/cli/vm-text.ts';
import { instantText } from '../../harness/cli/instant-text.ts';
import { explainNight, type Questions } from '../../harness/kinds/explain-night.ts';
import { backupNight } from '../../harness/kinds/backup-night.ts';
import { parseDocument } from '../../harness/model/document/parse-document.ts';
import type { Document } from '../../harness/model/document/document.ts';
import { nightScene } from '../scenes/night-scenes.ts';

const fixture = (name: string): Document =>
  parseDocument(
    readFileSync(new URL(`../../fixtures/nights/${name}.yaml`, import.meta.url), 'utf8'),
    `${name}.yaml`,
  );

const spec = (strategy: string) => ({ strategy, clusterSeed: 1, nightSeed: 1 });
const loaded = (content: Document) => ({ name: content.name, hash: '', content, caveats: [], size: 1 });

const explain = (content: Document, strategy: string, ask: Partial<Questions>) =>
  explainNight({ document: loaded(content), spec: spec(strategy) }, { vm: null, at: null, ...ask }).told;
const vm = (content: Document, strategy: string, key: string) =>
  vmText(explain(content, strategy, { vm: key }).vm!, 100);
const at = (content: Document, strategy: string, time: string) =>
  instantText(explain(content, strategy, { at: time }).at!, 100);

describe('a VM is explained', () => {
  it('by the queue that it stood in, and the other proxies', () => {
    // arithmetic: fixtures/nights/hotadd-queue.yaml; c attaches from 60 s, reads from 90 to 100, detaches behind b
    expect(vm(fixture('hotadd-queue'), 'round-robin', 'c')).toMatchInlineSnapshot(`
      "VM c (job job, 1 GB to move): protected at 22:02:15, 2 min 15 s after its job began
        place      3 of 3 by end
        under way  2 min 15 s, 1 attempt

      attempt 1, round 1, at 22:00:00 on proxy p: finished after 2 min 15 s
        way        local, 1 stream, media agent agent, 1 GB read
        phases     attach 1 min 0 s in the queue for reconfigurations of proxy p, then 30.0 s; read 10.0
                   s; detach 20.0 s in the queue for reconfigurations of proxy p, then 15.0 s
        rate       100 MB/s a stream; held 100 % of it by the cap of one local stream (100 MB/s)
        devices    2 streams on disk
        proxies    p: chosen: local, 2 of 160 streams, utilisation 0.01
      "
    `);
  });

  it('by each of its queues once, where it waits for slots and then for a server', () => {
    const story = explain(fixture('hotadd-queue'), 'round-robin', { vm: 'c' }).vm!;
    const phases = [
      { phase: 'snapshot: slots', fromS: 0, waitedS: 100, toS: 100, queues: ['slots of store s'] },
      { phase: 'snapshot', fromS: 100, waitedS: 20, toS: 125, queues: ['operations'] },
    ];
    const units = story.units.map((u) => ({ ...u, attempts: u.attempts.map((a) => ({ ...a, phases })) }));
    expect(vmText({ ...story, units }, 200)).toContain(
      'phases     snapshot 2 min 0 s in the queue for slots of store s and operations, then 5.0 s',
    );
  });

  it('by its failures, and the round in which another proxy took it', () => {
    expect(vm(fixture('path-fault'), 'priority-list', 'a')).toMatchInlineSnapshot(`
      "VM a (job job, 1 GB to move): stranded, a fault of the path from that proxy to it
        not again  round 2 of its job protected nothing, and no access mode was left to open: the job gave
                   up
        under way  40.0 s, 2 attempts
        awaited    10.0 s: it had failed, and was not to be started again before the next round

      attempt 1, round 1, at 22:00:00 on proxy p: failed after 10.0 s
        cause      a fault of the path from that proxy to it (path-broken)
        way        san, 1 stream, media agent agent, 0 MB read
        phases     attach 10.0 s
        strategy   says: tier 1, activity threshold 1
        devices    no stream on d1
        proxies    p: chosen: san, 0 of 160 streams, utilisation 0.00
                   q: had room: san, 0 of 160 streams, utilisation 0.00, as the chosen one

      attempt 2, round 2, at 22:00:20 on proxy p: failed after 30.0 s
        cause      a fault of the path from that proxy to it (path-broken)
        way        san, 1 stream, media agent agent, 0 MB read
        phases     clean up 20.0 s; attach 10.0 s
        strategy   says: tier 1, activity threshold 1
        devices    no stream on d1
        proxies    p: chosen: san, 0 of 160 streams, utilisation 0.00
                   q: had room: san, 0 of 160 streams, utilisation 0.00, as the chosen one
      "
    `);
  });

  it('by what it awaited, and what the strategy says', () => {
    expect(vm(fixture('two-jobs'), 'priority-list', 'd')).toMatchInlineSnapshot(`
      "VM d (job two, 3 GB to move): protected at 22:01:30, 1 min 30 s after its job began
        place      2 of 2 by end
        under way  30.0 s, 1 attempt
        awaited    1 min 0 s: every proxy open to it was at its limit, or without a slot at a media agent

      attempt 1, round 1, at 22:01:00 on proxy p: finished after 30.0 s
        way        san, 1 stream, media agent agent, 3 GB read
        phases     read 30.0 s
        rate       100 MB/s a stream; held 100 % of it by the cap of one san stream (100 MB/s)
        strategy   says: tier 1, activity threshold 2
        devices    1 stream on disk
        proxies    p: chosen: san, 1 of 2 streams, utilisation 0.50
      "
    `);
  });

  it('as stranded where no proxy reaches it', () => {
    expect(vm(nightScene('VMs that no proxy reaches'), 'priority-list', 'vm-1')).toMatchInlineSnapshot(`
      "VM vm-1 (job job, 1 GB to move): stranded, no proxy reaches it
        under way  0.0 s, no attempt
        awaited    1 min 0 s: no proxy reaches it

      left out when round 1 had no more starts, at 22:00:00
        job        6 streams of it free
        devices    4 streams on disk
        proxies    p1, p2: no path: not made for hypervisor xen
      "
    `);
  });

  it('as unfinished where the window closed first', () => {
    expect(vm(fixture('window-finish'), 'priority-list', 'c')).toMatchInlineSnapshot(`
      "VM c (job job, 6 GB to move): not finished, it still awaited when the window ended
        under way  0.0 s, no attempt
        awaited    1 min 30 s: all streams of its job were taken
                   30.0 s: the window had ended, and nothing started any more

      left out when the window ended, at 22:01:30
        job        no stream of it was free
        devices    1 stream on disk
        proxies    p: had room: san, 1 of 160 streams, utilisation 0.01
      "
    `);
  });

  it('only where there is such a VM, and such a time', () => {
    expect(() => explain(fixture('two-disks'), 'priority-list', { vm: 'aa' })).toThrow('no VM "aa"');
    expect(() => explain(fixture('two-disks'), 'priority-list', { at: '25:00' })).toThrow(
      '--at 25:00: expected a time of day',
    );
    expect(() => explain(fixture('two-disks'), 'priority-list', { at: '99999' })).toThrow(
      'the night runs from',
    );
  });

  it('with all its time accounted for: awaiting, under way, or failed and waiting for a round', () => {
    const document = nightScene('many proxies');
    for (const { key } of document.vms) {
      const [unit] = explain(document, 'priority-list', { vm: key }).vm!.units;
      expect(unit!.awaited.map(({ reason }) => reason)).not.toContain('failed');
      const awaitedS = unit!.awaited.reduce((sum, { s }) => sum + s, 0);
      expect(awaitedS + unit!.underWayS, key).toBeCloseTo(unit!.endS!, 9);
      const [attempt] = unit!.attempts;
      expect(attempt!.held.reduce((sum, h) => sum + h.movedMB, 0)).toBeCloseTo(attempt!.movedMB, 6);
      expect(attempt!.weighed!.verdicts.filter((v) => v.verdict === 'chosen')).toHaveLength(1);
    }
  });
});

describe('an instant is explained', () => {
  it('by what limits each stream, and what the others wait for', () => {
    // arithmetic: fixtures/nights/hotadd-queue.yaml; at 35 s a reads, b attaches, c waits to attach
    expect(at(fixture('hotadd-queue'), 'round-robin', '35')).toMatchInlineSnapshot(`
      "at 22:00:35: 1 stream reading 100 MB/s, 2 attempts moving nothing
        jobs  job starts nothing more in this round: 0 VMs waiting, 3 streams taken, 7 free

      1 stream held by the cap of one stream at 100 MB/s
        VMs   a

      1 attempt before attach, in the queue for reconfigurations of proxy p, for 35.0 s
        VMs   c

      1 attempt in attach, for 5.0 s
        VMs   b
      "
    `);
  });

  it('by the device that two streams share, at a time of day', () => {
    expect(at(fixture('two-vms-one-device'), 'round-robin', '20')).toMatchInlineSnapshot(`
      "at 22:00:20: 2 streams reading 150 MB/s
        jobs  job starts nothing more in this round: 0 VMs waiting, 2 streams taken, 8 free

      2 streams held by device disk (source) at 75 MB/s each, 150 MB/s together
        VMs   a, b
      "
    `);
    const document = fixture('two-vms-one-device');
    const [start] = document.jobs.map((j) => j.start);
    expect(explain(document, 'round-robin', { at: start! }).at!.atS).toBe(0);
  });
});

it('listening changes no outcome', () => {
  for (const name of ['many proxies', 'attempts that fail now and then', 'VMs of several disks'] as const) {
    const document = loaded(nightScene(name));
    const { result } = explainNight({ document, spec: spec('priority-list') }, { vm: 'vm-2', at: '10' });
    expect(result).toEqual(backupNight.compute(document, spec('priority-list')));
  }
});
