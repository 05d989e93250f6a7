import { existsSync, openAsBlob } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlEngine } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { importTable } from './import-table';
import { openHead } from './open-head';

const ROOT = join(import.meta.dirname, '../../../../shared/data');
const available = existsSync(ROOT);
if (!available) process.stderr.write(`SKIPPED: the test tables are not there: ${ROOT}\n`);

describe.skipIf(!available)('tables from the wild', () => {
  let sql: SqlEngine;
  beforeAll(async () => {
    sql = await sharedEngine();
  });

  async function read(path: string) {
    const file = new File([await openAsBlob(join(ROOT, path))], basename(path));
    return importTable(sql, file, await openHead(file), {
      overrides: {},
      sqlTable: 'wild',
      onProgress: () => {},
      checkpoint: () => {},
    });
  }

  it('Adult: gzip, question marks', async () => {
    const { rowCount, columns, dialect, rejectedCount } = await read('bench_adult/train.csv.gz');
    expect([rowCount, rejectedCount, dialect.nullValues]).toEqual([24_421, 0, ['', '?']]);
    expect(columns.filter(({ storageType }) => storageType === 'integer').map(({ name }) => name)).toEqual([
      'age',
      'fnlwgt',
      'education-num',
      'capital-gain',
      'capital-loss',
      'hours-per-week',
    ]);
    expect(columns.find(({ name }) => name === 'age')).toMatchObject({ min: 17, max: 90, distinctCount: 74 });
    expect(columns.find(({ name }) => name === 'occupation')).toMatchObject({
      nullCount: 1392,
      distinctCount: 14,
    });
  });

  it('Telco: blanks in a numeric column, keys', async () => {
    const { rowCount, columns } = await read('telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv');
    expect(rowCount).toBe(7_043);
    const find = (name: string) => columns.find((column) => column.name === name);
    expect(find('TotalCharges')).toMatchObject({ storageType: 'float', nullCount: 11, nearMiss: null });
    expect(find('customerID')).toMatchObject({
      storageType: 'text',
      distinctCount: 7_043,
      fixedLength: true,
    });
  });

  it('Airbnb: dates with nulls, coordinates', async () => {
    const { rowCount, columns } = await read('airbnb_nyc/airbnb.csv.gz');
    expect(rowCount).toBe(48_895);
    expect(columns.find(({ name }) => name === 'last_review')).toMatchObject({
      storageType: 'date',
      nullCount: 10_052,
      max: Date.UTC(2019, 6, 8),
    });
    expect(columns.find(({ name }) => name === 'latitude')!.storageType).toBe('float');
  });

  it('Beijing: CRLF, NA', async () => {
    const { rowCount, columns, dialect } = await read('beijing_pm25/pollution.csv');
    expect([rowCount, dialect.nullValues]).toEqual([43_824, ['', 'NA']]);
    expect(columns.find(({ name }) => name === 'pm2.5')).toMatchObject({
      storageType: 'integer',
      nullCount: 2067,
    });
    expect(columns.find(({ name }) => name === 'cbwd')).toMatchObject({
      storageType: 'text',
      fixedLength: true,
    });
  });
});
