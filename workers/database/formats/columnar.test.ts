import { describe, expect, it } from 'vitest';
import { queryRows } from '../duckdb/arrow';
import { columnId } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { INSTANTS, TYPES } from './testing/arrow-types';
import { readFile, readFixture } from './testing/read-fixture';

const CODECS = ['none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4'].map((codec) => `types-${codec}.parquet`);
const ARROW = ['types-lz4.arrow', 'types-zstd.feather', 'types.arrows'];

describe.each([...CODECS, ...ARROW])('%s', (name) => {
  it('has every cell as it was written', async () => {
    // Its ending lies.
    const table = await readFixture(name, {}, 'table.csv');
    expect(table.format?.id).toBe(name.endsWith('.parquet') ? 'parquet' : 'arrow');
    for (const [column, [type, cells]] of Object.entries(TYPES)) {
      expect([column, table.types[column], table.columns[column]]).toEqual([column, type, cells]);
    }
    const sql = await sharedEngine();
    for (const [column, instants] of Object.entries(INSTANTS)) {
      const id = columnId(table.names.indexOf(column));
      const rows = await queryRows(sql, `SELECT epoch_us(${id}) AS v FROM read ORDER BY rowid`);
      expect([column, table.types[column], rows.map(({ v }) => v)]).toEqual([column, 'datetime', instants]);
    }
    expect(table.names).toHaveLength(Object.keys(TYPES).length + Object.keys(INSTANTS).length);
    expect(table.previewed).toEqual(table.rows);
    expect(table.rejectedCount).toBe(0);
  });
});

describe('Parquet', () => {
  it('keeps how decimals are written, and says what was flattened', async () => {
    const { profiles, notes } = await readFixture('types-none.parquet');
    expect(profiles['dec']!.format).toEqual({ number: { minDecimals: 2, maxDecimals: 2 } });
    expect(profiles['decwide']!.exceedsSafeInteger).toBe(true);
    expect(profiles['u64']!.exceedsSafeInteger).toBe(true);
    expect(notes.join(' ')).toMatch(/“group\.a”, “group\.b\.c” are fields of groups.*“list” holds lists/);
  });

  it('reads delta, split and run-length encodings, and INT96', async () => {
    const { rowCount, columns } = await readFixture('encodings.parquet');
    const rows = Array.from({ length: 100 }, (_, i) => i);
    expect(rowCount).toBe(300);
    expect(columns['i']).toEqual(rows.map(String));
    expect(columns['s']).toEqual(rows.map((i) => `name ${i % 7}`));
    expect(columns['f']).toEqual(rows.map((i) => String(i / 4)));
    expect(columns['b']).toEqual(rows.map((i) => String(i % 3 === 0)));
    await readFixture('int96.parquet');
    const [first] = await queryRows(await sharedEngine(), 'SELECT epoch_us(c0) AS v FROM read LIMIT 1');
    expect(first!['v']).toBe(INSTANTS['us']![0]);
  });

  it.each([
    ['PAR1rest', /looks like a Parquet file and cannot be read as one: .*Write it again/],
    ['PAREsecret', /an encrypted Parquet file/],
    ['FEA1old', /a Feather file of version 1/],
    ['ARROW1\0\0nothing', /looks like an Arrow file and cannot be read/],
  ])('refuses %j in a sentence', async (content, sentence) => {
    await expect(readFile(content, 'x.bin')).rejects.toThrow(sentence);
  });
});
