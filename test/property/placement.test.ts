import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Placed, redrawPlacement } from '../../harness/kit/placement.ts';

/** One server; stores s0.. on SAN devices, and "inside" on its own disks. */
const estate = (vmKeys: readonly string[], storeCount: number) => {
  const stores = Array.from({ length: storeCount }, (_, i) => ({ id: `s${i}`, device: `s${i}` }));
  const devices = stores.map(({ id }) => ({ id, attachment: { kind: 'san' } }));
  return {
    ledger: { assumedPlacement: { stores: 'by a rule' } },
    devices: [...devices, { id: 'inside', attachment: { kind: 'internal' } }],
    stores: [...stores, { id: 'inside', device: 'inside' }],
    servers: [{ id: 'h', stores: ['inside', ...stores.map((store) => store.id)] }],
    vms: vmKeys.map((key) => ({ key, server: 'h', disks: [{ store: 's0' }, { store: 's0' }] })),
  } satisfies Placed;
};
const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 30 });
const seed = fc.nat();
const placesOf = (document: Placed) =>
  new Map(document.vms.map((vm) => [vm.key, vm.disks.map((disk) => disk.store).join()]));

describe('redrawPlacement', () => {
  test('puts all disks of a VM on one store that is not internal', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 6 }), seed, (vmKeys, count, n) => {
        for (const vm of redrawPlacement(estate(vmKeys, count), n).vms) {
          expect(vm.disks[0]!.store).toMatch(/^s\d$/u);
          expect(vm.disks[1]).toEqual(vm.disks[0]);
        }
      }),
    );
  });

  test('depends on seed and key alone: other VMs, and where it lay before, change nothing', () => {
    fc.assert(
      fc.property(keys, keys, seed, seed, (some, more, n, before) => {
        const all = [...new Set([...more, ...some])];
        const alone = placesOf(redrawPlacement(estate(some, 5), n));
        const among = placesOf(redrawPlacement(redrawPlacement(estate(all, 5), before), n));
        for (const key of some) expect(among.get(key)).toBe(alone.get(key));
      }),
    );
  });

  it('spreads VMs over all stores about evenly', () => {
    const many = Array.from({ length: 4000 }, (_, i) => `vm-${i}`);
    const counts = new Map<string, number>();
    for (const place of placesOf(redrawPlacement(estate(many, 4), 1)).values())
      counts.set(place, (counts.get(place) ?? 0) + 1);
    // 1000 each, standard deviation 27
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(140);
    expect(counts.size).toBe(4);
  });

  it('leaves a document alone whose placement is known', () => {
    const known: Placed = { ...estate(['a'], 3), ledger: undefined };
    expect(redrawPlacement(known, 7)).toBe(known);
    const split: Placed = { ...known, ledger: { assumedPlacement: {} } };
    expect(redrawPlacement(split, 7)).toBe(split);
  });

  it('leaves VMs alone that the ledger does not list, or that lie inside a server', () => {
    const plain = estate(['a', 'b', 'c'], 6);
    const inside = { key: 'c', server: 'h', disks: [{ store: 'inside' }] };
    const document: Placed = {
      ...plain,
      ledger: { assumedPlacement: { stores: 'by a rule', vms: ['b', 'c'] } },
      vms: [plain.vms[0]!, plain.vms[1]!, inside],
    };
    const seen = Array.from({ length: 30 }, (_, n) => placesOf(redrawPlacement(document, n)));
    const of = (key: string) => new Set(seen.map((places) => places.get(key))).size;
    expect([of('a'), of('b') > 1, of('c')]).toEqual([1, true, 1]);
  });

  it('leaves VMs alone whose server mounts nothing that is shared', () => {
    const document = { ...estate(['a'], 2), servers: [{ id: 'h', stores: ['inside'] }] };
    expect(placesOf(redrawPlacement(document, 3))).toEqual(placesOf(document));
  });
});
