import { expect, test } from 'vitest';
import { formatClock, formatDuration, formatMB, parseTimeOfDay } from '../../harness/model/units.ts';

test('reads a time of day', () => {
  expect(['00:00', '22:30', '23:59'].map(parseTimeOfDay)).toEqual([0, 81_000, 86_340]);
});

test.each(['24:00', '7:30', '12:60', '', '12:30:00'])('refuses "%s" as a time of day', (text) => {
  expect(() => parseTimeOfDay(text)).toThrow(RangeError);
});

test.each([
  [79_200, 0, '22:00:00'],
  [79_200, 7199.4, '23:59:59'],
  [79_200, 7200, '+1 00:00:00'],
  [79_200, 15_000.5, '+1 02:10:01'],
  [79_200, 7200 + 2 * 86_400 + 61, '+3 00:01:01'],
  [0, -1, '-1 23:59:59'],
])('shows %d s of the day plus %d s as %s', (originS, tS, clock) => {
  expect(formatClock(originS, tS)).toBe(clock);
});

test.each([
  [0, '0.0 s'],
  [45.23, '45.2 s'],
  [59.97, '1 min 0 s'],
  [432, '7 min 12 s'],
  [3599.6, '1 h 0 min'],
  [25_920, '7 h 12 min'],
  [7199, '2 h 0 min'],
  [-90, '-1 min 30 s'],
])('shows %d s as %s', (s, text) => {
  expect(formatDuration(s)).toBe(text);
});

test.each([
  [0, '0 MB'],
  [0.5, '0.50 MB'],
  [512, '512 MB'],
  [999.7, '1.00 GB'],
  [1000, '1 GB'],
  [12_345, '12.3 GB'],
  [99_960, '100 GB'],
  [1_240_000, '1.24 TB'],
  [-2_500_000_000, '-2.50 PB'],
])('shows %d MB as %s', (mb, text) => {
  expect(formatMB(mb)).toBe(text);
});
