import { describe, expect, it } from 'vitest';
import type { CsvDialect } from '../../domain/sources';
import { rowsToAppend, whyNotAfter } from './append';

const DIALECT: CsvDialect = {
  ...{ encoding: 'utf-8', delimiter: ',', quote: '"', header: true, skipLines: 0, decimal: '.' },
  nullValues: [],
};
const sniffed = (columns: string[], dialect: Partial<CsvDialect> = {}) => ({
  dialect: { ...DIALECT, ...dialect },
  preview: { columns },
});
const of = (text: string | Uint8Array<ArrayBuffer>) => new File([text], 'rows.csv');
const appended = async (there: string, rows: string | Uint8Array<ArrayBuffer>, hasNames = true) =>
  new Blob([there, ...(await rowsToAppend(of(there), of(rows), hasNames))]).text();

describe('rows that follow those of a file', () => {
  it('come without their names, on lines of their own', async () => {
    expect(await appended('a,b\n1,2\n', 'a,b\n3,4\n')).toBe('a,b\n1,2\n3,4\n');
    expect(await appended('a,b\r\n1,2', 'a,b\r\n3,4\r\n')).toBe('a,b\r\n1,2\r\n3,4\r\n');
    expect(await appended('{"a":1}\n', '{"a":2}\n', false)).toBe('{"a":1}\n{"a":2}\n');
  });

  it('come without names that hold line ends, and without a mark of their encoding', async () => {
    expect(await appended('"a\nx",b\n1,2\n', '"a\nx",b\n3,4\n')).toBe('"a\nx",b\n1,2\n3,4\n');
    const marked = new TextEncoder().encode('\uFEFFa,b\n3,4\n');
    expect(await appended('a,b\n1,2\n', marked)).toBe('a,b\n1,2\n3,4\n');
  });

  it('have to have its columns and its marks', () => {
    const there = sniffed(['a', 'b']);
    expect(whyNotAfter(there, sniffed(['a', 'b']), 'It')).toBeNull();
    expect(whyNotAfter(there, sniffed(['a', 'c']), 'It')).toContain('other columns (“c”, “b”)');
    expect(whyNotAfter(there, sniffed(['b', 'a']), 'It')).toContain('another order');
    expect(whyNotAfter(there, sniffed(['a', 'b'], { delimiter: '\t' }), 'It')).toContain(
      '“tab” between cells',
    );
    expect(whyNotAfter(there, sniffed(['a', 'b'], { decimal: ',' }), 'It')).toContain('“,” in numbers');
    expect(whyNotAfter(there, sniffed(['a', 'b'], { encoding: 'shift_jis' }), 'It')).toContain('shift_jis');
    expect(whyNotAfter(sniffed(['a'], { encoding: 'utf-16le' }), sniffed(['a']), 'It')).toContain('utf-16le');
  });
});
