import { describe, expect, it } from 'vitest';
import { csvCell } from './csv-cell';

const PLAIN = { neutraliseFormulas: false };
const SAFE = { neutraliseFormulas: true };

describe('csvCell', () => {
  it('quotes what needs quoting and nothing else', () => {
    expect(
      ['a b', 'a,b', 'say "hi"', 'a\nb', ' a', 'a ', "it's", 'a;b'].map((text) => csvCell(text, PLAIN)),
    ).toEqual(['a b', '"a,b"', '"say ""hi"""', '"a\nb"', '" a"', '"a "', "it's", 'a;b']);
  });

  it('quotes an empty text, so that it is not taken for no value', () => {
    expect(csvCell('', PLAIN)).toBe('""');
  });

  it('neutralises formulas on request and leaves signed numbers alone', () => {
    const cells = ['=1+1', '+cmd', '-cmd', '@sum', '\tx', '\rx', '-5', '+4.5e3', 'a=b'];
    expect(cells.map((text) => csvCell(text, SAFE))).toEqual([
      "'=1+1",
      "'+cmd",
      "'-cmd",
      "'@sum",
      "'\tx",
      '"\'\rx"',
      '-5',
      '+4.5e3',
      'a=b',
    ]);
    expect(csvCell('=1+1', PLAIN)).toBe('=1+1');
  });
});
