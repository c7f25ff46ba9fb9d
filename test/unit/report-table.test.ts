import { describe, expect, it } from 'vitest';
import { renderTable } from '../../harness/report/table.ts';

describe('renderTable', () => {
  it('sets numbers to the right, text to the left, and leaves no blank at a line end', () => {
    const text = renderTable({
      columns: ['strategy', 't95', 'note'],
      rows: [
        ['round-robin', '4.2 h', ''],
        ['vsa', '12.5 h', 'incomplete'],
      ],
      align: ['left', 'right'],
    });
    expect(text).toBe(
      [
        'strategy        t95  note',
        '-------------------------------',
        'round-robin   4.2 h',
        'vsa          12.5 h  incomplete',
        '',
      ].join('\n'),
    );
  });

  it('has a header even without rows', () => {
    expect(renderTable({ columns: ['a', 'bc'], rows: [] })).toBe('a  bc\n-----\n');
  });

  it('lets a header of several lines stand on the rule', () => {
    const text = renderTable({
      columns: ['name', 'read\n[MB]'],
      rows: [['a', '1']],
      align: ['left', 'right'],
    });
    expect(text.split('\n')).toEqual(['      read', 'name  [MB]', '----------', 'a        1', '']);
  });

  it('counts a wide letter as two', () => {
    const lines = renderTable({ columns: ['n', 'x'], rows: [['日本', '1']] }).split('\n');
    expect(lines[2]).toBe('日本  1');
    expect(lines[0]).toBe('n     x');
  });

  it('lets no line end and no terminal code of a name through', () => {
    const text = renderTable({ columns: ['n'], rows: [['a\nb\u001b[31m']] });
    expect(text.split('\n')[2]).toBe('a b [31m');
  });

  it('fills a row that is too short', () => {
    expect(renderTable({ columns: ['a', 'b'], rows: [['1']] })).toContain('\n1\n');
  });
});
