import { describe, expect, it } from 'vitest';
import { unescaped } from './backslashes';
import { RecordScanner } from './record-scanner';
import { scanHead } from './scan-text';
import type { Separators } from './scanned-record';

const COMMA: Separators = { delimiter: ',', quote: '"', newline: 'lf' };

/** Rows of two columns (or `columns`), with what was reported, however the bytes are cut. */
function scan(text: string, columns = 2, separators = COMMA) {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const runs = [bytes.length, 1, 3].map((size) => {
    const rows: string[][] = [];
    const lines: number[] = [];
    const malformed: number[] = [];
    const mended: number[] = [];
    const scanner = new RecordScanner(
      separators,
      {
        record(record) {
          const cells = Array.from({ length: record.fields }, (_, i) => {
            const field = record.bytes.subarray(record.starts[i], record.ends[i]);
            const kind = record.quoting[i]!;
            return kind > 2
              ? decoder.decode(unescaped(field, separators))
              : kind === 2
                ? decoder.decode(field).replaceAll('""', '"')
                : decoder.decode(field);
          });
          rows.push(cells);
          lines.push(record.line);
          if (record.mended) mended.push(record.line);
        },
        malformed: (line) => malformed.push(line),
      },
      1,
      { columns, minimum: columns },
    );
    for (let at = 0; at < bytes.length; at += size) {
      scanner.push(bytes.slice(at, at + size), at + size >= bytes.length);
    }
    return { rows, lines, malformed, mended };
  });
  expect(runs[1]).toEqual(runs[0]);
  expect(runs[2]).toEqual(runs[0]);
  return runs[0]!;
}

describe('line ends', () => {
  const rows = [
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ];
  it.each([
    ['a last CR without LF', 'a,b\r\n1,2\r\n3,4\r'],
    ['a last CR after a quote', 'a,b\r\n1,2\r\n3,"4"\r'],
    ['CR CR LF', 'a,b\r\r\n"1",2\r\r\n3,"4"\r\r\n'],
    ['LF and CR LF', 'a,b\n1,2\r\n3,4\n'],
    ['a lone CR between rows', 'a,b\n1,2\r3,4\n'],
    ['lone CRs in the line of the names', 'a,b\r1,2\r3,4\n'],
  ])('%s', (_, text) => {
    expect(scan(text).rows).toEqual(rows);
  });

  it.each([
    ['CR with one LF', 'a,b\r1,2\n3,4\r'],
    ['CR with one CR LF', 'a,b\r1,2\r\n3,4\r'],
    ['CR after quotes', 'a,"b"\r"1","2"\r3,4'],
  ])('%s', (_, text) => {
    const read = scan(text, 2, { ...COMMA, newline: 'cr' });
    expect(read.rows).toEqual(rows);
    expect(read.lines).toEqual([1, 2, 3]);
  });

  it('leaves a CR in a cell where the row is whole with it', () => {
    expect(scan('1,a\rb\n').rows).toEqual([['1', 'a\rb']]);
  });
});

describe('rows that break the rules of quoting', () => {
  it.each([
    ['3,"6" bolt"', ['3', '6" bolt']],
    ['"5" pipe","x"', ['5" pipe', 'x']],
    ['1,"he said "yes", twice"', ['1', 'he said "yes", twice']],
    ['1,"ends with a "quote""', ['1', 'ends with a "quote"']],
    ['"a "b"",2', ['a "b"', '2']],
    ['"the "big", the "bad"",2', ['the "big", the "bad"', '2']],
  ])('%s', (line, cells) => {
    const { rows, mended, malformed } = scan(`1,2\n${line}\n3,4\n`);
    expect(rows).toEqual([['1', '2'], cells, ['3', '4']]);
    expect([mended, malformed]).toEqual([[2], []]);
  });

  it.each(['1,"a" b "c', '1,"x" y,z", w', '"a" b'])(
    '%s has no reading of two cells and is listed alone',
    (line) => {
      const { rows, malformed } = scan(`1,2\n${line}\n3,4\n`);
      expect(malformed).toEqual([2]);
      expect(rows).toEqual([
        ['1', '2'],
        ['3', '4'],
      ]);
    },
  );

  it('costs one row when a quote opens in it and one closes 20 rows below', () => {
    const body = Array.from({ length: 20 }, (_, i) => `${i},x${i}\n`).join('');
    const { rows, malformed } = scan(`1,"never closed\n${body}21,stray"\n22,y\n`);
    expect(malformed).toEqual([1]);
    expect(rows).toHaveLength(22);
  });

  it('takes a quoted text of many lines, commas or not', () => {
    const text = 'Dear Ann,\n\nthe parts, at last, are here\nyours, Bob\n';
    expect(scan(`1,"${text}"\n2,x\n`).rows).toEqual([
      ['1', text],
      ['2', 'x'],
    ]);
  });

  it('reads nothing leniently without a number of fields', () => {
    const { records, malformed } = scanHead(new TextEncoder().encode('a,b\n1,"x" y"\n'), COMMA, true, 10);
    expect([records.length, malformed]).toEqual([1, 1]);
  });
});

describe('backslashes', () => {
  const escaped: Separators = { ...COMMA, escape: 'backslash' };
  it.each([
    ['1,"she said \\"hi\\""', ['1', 'she said "hi"']],
    ['1,"ends with one \\\\"', ['1', 'ends with one \\']],
    ['1,plain\\, with comma', ['1', 'plain, with comma']],
    ['1,"C:\\new\\N"', ['1', 'C:\\new\\N']],
    ['1,"both ""ways"" \\"here\\""', ['1', 'both "ways" "here"']],
    ['1,\\N', ['1', '\\N']],
    ['1,\\"x\\"', ['1', '"x"']],
    ['1,last\\', ['1', 'last\\']],
  ])('%s', (line, cells) => {
    expect(scan(`1,2\n${line}\n3,4\n`, 2, escaped).rows).toEqual([['1', '2'], cells, ['3', '4']]);
  });
});
