import { columnFromArray, tableFromColumns, tableToIPC, utf8 } from '@uwdata/flechette';
import { writeXlsx } from 'hucre/xlsx';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openSqlite } from './sqlite/open-sqlite';
import { readFile } from './testing/read-fixture';

const TEXTS = ['NA', 'AT', null, 'NULL', 'none', 'AT'];
/** Numbers, of which one is spelled as missing. */
const MIXED = [1, 2, 'NA', 3, 4, 5];
const RECORDS = TEXTS.map((t, i) => ({ t, n: MIXED[i] }));

const FILES: readonly (readonly [string, () => Promise<Uint8Array | string>])[] = [
  ['x.json', async () => JSON.stringify(RECORDS)],
  ['x.jsonl', async () => RECORDS.map((record) => JSON.stringify(record)).join('\n')],
  [
    'x.parquet',
    async () =>
      new Uint8Array(
        parquetWriteBuffer({ columnData: [{ name: 't', data: TEXTS as string[], type: 'STRING' }] }),
      ),
  ],
  [
    'x.arrow',
    async () => tableToIPC(tableFromColumns({ t: columnFromArray(TEXTS, utf8()) }), { format: 'file' })!,
  ],
  [
    'x.xlsx',
    async () =>
      writeXlsx({ sheets: [{ name: 'S', rows: [['t', 'n'], ...RECORDS.map(({ t, n }) => [t, n!])] }] }),
  ],
  [
    'x.sqlite',
    async () => {
      const database = await openSqlite();
      database.run('CREATE TABLE x (t TEXT, n)');
      for (const { t, n } of RECORDS) database.run('INSERT INTO x VALUES (?, ?)', [t, n!]);
      return database.export();
    },
  ],
];

describe.each(FILES)('%s, which has nulls of its own', (name, content) => {
  it('keeps texts that elsewhere mean “no value”', async () => {
    const { columns } = await readFile(await content(), name);
    expect(columns['t']).toEqual(TEXTS);
  });

  it('takes them for no value in a column of numbers', async () => {
    const { columns, types } = await readFile(await content(), name);
    if (!('n' in columns)) return;
    expect([types['n'], columns['n']]).toEqual(['integer', ['1', '2', null, '3', '4', '5']]);
  });

  it('takes them for no value where a person says so', async () => {
    const { columns } = await readFile(await content(), name, { nullValues: ['', 'NA'] });
    expect(columns['t']).toEqual([null, ...TEXTS.slice(1)]);
  });
});
