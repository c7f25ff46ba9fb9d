import { describe, expect, it } from 'vitest';
import { renderChart } from '../../harness/report/render.ts';

const values = [
  { a: 1, b: 2 },
  { a: 2, b: 5 },
];
const x = { field: 'a', type: 'quantitative' };
const y = { field: 'b', type: 'quantitative' };
const line = { data: { values }, mark: { type: 'line', clip: true }, encoding: { x, y } };

describe('renderChart', () => {
  it('gives the same bytes twice, also when two are asked for at once', async () => {
    const [first, second] = await Promise.all([renderChart(line, 'one'), renderChart(line, 'two')]);
    expect(first.svg).toContain('clip-path'); // ids of clip paths are what would differ
    expect(second).toEqual(first);
    expect(await renderChart(line, 'three')).toEqual(first);
  });

  it('draws text, and marks where the data lie', async () => {
    const { svg } = await renderChart({ ...line, title: 'hours <of> & night' }, 'one');
    expect(svg).toContain('hours &lt;of&gt; &amp; night');
    expect(svg).toContain('DejaVu Sans, Arial, sans-serif');
    expect(svg).toMatch(/d="M[\d.,]+L[\d.,]+"/);
  });

  it('writes a specification that is whole and has a data point per line', async () => {
    const { vl } = await renderChart(line, 'one');
    expect(JSON.parse(vl)).toMatchObject({ ...line, $schema: expect.stringContaining('vega-lite/v6') });
    const many = Array.from({ length: 30 }, (_, a) => ({ a, b: a }));
    const pretty = (await renderChart({ ...line, data: { values: many } }, 'one')).vl;
    expect(pretty).toContain('\n      {"a":1,"b":1},\n');
    expect(pretty.endsWith('}\n')).toBe(true);
  });

  it('refuses what vega-lite would only warn of', async () => {
    const odd = { ...line, encoding: { x, y: { field: 'b', type: 'odd' } } };
    await expect(renderChart(odd, 'mine')).rejects.toThrow('chart mine: ');
  });

  it('names an unknown mark, and draws the next chart all the same', async () => {
    const unknown = { layer: [{ ...line, mark: 'pie' }] };
    await expect(renderChart(unknown, 'mine')).rejects.toThrow('chart mine: unknown mark "pie"');
    expect((await renderChart(line, 'next')).svg).toContain('<svg');
  });

  it('fetches nothing', async () => {
    const far = { ...line, data: { url: 'https://example.org/data.json' } };
    await expect(renderChart(far, 'far')).rejects.toThrow('a chart fetches nothing');
    const near = { ...line, data: { url: 'package.json' } };
    await expect(renderChart(near, 'near')).rejects.toThrow('a chart fetches nothing');
  });
});
