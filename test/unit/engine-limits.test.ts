import { describe, expect, it } from 'vitest';
import { endsByKey, playNight } from '../scenes/plain-deciders.ts';
import { plainDocument, plainProxy, plainServer, plainStore, plainVm } from '../scenes/plain-document.ts';

describe('counted limits of a night', () => {
  it('let who is attached detach, while another waits for a free disk slot of the same proxy', () => {
    const record = playNight(
      plainDocument({
        proxies: [plainProxy('p', { server: 'esx', hotAddDisks: 1 })],
        vms: [plainVm('a', [['ds', 1000]]), plainVm('b', [['ds', 1000]])],
        overheads: { attachS: 3, detachS: 2 },
      }),
    );
    // a: 3 + 10 + 2 = 15; b attaches once a has detached: 30
    expect(endsByKey(record)).toEqual({ a: 15, b: 30 });
  });

  it('let who has read remove its snapshot, while another waits for a snapshot slot of the same store', () => {
    const record = playNight(
      plainDocument({
        managementServers: [{ id: 'vc', operations: 1 }],
        stores: [plainStore('ds', 'disk', 1)],
        servers: [plainServer('esx', ['ds'], { managementServer: 'vc' })],
        vms: [plainVm('a', [['ds', 1000]]), plainVm('b', [['ds', 1000]])],
        overheads: { snapshotCreateS: 3, snapshotRemoveS: 2 },
      }),
    );
    expect(endsByKey(record)).toEqual({ a: 15, b: 30 });
  });

  it('count what is attached until it is detached, and not until its snapshot is removed', () => {
    const record = playNight(
      plainDocument({
        servers: [plainServer('esx', ['ds'], { networkConnections: 1 })],
        proxies: [plainProxy('p')],
        vms: [plainVm('a', [['ds', 1000]]), plainVm('b', [['ds', 1000]])],
        overheads: { snapshotRemoveS: 100 },
      }),
    );
    // b reads from 10 on, while the snapshot of a is being removed
    expect(endsByKey(record)).toEqual({ a: 110, b: 120 });
  });

  it('count a removal as an operation of the management server, and not what is written back after it', () => {
    const record = playNight(
      plainDocument({
        managementServers: [{ id: 'vc', operations: 1 }],
        servers: [plainServer('esx', ['ds'], { managementServer: 'vc' })],
        vms: [plainVm('a', [['ds', 1000]], { writeMBps: 60 }), plainVm('b', [['ds', 2000]])],
        overheads: { snapshotRemoveS: 20 },
      }),
    );
    // a removes from 10 to 30 and then writes 30 x 60 MB back at 60 MB/s; b, which has read by 20, removes from 30 to 50
    expect(endsByKey(record)).toEqual({ a: 60, b: 50 });
  });
});
