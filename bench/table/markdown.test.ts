import { describe, expect, it } from 'vitest';
import { lineOf } from './line';
import { cellsOf, markdownSection, markdownTable, replaceSection } from './markdown';

const FIGURE = (value: number) => `${value} s`;
const RATIO = { ratio: 7.5, own: 2, other: 15, kept: 3, made: 4 };

describe('markdownTable', () => {
  it('aligns its columns and says what missed its bar', () => {
    const kept = lineOf(RATIO, { what: 'a step', against: 'a peer', figure: FIGURE, bar: 8 });
    const lost = lineOf(
      { ...RATIO, ratio: Number.NaN, kept: 0 },
      { what: 'b', against: 'c', figure: FIGURE, bar: 1 },
    );
    expect(markdownTable([kept, lost])).toBe(
      [
        '| what   | against | ratio | kept | ours | theirs |   asked for |',
        '| ------ | ------- | ----: | ---: | ---: | -----: | ----------: |',
        '| a step | a peer  |  7.50 |  3/4 |  2 s |   15 s | ≥ 8: MISSED |',
        '| b      | c       |     – |  0/4 |      |        |         ≥ 1 |',
      ].join('\n'),
    );
  });

  it('says nothing of bars that were met or not asked for', () => {
    const line = (bar?: number) =>
      lineOf(RATIO, { what: 'a', against: 'b', figure: FIGURE, ...(bar && { bar }) });
    expect(cellsOf(line(7)).at(-1)).toBe('≥ 7');
    expect(cellsOf(line()).at(-1)).toBe('');
  });
});

describe('replaceSection', () => {
  const document = (inner: string) =>
    `# Measured\n\n<!-- npm run bench -- --write: from here -->\n\n${inner}\n\n<!-- npm run bench -- --write: to here -->\n\nend\n`;

  it('replaces what stands between the markers, again and again', () => {
    const section = markdownSection('2026-01-02, a machine', [], ['one', 'two']);
    const once = replaceSection(document('old'), section);
    expect(once).toContain('2026-01-02, a machine.\n\n| what');
    expect(once).toContain('\n\n- one\n- two\n\n<!--');
    expect(once).not.toContain('old');
    expect(replaceSection(once, section)).toBe(once);
  });

  it('refuses a document without them', () => {
    expect(() => replaceSection('# Measured', 'x')).toThrow('missing');
  });
});
