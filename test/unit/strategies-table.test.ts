import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatStrategyText, parseStrategyText, resolveParams } from '../../harness/kit/strategy-text.ts';
import { promises } from '../../harness/model/strategy.ts';
import { strategies } from '../../strategies/index.ts';

const files = readdirSync('strategies', { recursive: true, encoding: 'utf8' }).filter((f) =>
  f.endsWith('.ts'),
);

describe('the table of strategies', () => {
  it('has unique names', () => {
    const names = strategies.map((s) => s.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has every file or folder of strategies/ as an entry of its name, and no other', () => {
    const entries = readdirSync('strategies').filter((f) => f !== 'index.ts');
    expect(entries.map((f) => f.replace(/\.ts$/u, '')).toSorted()).toEqual(
      strategies.map((s) => s.name).toSorted(),
    );
  });

  it.each(files)('%s has at most 80 lines', (file) => {
    const lines = readFileSync(`strategies/${file}`, 'utf8').trimEnd().split('\n').length;
    expect(lines).toBeLessThanOrEqual(80);
  });

  it.each(files)('%s imports nothing but model, kit and its own folder', (file) => {
    if (file === 'index.ts') return;
    const text = readFileSync(`strategies/${file}`, 'utf8');
    for (const [, path] of text.matchAll(/from '([^']+)'/gu))
      expect(path).toMatch(
        file.includes('/') ? /^(\.\/|\.\.\/\.\.\/harness\/(model|kit)\/)/u : /^\.\.\/harness\/(model|kit)\//u,
      );
  });
});

describe.each(strategies)('the entry $name', (strategy) => {
  const { name, defaults, choices = {} } = strategy;

  it('is a kebab-case name with summary, source and additions in words', () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/u);
    expect(existsSync(`strategies/${name}.ts`) || existsSync(`strategies/${name}/index.ts`)).toBe(true);
    for (const text of [strategy.summary, strategy.source, strategy.additions])
      expect(text.length).toBeGreaterThan(20);
    expect(strategy.summary).not.toMatch(/\.$/u);
  });

  it('has its defaults among its choices, and choices only of parameters that it has', () => {
    for (const [key, values] of Object.entries(choices)) {
      expect(Object.keys(defaults)).toContain(key);
      expect(values).toContain(defaults[key]);
      expect(new Set(values).size).toBe(values!.length);
      expect(values!.length).toBeGreaterThan(1);
    }
  });

  it('has choices for every parameter that takes words', () => {
    for (const [key, value] of Object.entries(defaults))
      if (typeof value === 'string') expect(Object.keys(choices)).toContain(key);
  });

  it('promises only what is known', () => {
    for (const promise of strategy.keeps(defaults)) expect(promises).toContain(promise);
  });

  it('is written as its name alone with its defaults, and read back', () => {
    expect(formatStrategyText(name, defaults, defaults)).toBe(name);
    expect(resolveParams(strategy, parseStrategyText(name).given)).toEqual(defaults);
  });

  it('refuses an unknown parameter and lists those that it has', () => {
    expect(() => resolveParams(strategy, { colour: 1 })).toThrow(
      `no parameter "colour"; known: ${Object.keys(defaults).join(', ')}`,
    );
  });
});
