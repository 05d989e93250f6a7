import { tableFromIPC } from '@uwdata/flechette';
import { describe, expect, it } from 'vitest';
import { RecordScanner } from './record-scanner';
import { RowCollector } from './row-collector';
import type { RowShape } from './row-shape';

function collect(text: string, shape: RowShape, spellings: readonly string[] = []) {
  const collector = new RowCollector(shape, spellings);
  const scanner = new RecordScanner({ delimiter: ',', quote: '"', newline: 'lf' }, collector);
  scanner.push(new TextEncoder().encode(text), true);
  const tables = collector.drain(true).map(({ ipc }) => tableFromIPC(ipc));
  const rows = tables.flatMap((table) => table.toArray().map((row) => Object.values(row)));
  return { collector, rows };
}

const TWO: RowShape = { columns: 2, minimum: 2 };

describe('RowCollector', () => {
  it('tells no value (unquoted and blank) from an empty text (quoted)', () => {
    expect(collect('a,\nb,"" \n c,  \n', TWO).rows).toEqual([
      ['a', null],
      ['b', ''],
      [' c', null],
    ]);
  });

  it('rejects rows of a wrong width with line and reason, and takes the others', () => {
    const { collector, rows } = collect('1,2\n3\n4,5,6\n7,8,,\n\n9,10\n', TWO);
    expect(rows).toEqual([
      ['1', '2'],
      ['7', '8'],
      ['9', '10'],
    ]);
    expect(collector.rejections).toEqual([
      { line: 2, column: null, reason: 'the row has 1 of 2 fields', text: '3' },
      { line: 3, column: null, reason: 'the row has 3 fields where 2 were expected', text: '4,5,6' },
    ]);
    expect(collector.lines.at(2)).toBe(6);
  });

  it('pads rows when the names outnumber the values of every row', () => {
    expect(collect('1,2\n', { columns: 3, minimum: 2 }).rows).toEqual([['1', '2', null]]);
  });

  it('keeps empty lines of a one-column table as rows without a value', () => {
    expect(collect('a\n\nb\n', { columns: 1, minimum: 1 }).rows).toEqual([['a'], [null], ['b']]);
  });

  it('lists 200 rejections and counts all', () => {
    const { collector } = collect('x\n'.repeat(500), TWO);
    expect([collector.rejectedCount, collector.rejections.length]).toEqual([500, 200]);
  });

  it('counts null spellings per column, blanks around them ignored', () => {
    const { collector } = collect('NA,x\n NA,"NA"\nNAN,?\n', TWO, ['NA', '?']);
    expect([...collector.nullSpellings.counts]).toEqual([2, 0, 1, 1]);
  });

  it('cuts batches of bounded size without losing rows', () => {
    const { rows } = collect(
      Array.from({ length: 40_000 }, (_, i) => `${i},${'y'.repeat(300)}\n`).join(''),
      TWO,
    );
    expect(rows.length).toBe(40_000);
    expect(rows[39_999]![0]).toBe('39999');
  });
});
