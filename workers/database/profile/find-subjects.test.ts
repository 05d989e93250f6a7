import { expect, test } from 'vitest';
import type { StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import type { SqlEngine } from '../duckdb/sql';
import { sharedEngine } from '../testing/shared-engine';
import { findSubjects } from './find-subjects';
import { profileColumn } from './profile-column';

const SQL_TYPES: Partial<Record<StorageType, string>> = {
  integer: 'BIGINT',
  float: 'DOUBLE',
  date: 'DATE',
  text: 'VARCHAR',
};

interface Column {
  readonly name: string;
  readonly storageType: StorageType;
  readonly values: readonly (string | number)[];
}

async function subjectsOf(columns: readonly Column[], engine?: SqlEngine) {
  const sql = engine ?? (await sharedEngine());
  const types = columns.map(({ storageType }, i) => `c${i} ${SQL_TYPES[storageType]}`);
  const rows = columns[0]!.values.map(
    (_, row) => `(${columns.map(({ values }) => `'${values[row]}'`).join(', ')})`,
  );
  await sql.query(`CREATE OR REPLACE TABLE t (${types.join(', ')})`);
  await sql.query(`INSERT INTO t VALUES ${rows.join(', ')}`);
  const profiles = [];
  for (const [index, { name, storageType }] of columns.entries()) {
    const known = { index, name, originalName: name, storageType, nearMiss: null };
    profiles.push({ ...known, ...(await profileColumn(sql, 't', index, storageType, false)) });
  }
  const found = await findSubjects(sql, 't', profiles);
  return Object.fromEntries(Array.from(found, ([index, evidence]) => [columns[index]!.name, evidence]));
}

/** 600 rows: 200 patients with 3 rows each, in random order. */
const draws = new RandomStream(4, 'rows');
const patients = draws.shuffle(Array.from({ length: 600 }, (_, i) => i % 200));
const text = (name: string, of: (patient: number) => string): Column => ({
  name,
  storageType: 'text',
  values: patients.map(of),
});
const drawn = (name: string, bound: number): Column => ({
  name,
  storageType: 'integer',
  values: patients.map(() => draws.below(bound)),
});

test('finds values that repeat with the columns that go with them, by whatever name', async () => {
  const found = await subjectsOf([
    text('chart', (patient) => `P-${1000 + patient}`),
    text('born', (patient) => `19${10 + ((patient * 7) % 80)}`),
    text('ward', (patient) => 'abcdefg'[(patient * 5) % 7]!),
    drawn('visit', 9),
    drawn('amount', 300),
  ]);
  expect(found).toEqual({ chart: { values: 200, rowsEach: 3, companions: ['born', 'ward'] } });
});

test('a telling name needs many values that repeat, and no companions', async () => {
  const found = await subjectsOf([
    text('customer_id', (patient) => `C${patient}`),
    text('user type', (patient) => `type ${patient % 3}`),
    text('customer city', (patient) => `city ${patient % 60}`),
    drawn('amount', 300),
  ]);
  expect(Object.keys(found)).toEqual(['customer_id']);
});

test('numbers that repeat by chance and unique ones are no subjects', async () => {
  const found = await subjectsOf([
    drawn('amount', 150),
    drawn('code', 80),
    { name: 'user', storageType: 'integer', values: patients.map((_, i) => i) },
    // One value nearly throughout: rows agree by chance.
    text('country', (patient) => (patient === 0 ? 'x' : 'y')),
    text('unit', (patient) => (patient === 1 ? 'x' : 'y')),
  ]);
  expect(found).toEqual({});
});

test('addresses and phone numbers tell whom rows are about, whatever the column is called', async () => {
  const found = await subjectsOf([
    text('a', (patient) => `kim.${patient}@example.org`),
    text('b', (patient) => `+43 660 ${1_000_000 + patient}`),
    text('c', (patient) => `Street ${patient % 60}`),
    drawn('amount', 300),
  ]);
  expect(found).toEqual({
    a: { values: 200, rowsEach: 3, companions: ['b', 'c'], isContact: true },
    b: { values: 200, rowsEach: 3, companions: ['a', 'c'], isContact: true },
  });
});

test('a date of birth and an income that go together tell people apart, and what follows from an amount does not', async () => {
  const income = (patient: number) => 20_000 + ((patient * 7919) % 30_011);
  const number = (name: string, of: (patient: number) => number): Column => ({
    name,
    storageType: 'float',
    values: patients.map(of),
  });
  const born: Column = {
    name: 'born',
    storageType: 'date',
    values: patients.map((patient) => new Date(patient * 97 * 86_400_000).toISOString().slice(0, 10)),
  };
  const ward = text('ward', (patient) => 'abcdefg'[(patient * 5) % 7]!);
  const together = await subjectsOf([born, number('income', income), ward, drawn('amount', 300)]);
  expect(Object.keys(together)).toEqual(['born', 'income']);
  const follows = await subjectsOf([
    number('income', income),
    number('tax', (patient) => income(patient) * 0.2),
    text('bracket', (patient) => `bracket ${Math.floor(income(patient) / 6000)}`),
    drawn('amount', 300),
  ]);
  expect(follows).toEqual({});
});

test('of many values, some tell which columns differ within them, and all decide on the others', async () => {
  const rows = Array.from({ length: 4000 }, (_, i) => i % 2000);
  const column = (name: string, of: (value: number, row: number) => string): Column => ({
    name,
    storageType: 'text',
    values: rows.map((value, row) => of(value, row)),
  });
  // The second row of so many of 20 values differs from the first.
  const differing = (count: number) => (value: number, row: number) =>
    `${row >= 2000 && value % 20 < count ? 'other' : 'kind'} ${(value * 7) % 13}`;
  const found = await subjectsOf([
    column('chart', (value) => `P-${value}`),
    column('always', (value) => `ward ${(value * 5) % 17}`),
    column('nearly', differing(1)),
    column('mostly', differing(3)),
    column('half', differing(10)),
  ]);
  expect(found).toEqual({ chart: { values: 2000, rowsEach: 2, companions: ['always', 'nearly'] } });
});

test('texts of which no frequent value is a contact cost no search for contacts', async () => {
  const queries: string[] = [];
  const sql = await sharedEngine();
  const counted: SqlEngine = {
    ...sql,
    query: (query) => {
      queries.push(query);
      return sql.query(query);
    },
  };
  const columns = [
    text('plain', (patient) => `P-${patient}`),
    text('reach', (patient) => `p${patient}@example.org`),
  ];
  await subjectsOf(columns, counted);
  expect(queries.filter((query) => query.includes("'[^@")).map((query) => /c\d/.exec(query)?.[0])).toEqual([
    'c1',
  ]);
});

test('few people are found where a name or form tells them, and not else', async () => {
  const few = (name: string, of: (person: number) => string) => text(name, (patient) => of(patient % 30));
  const found = await subjectsOf([
    few('email', (person) => `kim.${person}@example.org`),
    few('town', (person) => `town ${person}`),
    drawn('amount', 300),
  ]);
  expect(Object.keys(found)).toEqual(['email']);
});

test('twelve patients are found by a name that numbers them or by their addresses, and kinds of things are not', async () => {
  const twelve = (name: string, of: (person: number) => string) => text(name, (patient) => of(patient % 12));
  const found = await subjectsOf([
    twelve('patient_id', (person) => `P${person}`),
    twelve('reach', (person) => `kim.${person}@example.org`),
    twelve('sex', (person) => 'fm'[person % 2]!),
    twelve('account', (person) => `kind ${person}`),
    text('num_people', (patient) => `${patient % 9}`),
    text('user_id', (patient) => `${patient % 4}`),
    drawn('amount', 300),
  ]);
  expect(Object.keys(found)).toEqual(['patient_id', 'reach']);
  expect(found['patient_id']).toMatchObject({
    values: 12,
    rowsEach: 50,
    companions: ['reach', 'sex', 'account', 'user_id'],
  });
});

test('a few that have very many rows each are nobody to ask about', async () => {
  const found = await subjectsOf([text('seller_id', (patient) => `S${patient % 5}`), drawn('amount', 300)]);
  expect(found).toEqual({});
});
