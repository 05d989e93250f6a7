import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/domain/errors';
import { detectPrimaryKey } from '../../../../src/domain/primary-key';
import { queryRow } from '../../duckdb/arrow';
import { ATTACHED, type SqlEngine } from '../../duckdb/sql';
import { importFile } from '../../import/import-file';
import { sharedEngine } from '../../testing/shared-engine';
import { databaseFixture, readFile } from '../testing/read-fixture';

const ODD = 'odd "name" <b>; DROP TABLE orders; --';
/** Of a database, by column. */
const CELLS = {
  code: ['integer', '1'],
  customer: ['text', 'Bö'],
  // Beyond 2^53 they are codes, and texts keep them.
  big: ['text', '9007199254740994'],
  huge: ['text', '170141183460469231731687303715884105719'],
  ubig: ['text', '18446744073709551601'],
  price: ['float', '0.25'],
  wide: ['float', '12345678901234567000'],
  day: ['date', '2024-01-02'],
  made: ['datetime', '2024-01-02 10:00:01.123456'],
  sec: ['datetime', '2024-01-02 10:00:00'],
  nano: ['datetime', '2024-01-02 10:00:00.123456'],
  zoned: ['datetime', '2024-01-02 08:00:00'],
  clock: ['time', '10:00:01.5'],
  zclock: ['text', '10:00:01+02'],
  paid: ['boolean', 'false'],
  f: ['float', '0.5'],
  d: ['float', '0.3333333333333333'],
  u: ['text', '00000000-0000-0000-0000-00000000000a'],
  pic: ['text', 'ff01'],
  gap: ['text', '3 days'],
  bits: ['text', '0101'],
  feel: ['text', 'ok'],
  's.a': ['integer', '1'],
  's.b "c.d': ['date', '2020-02-29'],
  's.b "c.h': ['integer', '5'],
  l: ['text', '[1,null,3]'],
  m: ['text', '[["k",1]]'],
  un: ['text', '1'],
  lt: ['text', '[{"at":"2024-01-02 10:00:00","p":1.5}]'],
  small: ['integer', null],
};

function read(name: string, table?: string, as = 'shop.db') {
  return readFile(databaseFixture(name), as, table === undefined ? {} : { table });
}

const OPTIONS = { overrides: {}, sqlTable: 'asked', onProgress: () => {}, checkpoint: () => {} };

/** The engine, and how many files it has open. */
async function counted(): Promise<{ sql: SqlEngine; open: () => number }> {
  const sql = await sharedEngine();
  let open = 0;
  const openFile: SqlEngine['openFile'] = async (file, checkpoint) => {
    const opened = await sql.openFile(file, checkpoint);
    open++;
    return {
      ...opened,
      close() {
        open--;
        opened.close();
      },
    };
  };
  return { sql: { ...sql, openFile }, open: () => open };
}

beforeAll(async () => {
  await read('spies');
}, 120_000);

describe('a DuckDB database', () => {
  it.each(['shop', 'shop-1.4', 'shop-0.9'])('keeps its types (%s)', async (name) => {
    const table = await read(name, 'orders');
    expect(table.format?.tables).toEqual([
      { name: 'customers', rowCount: 2 },
      { name: 'empty', rowCount: 0 },
      { name: ODD, rowCount: 1 },
      { name: 'orders', rowCount: 10 },
      { name: 'pair', rowCount: 1 },
      { name: 'other.orders', rowCount: 1 },
      { name: 'cheap' },
      { name: 'endless' },
    ]);
    const cells = Object.entries(table.columns).map(([column, values]) => [
      column,
      [table.types[column], values[1]],
    ]);
    // DuckDB itself reads times with an offset, as 0.9 stored them, as others.
    const { zclock: _, ...kept } = CELLS;
    expect(Object.fromEntries(cells)).toMatchObject(name === 'shop-0.9' ? kept : CELLS);
    expect(Object.keys(table.columns)).toEqual(Object.keys(CELLS));
    expect(table.previewed).toEqual(table.rows);
    expect(table.profiles['price']!.format?.number).toMatchObject({ minDecimals: 2, maxDecimals: 2 });
    expect(table.notes).toEqual([
      '“customer” refers to “name” of the table “customers”.',
      '“l”, “m”, “lt” hold lists, maps or the like, read as JSON text.',
      '“pic” holds bytes, read as text, or as hexadecimal digits where they are none.',
      '“wide” holds decimals of more than 15 digits, of which 15 to 17 are kept.',
      '“zoned” has times with a zone, read as UTC.',
      '“zclock” is TIME WITH TIME ZONE, read as text.',
      '“gap” is INTERVAL, read as text.',
      '“bits” is BIT, read as text.',
      '“un” is UNION, read as text.',
    ]);
    expect(detectPrimaryKey(Object.values(table.profiles))).toBe('code');
  });

  it('reads the table or view that is chosen, whatever its name', async () => {
    const first = await read('shop');
    expect([first.dialect.table, first.format?.id]).toEqual(['customers', 'duckdb']);
    const odd = await read('shop', ODD);
    expect([odd.names, odd.rows]).toEqual([[`a "b", 'c'`], [['1']]]);
    expect((await read('shop', 'other.orders')).rows).toEqual([['7']]);
    expect((await read('shop', 'cheap')).rowCount).toBe(4);
    await expect(read('shop', 'gone')).rejects.toThrow(/has no table “gone”/);
    await expect(read('shop', 'empty')).rejects.toThrow(/no rows to import/);
  });

  it('is read out of an archive, of which several are no table together', async () => {
    const bytes = databaseFixture('spies');
    const packed = zipSync({ 'a.duckdb': bytes, 'b.duckdb': bytes });
    expect((await readFile(packed, 'all.zip', { entry: 'b.duckdb' })).rowCount).toBe(3);
    await expect(readFile(packed, 'all.zip', { union: 'tables' })).rejects.toThrow(
      /a\.duckdb is a DuckDB database, of which several cannot be read as one table/,
    );
  });
});

describe('a view', () => {
  it.each(['spy_csv', 'spy_named', 'spy_http', 'spy_web', 'spy_glob'])(
    '%s that names a file or an address reads nothing',
    async (view) => {
      const error = await read('spies', view).catch((cause) => cause);
      expect(error).toBeInstanceOf(UserError);
      expect(error.message).toBe(
        `The view “${view}” of “shop.db” reads what lies outside the database, which nothing in a file may do here. Choose a table, or run COPY (FROM name) TO ‘name.parquet’ in DuckDB, and read that file.`,
      );
      expect((await read('spies')).rows).toEqual([['0'], ['1'], ['2']]);
    },
  );
});

describe('nothing stays attached', () => {
  it('after an import, an error and a cancel', async () => {
    const { sql, open } = await counted();
    const file = new File([databaseFixture('shop') as BlobPart], 'shop.duckdb');
    await importFile(sql, file, OPTIONS);
    await expect(importFile(sql, file, { ...OPTIONS, overrides: { table: 'gone' } })).rejects.toThrow();
    const stop = () => {
      throw new UserError('canceled', 'Reading was cancelled.');
    };
    await expect(importFile(sql, file, { ...OPTIONS, checkpoint: stop })).rejects.toThrow('cancelled');
    expect(open()).toBe(0);
    await sql.query('DROP TABLE asked');
    const databases = await queryRow(
      sql,
      `SELECT count(*)::INTEGER AS n FROM duckdb_databases() WHERE database_name = '${ATTACHED}'`,
    );
    expect(databases['n']).toBe(0);
  });

  it('and the tables that are kept here cannot be reached from it, nor changed by it', async () => {
    const sql = await sharedEngine();
    const file = new File([databaseFixture('shop') as BlobPart], 'shop.duckdb');
    const opened = await sql.openFile(file, () => {});
    try {
      for (const statement of [
        'CREATE TABLE attached.main.more (a INTEGER)',
        "COPY attached.main.customers TO '/tmp/customers.csv'",
        "ATTACH '/tmp/other.duckdb' AS other",
        'SET enable_external_access = true',
      ])
        await expect(opened.query(statement)).rejects.toThrow(/read-only|disabled|locked/);
    } finally {
      opened.close();
    }
  });
});

describe('a database that cannot be read is refused with what to do', () => {
  const cut = () => databaseFixture('shop').slice(0, 40_000);
  const older = () => withVersion(51);
  it.each([
    [
      'newer',
      () => databaseFixture('newer'),
      /newer version than DuckDB 1\.4 \(storage version 68\).*COPY name TO .* STORAGE_VERSION/,
    ],
    ['older', older, /versions before 0\.9 wrote it \(storage version 51\).*COPY name TO/],
    ['encrypted', () => databaseFixture('encrypted'), /an encrypted DuckDB database.*COPY name TO/],
    ['cut in its header', () => cut().slice(0, 9_000), /only 9,000 bytes are there\. Copy it again/],
    ['cut', cut, /looks like a DuckDB database and cannot be read as one: .*COPY name TO/],
    ['damaged', damaged, /looks like a DuckDB database and cannot be read as one: .*COPY name TO/],
  ])('%s', async (_, bytes, sentence) => {
    const error = await readFile(bytes(), 'x.duckdb').catch((cause) => cause);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(sentence);
    expect((await read('spies')).rowCount).toBe(3);
  });

  it('larger than 2 GB, before any of it is read', async () => {
    const { sql } = await counted();
    const file = new File([databaseFixture('spies') as BlobPart], 'x.duckdb');
    Object.defineProperty(file, 'size', { value: 2 ** 31 + 1 });
    await expect(importFile(sql, file, OPTIONS)).rejects.toThrow(/larger than 2 GB/);
  });
});

function withVersion(version: number): Uint8Array {
  const bytes = databaseFixture('spies').slice();
  bytes[12] = version;
  return bytes;
}

/** Each block has another byte, so that none is what its checksum says. */
function damaged(): Uint8Array {
  const bytes = databaseFixture('shop').slice();
  for (let at = 3 * 4_096 + 100; at < bytes.length; at += 4_096) bytes[at]! ^= 1;
  return bytes;
}
