import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { vm as vmSchema } from '../../harness/model/document/compute.ts';
import { createVmReader } from '../../harness/model/document/read-vm.ts';

// VMs as they are written and as nobody should write them: the reader by hand and the schema agree on each.

/** Mostly as it should be. */
const mostly = <T>(usual: fc.Arbitrary<T>, unusual: fc.Arbitrary<unknown> = fc.anything()) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: unusual });
const name = mostly(
  fc.constantFrom('esx-1', 'esx-2', 'lun 3', 'ä', 'x'.repeat(200)),
  fc.constantFrom('', ' esx', "o'", 'a\nb', 'x'.repeat(201), 7, null),
);
const sizeMB = (min: number, max: number) =>
  mostly(fc.integer({ min, max }), fc.constantFrom(0.5, -1, 1e12, 1e13, Number.NaN, Infinity, '1'));
const disk = fc.record(
  {
    store: name,
    allocatedMB: sizeMB(9, 20),
    usedMB: sizeMB(0, 10),
    dailyChange: mostly(fc.constantFrom(0, 0.02, 1), fc.constantFrom(1.1, -1, null)),
  },
  { requiredKeys: ['store', 'allocatedMB', 'usedMB'] },
);
const known = fc.record(
  {
    key: name,
    server: name,
    disks: mostly(fc.array(mostly(disk), { maxLength: 3 })),
    poweredOn: mostly(fc.boolean()),
    guest: mostly(fc.oneof(name, fc.constant('linux'))),
    priority: mostly(fc.constantFrom('critical', 'normal', 'low'), fc.constant('high')),
    lastResult: mostly(fc.constantFrom('ok', 'failed', 'new')),
    writeMBps: mostly(fc.constantFrom(0, 5), fc.constant(-5)),
  },
  { requiredKeys: ['key', 'server', 'disks'] },
);
const more = fc.record({ writeMBp: fc.constant(1) });
const vm = mostly(
  known,
  fc.oneof(
    fc.tuple(known, more).map(([a, b]) => ({ ...a, ...b })),
    fc.anything(),
  ),
);

test('a VM is read as the schema reads it', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(vm, { maxLength: 4 }), (values) => {
      const reader = createVmReader();
      for (const value of values) {
        const expected = vmSchema.safeParse(value).data ?? null;
        const read = reader.read(value);
        if (read !== null) accepted++;
        expect(read).toEqual(expected);
        expect(Object.keys(read ?? {})).toEqual(Object.keys(expected ?? {}));
      }
    }),
    { numRuns: 1000 },
  );
  expect(accepted).toBeGreaterThan(500);
});

test('those that were replaced in a list are not read again, nor taken for those of another', () => {
  const raw = (key: string) => ({ key, server: 's', disks: [{ store: 'a', allocatedMB: 2, usedMB: 1 }] });
  const reader = createVmReader();
  const list = [raw('a'), raw('b')].map((value) => reader.replace(value));
  expect(reader.readAll(list)?.[1]).toBe(list[1]);
  const other = [list[0], raw('c')];
  expect(reader.readAll(other)?.map(({ key }) => key)).toEqual(['a', 'c']);
  expect(reader.readAll([list[0], { key: 'd' }])).toBeNull();
});
