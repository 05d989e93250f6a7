import { describe, expect, it } from 'vitest';
import { detectPrimaryKey } from '../../../../src/domain/primary-key';
import { fixture, readFile, readFixture } from '../testing/read-fixture';

describe('an SQLite database', () => {
  it('is read from its first table with rows, with types by declaration and content', async () => {
    const table = await readFixture('shop.sqlite', {}, 'x.txt');
    expect(table.dialect.table).toBe('orders');
    expect(table.format?.tables).toEqual([
      { name: 'empty', rowCount: 0 },
      { name: 'orders', rowCount: 10 },
      { name: 'customers', rowCount: 0 },
      { name: 'odd "name" <b>', rowCount: 1 },
      { name: 'texts', rowCount: 8 },
      { name: 'cheap' },
    ]);
    expect(table.types).toEqual({
      code: 'integer',
      customer: 'text',
      day: 'date',
      made: 'datetime',
      price: 'float',
      paid: 'boolean',
      zip: 'text',
      any: 'text',
      pic: 'text',
      big: 'text',
    });
    expect(table.rows[1]).toEqual([
      '2',
      'Bö',
      '2024-01-02',
      '2024-01-02 10:00:01',
      '1.5',
      'true',
      '01123',
      '2.5',
      '01ff',
      '9007199254740994',
    ]);
    expect(table.profiles['price']!.format).toEqual({ number: { minDecimals: 2, maxDecimals: 2 } });
    expect(table.notes).toEqual([
      '“customer” refers to “name” of the table “customers”.',
      '“pic” holds bytes, read as hexadecimal digits.',
    ]);
  });

  it('takes the key of the schema for the key', async () => {
    const { profiles } = await readFixture('shop.sqlite');
    expect(profiles['code']!.isKey).toBe(true);
    expect(detectPrimaryKey(Object.values(profiles))).toBe('code');
  });

  it('reads the table or view that is chosen, whatever its name', async () => {
    expect((await readFixture('shop.sqlite', { table: 'odd "name" <b>' })).rows).toEqual([['1']]);
    expect((await readFixture('shop.sqlite', { table: 'cheap' })).rowCount).toBe(3);
    await expect(readFixture('shop.sqlite', { table: 'gone' })).rejects.toThrow(/has no table “gone”/);
    await expect(readFixture('shop.sqlite', { table: 'empty' })).rejects.toThrow(/no rows to import/);
  });

  it('tells types from the texts of a table that is all text', async () => {
    const { types } = await readFixture('shop.sqlite', { table: 'texts' });
    expect(types).toEqual({ id: 'integer', amount: 'float', day: 'date' });
  });

  it('opens a database that is written with a log beside it', async () => {
    const bytes = fixture('shop.sqlite');
    bytes.fill(2, 18, 20);
    const { rowCount, notes } = await readFile(bytes, 'x.db');
    expect(rowCount).toBe(10);
    expect(notes.at(-1)).toMatch(/“-wal” file/);
  });
});
