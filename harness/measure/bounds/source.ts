import { groupBy } from '../../kit/group.ts';
import { maxOf } from '../sum.ts';
import { longestPool, nameGroup, namesOf, type Argument } from './bound.ts';
import { deviceRateMBps, type UnitPath } from './paths.ts';
import { boundPool } from './pool.ts';

// What the side that is read from allows.

export const boundVm: Argument = (_night, paths) => {
  const endS = (path: UnitPath) => path.job.startS + path.aloneS;
  const longest = paths.reduce<UnitPath | null>(
    (most, path) => (most === null || endS(path) > endS(most) ? path : most),
    null,
  );
  return longest === null ? [] : [{ name: 'vm', what: `VM ${longest.vmKey} alone`, seconds: endS(longest) }];
};

export const boundDevices: Argument = (night, paths) => {
  const members = night.devices.map(({ id }) => [id]);
  const demands = paths.flatMap((path) =>
    path.disks.map((d) => ({
      members: members[d.device]!,
      startS: path.job.startS,
      // in seconds of the device
      work: d.toMoveMB / deviceRateMBps(night.devices[d.device]!, path.job.kind),
    })),
  );
  const byDevice = groupBy(demands, (d) => d.members[0]);
  return night.devices.flatMap(({ id, name }) => {
    const bound = boundPool(byDevice.get(id) ?? [], () => 1);
    return bound === null ? [] : [{ name: 'device', what: `device ${name}`, seconds: bound.seconds }];
  });
};

/** A data store bears only so many open snapshots; one is open at least while a disk of the VM is read. */
export const boundStores: Argument = (night, paths) => {
  const byStore = night.stores.map((): UnitPath[] => []);
  for (const path of paths) for (const store of path.stores) byStore[store]!.push(path);
  return night.stores.flatMap(({ id, name, maxOpenSnapshots }) => {
    if (maxOpenSnapshots === null) return [];
    const members = [id];
    const demands = [...groupBy(byStore[id]!, (path) => path.vmKey).values()].map((units) => ({
      members,
      startS: units[0]!.job.startS,
      work: maxOf(units, (path) => path.openS)!,
    }));
    const bound = boundPool(demands, () => maxOpenSnapshots);
    return bound === null
      ? []
      : [{ name: 'store', what: `open snapshots of data store ${name}`, seconds: bound.seconds }];
  });
};

/** Network reads of VMs that no proxy reads otherwise. */
export const boundServers: Argument = (night, paths) => {
  const demands = paths
    .filter((path) => path.servers.length > 0)
    .map((path) => ({ members: path.servers, startS: path.job.startS, work: path.sizeMB }));
  const bound = boundPool(demands, (s) => night.servers[s]!.networkReadMBps);
  return longestPool(
    [bound],
    'servers',
    (ids) => `network reads of ${nameGroup('VM servers', ids, namesOf(night.servers))}`,
  );
};
