import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedEngine } from '../testing/shared-engine';
import { importTable } from './import-table';
import { openHead } from './open-head';

const ROOT = join(import.meta.dirname, '../../../../shared/data');
const available = existsSync(ROOT);
if (!available) process.stderr.write(`SKIPPED: the public tables are not there: ${ROOT}\n`);

/** Types of all columns in their order: i integer, f float, b boolean, d date, t datetime, x text. */
const TYPES: Readonly<Record<string, string>> = {
  'airbnb_nyc/airbnb.csv.gz': 'xxxiiidfiff',
  'beijing_pm25/pollution.csv': 'iiiiiiiffxfii',
  'bench_adult/train.csv.gz': 'ixixixxxxxiiixx',
  'bench_adult/holdout.csv.gz': 'ixixixxxxxiiixx',
  'cdnow/users.csv.gz': 'i',
  'cdnow/purchases.csv.gz': 'idif',
  'telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv': 'ixxibbibxxxxxxxxxbxffb',
  'firstnames_at/firstnames_at.csv.gz': 'ixxx',
};
const LETTERS = {
  integer: 'i',
  float: 'f',
  boolean: 'b',
  date: 'd',
  datetime: 't',
  time: 'o',
  text: 'x',
} as const;

describe.skipIf(!available)('public tables', () => {
  it.each(Object.entries(TYPES))('%s', async (path, types) => {
    const sql = await sharedEngine();
    const file = new File([readFileSync(join(ROOT, path))], path.split('/').at(-1)!);
    const { columns } = await importTable(sql, file, await openHead(file), {
      overrides: {},
      onProgress: () => {},
      checkpoint: () => {},
      sqlTable: 'public_table',
    });
    expect(columns.map(({ storageType }) => LETTERS[storageType]).join('')).toBe(types);
  });
});
