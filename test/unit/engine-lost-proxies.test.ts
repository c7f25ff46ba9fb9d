import { describe, expect, it } from 'vitest';
import { endsByKey, playNight } from '../scenes/plain-deciders.ts';
import { plainDocument, plainProxy, plainVm } from '../scenes/plain-document.ts';

const attemptsOf = (record: ReturnType<typeof playNight>) =>
  record.attempts.map((a) => [record.units[a.unit]!.key, a.proxy, a.startS, a.endS, a.cause, a.movedMB]);

/** p moves data, q does too where it suits; q coordinates. */
const document = (
  outages: { proxy: string; from: string; to?: string }[],
  vms: [key: string, MB: number][],
  { detectS = 30, streams = 1, coordinator = 'q', alone = true } = {},
) =>
  plainDocument({
    proxies: [plainProxy('p'), plainProxy('q', alone ? { hypervisors: ['other'] } : {})],
    vms: vms.map(([key, MB]) => plainVm(key, [['ds', MB]])),
    jobs: [{ id: 'job', policy: 'policy', streams, coordinator }],
    roles: { detectS, takeoverS: 20 },
    faults: { outages },
  });

describe('a proxy that is lost', () => {
  it('in the instant in which an attempt ends takes nothing of it', () => {
    const record = playNight(document([{ proxy: 'p', from: '22:01' }], [['a', 6000]]));
    expect(endsByKey(record)).toEqual({ a: 60 });
  });

  it('before it begins is given work until that is noticed, and fails it then', () => {
    const record = playNight(document([{ proxy: 'p', from: '22:00' }], [['a', 1000]], { alone: false }));
    expect(attemptsOf(record)).toEqual([
      ['a', 0, 0, 30, 'proxy-lost', 0],
      ['a', 1, 30, 40, 'finished', 1000],
    ]);
  });

  it('and back before anybody noticed has lost what ran on it, and what began meanwhile', () => {
    const record = playNight(
      document(
        [{ proxy: 'p', from: '22:01', to: '22:02' }],
        [
          ['a', 5000],
          ['b', 5000],
          ['c', 500],
          ['d', 2000],
        ],
        {
          detectS: 90,
          streams: 2,
        },
      ),
    );
    // a and b 0-50, c 50-55, d 50-60 reads 1000 MB and stands; nothing else runs; all is known at 150
    expect(attemptsOf(record).slice(2)).toEqual([
      ['c', 0, 50, 55, 'finished', 500],
      ['d', 0, 50, 150, 'proxy-lost', 1000],
      ['d', 0, 150, 170, 'finished', 2000],
    ]);
  });

  it('twice, fails what ran on it twice', () => {
    const record = playNight(
      plainDocument({
        proxies: [plainProxy('p'), plainProxy('q', { maxStreams: 1 })],
        vms: [plainVm('a', [['ds', 12_000]]), plainVm('b', [['ds', 30_000]])],
        jobs: [{ id: 'job', policy: 'policy', streams: 2, coordinator: 'q' }],
        roles: { detectS: 30, takeoverS: 0 },
        faults: {
          outages: [
            { proxy: 'p', from: '22:01', to: '22:02' },
            { proxy: 'p', from: '22:03', to: '22:04' },
          ],
        },
      }),
      { plain: { retries: true } },
    );
    // known at 90 and 210; p is back at 120 and at 240; b keeps q until 300
    expect(attemptsOf(record)).toEqual([
      ['a', 0, 0, 90, 'proxy-lost', 6000],
      ['b', 1, 0, 300, 'finished', 30_000],
      ['a', 0, 120, 210, 'proxy-lost', 6000],
      ['a', 0, 240, 360, 'finished', 12_000],
    ]);
  });

  it('with its server is noticed as late', () => {
    const record = playNight(
      plainDocument({
        servers: [
          { id: 'esx', site: 'here', stores: ['ds'], networkConnections: null },
          { id: 'esx-2', site: 'here', stores: ['ds'], networkConnections: null },
        ],
        proxies: [plainProxy('p', { server: 'esx-2' }), plainProxy('q')],
        vms: [plainVm('a', [['ds', 12_000]])],
        jobs: [{ id: 'job', policy: 'policy', streams: 1, coordinator: 'q' }],
        roles: { detectS: 30, takeoverS: 0 },
        faults: { outages: [{ server: 'esx-2', from: '22:01' }] },
        streamCaps: { localMBps: 100, networkMBps: 100 },
      }),
    );
    expect(record.attempts[0]).toMatchObject({ proxy: 0, cause: 'proxy-lost', endS: 90, movedMB: 6000 });
  });
});

describe('a coordinator that is lost', () => {
  it('before its job begins decides nothing: its successor does, once that is noticed', () => {
    const record = playNight(
      document([{ proxy: 'p', from: '22:00' }], [['a', 1000]], { coordinator: 'p', alone: false }),
    );
    expect(attemptsOf(record)).toEqual([['a', 1, 50, 60, 'finished', 1000]]);
    expect(record.jobs[0]).toMatchObject({ coordinator: 0, takeovers: [{ proxy: 1, atS: 50 }] });
  });

  it('and back before anybody noticed is taken over from all the same', () => {
    const record = playNight(
      document(
        [{ proxy: 'p', from: '22:01', to: '22:02' }],
        [
          ['a', 7000],
          ['b', 1000],
        ],
        {
          coordinator: 'p',
          detectS: 90,
          alone: false,
        },
      ),
    );
    // a on p reads until 60 and fails at 150, when the loss is noticed; p is in service and takes over at 170
    expect(attemptsOf(record)).toEqual([
      ['a', 0, 0, 150, 'proxy-lost', 6000],
      ['b', 0, 170, 180, 'finished', 1000],
      ['a', 0, 180, 250, 'finished', 7000],
    ]);
    expect(record.jobs[0]!.takeovers).toEqual([{ proxy: 0, atS: 170 }]);
  });
});
