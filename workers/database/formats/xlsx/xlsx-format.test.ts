import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { readFile, readFixture } from '../testing/read-fixture';

describe('an Excel workbook', () => {
  it('is read from its first sheet with cells, below the title, with types', async () => {
    const { rowCount, names, types, rows, dialect, format, notes } = await readFixture(
      'book.xlsx',
      {},
      'x.csv',
    );
    expect([rowCount, dialect.table, dialect.skipLines]).toEqual([12, 'Sales', 2]);
    expect(format).toMatchObject({
      id: 'xlsx',
      tables: [{ name: 'Cover' }, { name: 'Sales' }, { name: 'Groups' }],
    });
    expect(names).toEqual(['id', 'name', 'day', 'when', 'share', 'paid', 'price', 'score', 'at']);
    expect(types).toEqual({
      id: 'integer',
      name: 'text',
      day: 'date',
      when: 'datetime',
      share: 'float',
      paid: 'boolean',
      price: 'float',
      score: 'integer',
      at: 'time',
    });
    expect(rows[2]).toEqual([
      '3',
      '<b>x</b>',
      '2024-01-03',
      '2024-01-03 12:30:15',
      '0.25',
      'true',
      '11.99',
      null,
      '08:02:00',
    ]);
    expect(rows[5]![1]).toBeNull();
    expect(notes).toEqual(['1 cell with an error is left empty.']);
  });

  it('reads the sheet that is chosen, merged names in each column', async () => {
    const { rows, dialect } = await readFixture('book.xlsx', { table: 'Groups', header: false });
    expect(dialect.table).toBe('Groups');
    expect(rows[0]).toEqual(['region', 'north', 'north', 'south', 'south']);
    await expect(readFixture('book.xlsx', { table: 'Cover' })).rejects.toThrow(
      /The sheet “Cover” .* is empty/,
    );
    await expect(readFixture('book.xlsx', { table: 'gone' })).rejects.toThrow(/has no sheet “gone”/);
  });

  it('counts days from 1904 where the workbook does', async () => {
    expect((await readFixture('mac.xlsx')).columns['day']).toEqual([
      '2020-02-28',
      '2020-02-29',
      '2020-03-01',
    ]);
  });

  it('keeps texts apart from numbers and separators, and hides no text that looks like markup or a formula', async () => {
    const cells = ['007', 'a,"b"\nc', '=1+1', '<script>', ' x ', 'NA'];
    const bytes = await writeXlsx({
      sheets: [{ name: 'S', rows: [['t', 'n'], ...cells.map((t, i) => [t, i])] }],
    });
    const { columns } = await readFile(bytes, 'x.xlsx');
    expect(columns['t']).toEqual(cells);
  });

  it('refuses other documents in a sentence', async () => {
    await expect(readFile('\xd0\xcf\x11\xe0', 'x.xls')).rejects.toThrow();
    const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
    await expect(readFile(old, 'x.xls')).rejects.toThrow(
      /old Excel file \(\.xls\), or a workbook with a password/,
    );
  });
});
