import { describe, expect, it } from 'vitest';
import { csvCell, csvRecord } from './csv-cells';

const PLAIN = { neutraliseFormulas: false };
const SAFE = { neutraliseFormulas: true };

describe('csvCell', () => {
  it('quotes what needs quoting and nothing else', () => {
    expect(
      ['a b', 'a,b', 'say "hi"', 'a\nb', ' a', 'a ', "it's", 'a;b'].map((text) => csvCell(text, PLAIN)),
    ).toEqual(['a b', '"a,b"', '"say ""hi"""', '"a\nb"', '" a"', '"a "', "it's", 'a;b']);
  });

  it('tells empty text from no value', () => {
    expect(csvRecord(['', null, 'x'], PLAIN)).toBe('"",,x\r\n');
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
