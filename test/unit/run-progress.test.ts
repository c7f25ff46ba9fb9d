import { expect, test } from 'vitest';
import { createProgress, progressLine, type ProgressMode } from '../../harness/run/progress.ts';

/** Finishes `total` cells, one every `everyMs`, by a clock of its own. */
function shown(mode: ProgressMode, total: number, everyMs: number): string[] {
  let nowMs = 0;
  const texts: string[] = [];
  const progress = createProgress({
    mode,
    write: (text) => void texts.push(text),
    clock: () => nowMs,
    width: 40,
  });
  for (let done = 1; done <= total; done++) {
    progress.started('monday first-come 1/1');
    nowMs += everyMs;
    progress.finished('monday first-come 1/1', { done, reused: 0, notOk: 0, total });
  }
  progress.end();
  return texts;
}

test('quick cells are shown by tenths, slow ones every few seconds', () => {
  expect(shown('plain', 1000, 1)).toHaveLength(10);
  // 60 cells of 3 s: every second one after 6 s, and the tenths at 6, 12, ... fall on the same
  expect(shown('plain', 60, 3000)).toHaveLength(30);
  expect(shown('plain', 3, 6000)).toHaveLength(3);
});

test('a live line stays one line within the terminal, and is gone at the end', () => {
  const texts = shown('live', 3, 1000);
  for (const text of texts) {
    expect(text.startsWith('\r\u001b[2K')).toBe(true);
    expect(text).not.toContain('\n');
    expect(text.slice(5).length).toBeLessThan(40);
  }
  expect(texts.at(-1)).toBe('\r\u001b[2K');
});

test('none is none', () => {
  expect(shown('none', 10, 1000)).toEqual([]);
});

test('a line says what is left by the pace of what was computed, not of what was kept', () => {
  // 10 computed in 20 s: 2 s each, 30 left
  expect(progressLine({ done: 70, reused: 60, notOk: 1, total: 100 }, 20)).toBe(
    '70 of 100 cells, 60 from before, 1 not ok, 20 s, about 60 s left',
  );
  expect(progressLine({ done: 5, reused: 0, notOk: 0, total: 5 }, 3)).toBe('5 of 5 cells, 3 s');
});

test('what comes after the cells is told too: now and then, and at its end', () => {
  const texts: string[] = [];
  let ms = 0;
  const progress = createProgress({
    mode: 'plain',
    write: (text) => texts.push(text),
    clock: () => ms,
    width: 80,
  });
  for (let done = 1; done <= 4; done++) {
    ms += 3000;
    progress.stage('charts', done, 4);
  }
  expect(texts).toEqual(['charts: 2 of 4\n', 'charts: 4 of 4\n']);
});
