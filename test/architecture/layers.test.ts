import { describe, expect, it } from 'vitest';
import { layerOf, readSources, type Source } from './sources.ts';

/** Who may import whom: a layer names only layers above it, so that no cycle can be written down. */
const layers: Record<string, readonly string[]> = {
  model: [],
  kit: ['model'],
  night: ['model', 'kit'],
  strategies: ['model', 'kit'],
  inventory: ['model', 'kit'],
  generate: ['model', 'kit'],
  vary: ['model', 'kit'],
  measure: ['model', 'kit', 'night'],
  coordinate: ['model', 'kit', 'night'],
  attempt: ['model', 'kit', 'night'],
  engine: ['model', 'kit', 'night', 'coordinate', 'attempt'],
  emulate: ['model', 'kit', 'night', 'coordinate', 'attempt'],
  explain: ['model', 'kit', 'night', 'attempt', 'engine'],
  report: ['model', 'kit', 'measure'],
  kinds: [
    'model',
    'kit',
    'night',
    'strategies',
    'generate',
    'vary',
    'measure',
    'coordinate',
    'engine',
    'emulate',
    'explain',
    'report',
  ],
  run: ['model', 'kit', 'measure', 'report', 'kinds'],
  cli: [
    'model',
    'kit',
    'night',
    'inventory',
    'generate',
    'vary',
    'measure',
    'explain',
    'report',
    'kinds',
    'run',
  ],
};

/** Files, clock, threads and the screen are touched in these alone. */
const effectful = ['inventory', 'emulate', 'run', 'cli'];
const effects =
  /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|process\.|console\.|setTimeout|setInterval)\b|from 'node:(fs|worker_threads|child_process|os|process)/u;

const sources = readSources();
const code = (source: Source) => source.text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '');

describe('layers', () => {
  it('reads the whole program', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(Object.keys(layers).toSorted()).toEqual(
      [...new Set(sources.map((s) => layerOf(s.path)))].toSorted(),
    );
  });

  it('import only what stands above them', () => {
    const wrong = sources.flatMap((s) =>
      s.imports
        .filter(
          (target) =>
            layerOf(target) !== layerOf(s.path) && !layers[layerOf(s.path)]!.includes(layerOf(target)),
        )
        .map((target) => `${s.path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('import from a strategy to another nowhere', () => {
    const home = (path: string) => path.split('/')[1]!.replace(/\.ts$/u, '');
    const wrong = sources
      .filter((s) => layerOf(s.path) === 'strategies' && s.path !== 'strategies/index.ts')
      .flatMap((s) =>
        s.imports
          .filter((t) => layerOf(t) === 'strategies' && home(t) !== home(s.path))
          .map((t) => `${s.path} imports ${t}`),
      );
    expect(wrong).toEqual([]);
  });

  it('touch files, clock, threads and screen only at the rim', () => {
    const wrong = sources
      .filter((s) => !effectful.includes(layerOf(s.path)) && effects.test(code(s)))
      .map((s) => s.path);
    expect(wrong).toEqual([]);
  });

  it('draw no number without a seed anywhere', () => {
    expect(sources.filter((s) => /Math\.random/u.test(code(s))).map((s) => s.path)).toEqual([]);
  });
});

describe('the seam of the kinds of experiment', () => {
  const generic = sources.filter(
    (s) =>
      layerOf(s.path) === 'run' ||
      (layerOf(s.path) === 'report' && !s.path.startsWith('harness/report/charts/')) ||
      s.path === 'harness/model/kind.ts',
  );

  it('keeps run and the shell of the report free of what is simulated', () => {
    expect(generic.length).toBeGreaterThan(20);
    expect(
      generic.filter((s) => /\b(vms?|prox(y|ies)|backups?)\b/iu.test(s.text)).map((s) => s.path),
    ).toEqual([]);
  });
});

describe('names', () => {
  it('say one idea: no drawer for everything', () => {
    const drawers = /(^|\/)(utils?|helpers?|common|misc|base|manager|service|types)\.ts$/u;
    expect(sources.filter((s) => drawers.test(s.path)).map((s) => s.path)).toEqual([]);
  });

  it('are kebab-case', () => {
    expect(sources.filter((s) => !/^[a-z0-9/.-]+$/u.test(s.path)).map((s) => s.path)).toEqual([]);
  });
});
