import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../../src/domain/csv-cell';
import { MAX_QUOTED_BYTES, RecordScanner } from './record-scanner';
import type { ScannedRecord, Separators } from './scanned-record';

const COMMA: Separators = { delimiter: ',', quote: '"', newline: 'lf' };
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function scan(text: string | Uint8Array, separators = COMMA, cuts: readonly number[] = []) {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text;
  const records: { line: number; cells: string[] }[] = [];
  const malformed: { line: number; field: number; text: string }[] = [];
  const scanner = new RecordScanner(separators, {
    record(record: ScannedRecord) {
      const cells = Array.from({ length: record.fields }, (_, i) => {
        const cell = decoder.decode(record.bytes.subarray(record.starts[i], record.ends[i]));
        return record.quoting[i] === 2 ? cell.replaceAll('""', '"') : cell;
      });
      records.push({ line: record.line, cells });
    },
    malformed: (line, field, _reason, at) => malformed.push({ line, field, text: decoder.decode(at) }),
  });
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const to = Math.max(from, Math.min(cut, bytes.length));
    scanner.push(bytes.slice(from, to), false);
    from = to;
  }
  scanner.push(bytes.slice(from), true);
  return { records, malformed, rows: records.map(({ cells }) => cells) };
}

describe('RecordScanner', () => {
  it('reads the same of long chunks, wherever they are cut', () => {
    const long = `"${'many\nlines, '.repeat(12_000)}"`;
    const line = (i: number) => (i === 9_000 ? `${long},9000` : `row ${i},"a ""quoted"" one\nof two lines"`);
    const bytes = encoder.encode(Array.from({ length: 12_000 }, (_, i) => line(i)).join('\n'));
    const whole = scan(bytes);
    expect(whole.rows).toHaveLength(12_000);
    const middle = Math.floor(bytes.length / 2);
    for (const cuts of [[middle], [100_000, 100_001, 290_007], [70_003, middle + 20_000, bytes.length - 9]]) {
      expect(scan(bytes, COMMA, cuts)).toEqual(whole);
    }
  });

  it('reads LF, CRLF and a last line without end', () => {
    expect(scan('a,b\r\n1,2\n3,4').rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('reads the lone CR of old Macintosh files', () => {
    expect(scan('a,b\r1,"x\ry"\r', { ...COMMA, newline: 'cr' }).rows).toEqual([
      ['a', 'b'],
      ['1', 'x\ry'],
    ]);
  });

  it('keeps delimiters, line ends and doubled quotes inside quotes, and counts their lines', () => {
    const { records } = scan('a\n"x,\n""y"""\nb\n');
    expect(records).toEqual([
      { line: 1, cells: ['a'] },
      { line: 2, cells: ['x,\n"y"'] },
      { line: 4, cells: ['b'] },
    ]);
  });

  it('allows blanks around quotes and quotes inside plain fields', () => {
    expect(scan('1, "a,b" ,6" nail\n').rows).toEqual([['1', 'a,b', '6" nail']]);
  });

  it('reads nothing into quotes when there is no quote character', () => {
    expect(scan('"a,b"\n', { ...COMMA, quote: '' }).rows).toEqual([['"a', 'b"']]);
  });

  it('costs one line when a quote is never closed', () => {
    const { rows, malformed } = scan('a,b\n1,"oops\n2,x\n3,y\n');
    expect(malformed).toEqual([{ line: 2, field: 1, text: '1,"oops' }]);
    expect(rows).toEqual([
      ['a', 'b'],
      ['2', 'x'],
      ['3', 'y'],
    ]);
  });

  it('costs one line each when two stray quotes enclose good rows', () => {
    const { rows, malformed } = scan('1,"oops\n2,x\n3,"oh\n4,y\n');
    expect(malformed.map(({ line }) => line)).toEqual([1, 3]);
    expect(rows).toEqual([
      ['2', 'x'],
      ['4', 'y'],
    ]);
  });

  it('gives up on a quoted field of more than 4 MB', () => {
    const body = `${'x'.repeat(1023)}\n`.repeat(MAX_QUOTED_BYTES / 1024 + 2);
    const { malformed, records } = scan(`1,"${body}"\n`);
    expect(malformed[0]).toMatchObject({ line: 1, field: 1 });
    expect(records.length).toBeGreaterThan(4000);
  });

  it('takes quoted cells of 100 kB', () => {
    const cell = `${'é,"\n'.repeat(25_000)}`;
    expect(scan(`a,${csvCell(cell, { neutraliseFormulas: false })}\n`, COMMA, [7, 99_999]).rows).toEqual([
      ['a', cell],
    ]);
  });

  it('reads back what the exporter writes, however the bytes are cut into chunks', () => {
    const cell = fc.oneof(
      fc.string({
        unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '\t', ';', '=', 'é', '😀', '\u202e', '\ufeff'),
      }),
      fc.string({ unit: 'binary' }),
    );
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(table, fc.array(fc.nat(400), { maxLength: 8 }), (rows, cuts) => {
        // UTF-8 cannot hold lone surrogates.
        const clean = rows.map((row) => row.map((text) => text.toWellFormed()));
        const text = clean
          .map((row) => `${row.map((value) => csvCell(value, { neutraliseFormulas: false })).join(',')}\r\n`)
          .join('');
        expect(scan(text, COMMA, cuts).rows).toEqual(clean);
      }),
      { numRuns: 150 },
    );
  });
});
