import { describe, expect, it } from 'vitest';
import { detectDialect } from './detect';

const encode = (text: string) => new TextEncoder().encode(text);
const detect = (text: string, overrides = {}) => detectDialect(encode(text), true, overrides);

describe('delimiter and quote', () => {
  it.each([
    [',', 'a,b\n1,2\n3,4\n'],
    [';', 'a;b\n1,5;2\n3,5;4\n'],
    ['\t', 'a\tb\n1,5\tx, y\n3\tz\n'],
    ['|', 'a|b\n1|x;y\n2|z\n'],
    [',', 'just one column\nof words\n'],
  ])('finds %j', (delimiter, text) => {
    expect(detect(text).dialect.delimiter).toBe(delimiter);
  });

  it('is not misled by delimiters inside quotes or in prose', () => {
    expect(detect('id;note\n1;"a,b,c"\n2;"d,e,f"\n3;"g,h,i"\n').dialect.delimiter).toBe(';');
    expect(detect('name,text\nx,"one; two"\ny,three; four; five\nz,six\n').dialect.delimiter).toBe(',');
  });

  it('is none where commas stand in sentences', () => {
    const { rowFields, header } = detect('review\nGood, not great\nOK, but slow\nBad, bad, bad\nFine\n');
    expect([rowFields, header]).toEqual([1, ['review']]);
    expect(detect('Report\nid, name\n1, ann\n2, bob\n').rowFields).toBe(2);
  });

  it('is a rare mark where that alone cuts the names too', () => {
    const { dialect, header } = detect('id~name~v\n1~a, b~2\n2~c, d~3\n3~e, f~4\n');
    expect([dialect.delimiter, header]).toEqual(['~', ['id', 'name', 'v']]);
    expect(detect('Report: x\nid,at\n1,10:30\n2,11:45\n').dialect.delimiter).toBe(',');
  });

  it('finds single quotes where they quote', () => {
    const { dialect } = detect("a,b\n1,'x, y'\n2,'z, w'\n3,'it, is'\n");
    expect([dialect.quote, dialect.delimiter]).toEqual(["'", ',']);
    expect(detect("a,b\n1,it's\n2,x\n").dialect.quote).toBe('"');
  });

  it('lets overrides win and steer the rest', () => {
    const { dialect, header } = detect('a;b,c\n1;2,3\n', { delimiter: ';' });
    expect([dialect.delimiter, dialect.decimal, header]).toEqual([';', ',', ['a', 'b,c']]);
  });

  it.each([{ delimiter: '' }, { delimiter: '\n' }, { quote: 'x', delimiter: 'x' }])(
    'refuses %j',
    (overrides) => {
      expect(() => detect('a,b\n1,2\n', overrides)).toThrow(/delimiter/);
    },
  );
});

describe('delimiters of several bytes', () => {
  it.each(['§', '||', '<>', '€'])('%s', (delimiter) => {
    const text = ['a', 'b', 'c'].join(delimiter);
    const { header, rowFields } = detect(`${text}\n1${delimiter}2<3${delimiter}4\n`, { delimiter });
    expect([header, rowFields]).toEqual([['a', 'b', 'c'], 3]);
  });
});

describe('encoding', () => {
  const text = 'größe,preis\nklein,5\n';
  const utf16 = (bigEndian: boolean, mark: boolean) => {
    const units = (mark ? `\ufeff${text}` : text).split('').map((unit) => unit.charCodeAt(0));
    const view = new DataView(new ArrayBuffer(units.length * 2));
    units.forEach((unit, i) => {
      view.setUint16(2 * i, unit, !bigEndian);
    });
    return new Uint8Array(view.buffer);
  };
  it.each([
    ['utf-8', encode(text)],
    ['utf-8', encode(`\ufeff${text}`)],
    ['windows-1252', Uint8Array.from(text, (c) => c.charCodeAt(0))],
    ['utf-16le', utf16(false, true)],
    ['utf-16le', utf16(false, false)],
    ['utf-16be', utf16(true, true)],
    ['utf-16be', utf16(true, false)],
  ])('finds %s and reads the names', (encoding, bytes) => {
    const { dialect, header } = detectDialect(bytes, true, {});
    expect([dialect.encoding, header]).toEqual([encoding, ['größe', 'preis']]);
  });

  it('does not mistake a character cut by the end of the head for another encoding', () => {
    const bytes = encode('a,b\n1,é');
    expect(detectDialect(bytes.subarray(0, bytes.length - 1), false, {}).dialect.encoding).toBe('utf-8');
  });
});

describe('header and lines above it', () => {
  it.each([
    [true, 'name,age\nAnn,3\nBob,4\n'],
    [false, '1,2\n3,4\n'],
    [false, '1,null,0\n2,0,0\n'],
    [true, 'first,last\nAnn,Lee\nBob,May\n'],
    [false, 'foo\nfoo\nfoo\n'],
    [true, 'region,2010,2011,2012\nnorth,5,6,7\n'],
  ])('header %s', (header, text) => {
    expect(detect(text).dialect.header).toBe(header);
  });

  it('skips titles, notes and blank lines', () => {
    const { dialect, header } = detect(
      'Sales report,,\n\n"made, by hand",,\nname,age,sex\nAnn,3,f\nBob,4,m\n',
    );
    expect([dialect.skipLines, header]).toEqual([3, ['name', 'age', 'sex']]);
  });

  it('follows the lines to skip that a person sets', () => {
    expect(detect('x,y\nname,age\nAnn,3\n', { skipLines: 1 }).header).toEqual(['name', 'age']);
  });

  it('reads Mac line ends', () => {
    const { newline, rowFields } = detect('a,b\r1,2\r3,4\r');
    expect([newline, rowFields]).toEqual(['cr', 2]);
  });
});

describe('decimal mark and nulls', () => {
  it.each([
    ['.', 'a,b\n1.5,2\n'],
    [',', 'a;b\n1,5;2\n'],
    [',', 'a;b\n1.234,5;2\n'],
    ['.', 'a\tb\n1,234.5\t2\n'],
    ['.', 'a,b\n"1,234",2\n'],
    [',', 'a;b\n1.234;5\n'],
  ])('decimal %s', (decimal, text) => {
    expect(detect(text).dialect.decimal).toBe(decimal);
  });

  it('lists the unmistakable spellings that occur', () => {
    expect(detect('a,b\nNA,?\n1, null\n-,None\n').dialect.nullValues).toEqual(['', 'NA', 'null', '?']);
  });
});
