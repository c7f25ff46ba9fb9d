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
});
