import type { Document } from './document.ts';

type Vm = Document['vms'][number];

/**
 * The VMs that a job backs up: those that meet every field of its selection. Of the VMs that are themselves proxies only those
 * that it names (night.md N16).
 *
 * @returns places in the document's list of VMs, ascending
 */
export function selectVms(document: Document, job: Document['jobs'][number]): number[] {
  const { select } = job;
  const servers = new Map(document.servers.map((server) => [server.id, server]));
  const proxies = new Set(document.proxies.map((proxy) => proxy.id));
  const excepted = new Set(select.except);
  const named = new Set(select.vms);
  const tests: ((vm: Vm) => boolean)[] = [
    (vm) => !excepted.has(vm.key),
    (vm) => !proxies.has(vm.key) || named.has(vm.key),
    (vm) => vm.poweredOn || !select.poweredOnOnly,
    anyOf(select.vms, (vm) => [vm.key]),
    anyOf(select.sites, (vm) => [servers.get(vm.server)?.site]),
    anyOf(select.clusters, (vm) => [servers.get(vm.server)?.cluster]),
    anyOf(select.servers, (vm) => [vm.server]),
    anyOf(select.stores, (vm) => vm.disks.map((disk) => disk.store)),
    anyOf(select.priorities, (vm) => [vm.priority]),
  ];
  return document.vms.flatMap((vm, place) => (tests.every((test) => test(vm)) ? [place] : []));
}

/** A field that is not given takes any VM. */
function anyOf(
  wanted: readonly string[] | undefined,
  has: (vm: Vm) => readonly (string | undefined)[],
): (vm: Vm) => boolean {
  if (wanted === undefined) return () => true;
  const set = new Set<string | undefined>(wanted);
  return (vm) => has(vm).some((id) => id !== undefined && set.has(id));
}
