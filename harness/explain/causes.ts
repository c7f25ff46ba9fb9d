import type { EndCause } from '../model/executor.ts';
import type { UnprotectedReason } from '../model/record.ts';

/** Why an attempt ended without protecting its unit, as the end of a sentence. */
export const causeWords: Readonly<Record<EndCause, string>> = {
  snapshot: 'its snapshot could not be made',
  quiesce: 'its guest could not be quiesced',
  network: 'the network failed while it was read',
  transport: 'the transport failed while it was read',
  storage: 'storage failed while it was read',
  'vm-broken': 'a fault of the VM itself, whatever the proxy',
  'proxy-broken': 'a fault of that proxy, whatever the VM',
  'path-broken': 'a fault of the path from that proxy to it',
  'server-hour': 'a fault of its server in that hour',
  'proxy-lost': 'its proxy was lost',
  'device-lost': 'its device was lost',
  'store-lost': 'its data store was lost',
  'server-lost': 'its server was lost',
  'agent-lost': 'its media agent was lost',
  restore: 'what was written did not restore to what was read',
  window: "the window's end terminated it",
  stalled: 'nothing moved any more, and nothing would have',
};

export const unprotectedWords: Readonly<Record<UnprotectedReason, string>> = {
  ...causeWords,
  'no-path': 'no proxy reaches it',
  'not-assigned': 'its strategy ended its rounds without an attempt at it',
  'window-closed': 'it still awaited when the window ended',
};
