import { afterAll, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { SyntheticTableConfiguration } from '../../../src/domain/synthetic-datasets';
import { numberColumn, textColumn } from '../encoding/testing';
import { joined } from '../models/drawn-blocks';
import { learnWithRules } from '../testing/learn-with-rules';
import { cellsOf, type MemoryColumn } from '../testing/memory-database';
import { SubjectSampler } from './subject-sampler';

const PEOPLE = 120;
const ROWS = 6 * PEOPLE;
const configuration = SyntheticTableConfiguration.parse({});
const NAMES = ['email', 'sex', 'age', 'amount', 'limit'];

/** Six payments of each person; the amount is about the age, and never above a limit. */
function payments(): MemoryColumn[] {
  const stream = new RandomStream(4, 'payments');
  const people = Array.from({ length: PEOPLE }, (_, i) => ({
    email: `${'abcdefghkmnprst'[i % 15]}${'aeiou'[i % 5]}l${100 + i}@example.org`,
    sex: 'fm'[stream.below(2)]!,
    age: 20 + stream.below(60),
  }));
  const of = Array.from(stream.permutation(ROWS), (i) => people[i % PEOPLE]!);
  const amounts = of.map(({ age }) => 10 * age + stream.below(100));
  const data = [
    textColumn(of.map(({ email }) => email)),
    textColumn(of.map(({ sex }) => sex)),
    numberColumn(of.map(({ age }) => age)),
    numberColumn(amounts),
    numberColumn(amounts.map((amount) => amount + stream.below(300))),
  ];
  return NAMES.map((name, i) => ({ name, storageType: i < 2 ? 'text' : 'integer', data: data[i]! }));
}

const learned = learnWithRules(payments(), {}, ['email']);
afterAll(async () => (await learned).sampler.dispose());

async function drawn(rows: number, shares: readonly [number, number], key: readonly string[] = []) {
  const { sampler } = await learned;
  expect([0, 1, 3].map((feature) => sampler.isInvented(feature))).toEqual([true, false, false]);
  const constant = [
    { name: 'sex', share: shares[0] },
    { name: 'age', share: shares[1] },
  ];
  const subjects = { lead: 'email', identifying: ['email'], constant };
  const agreeing = new SubjectSampler(sampler, subjects, NAMES, key);
  const columns = await joined(agreeing.rows({ rows, seed: 9, configuration }));
  return columns.map((column) => cellsOf(column));
}

/** Part of the people of several rows in which a column is the same. */
function same(emails: readonly unknown[], values: readonly unknown[]): number {
  const rows = new Map<unknown, number[]>();
  emails.forEach((email, row) => {
    rows.set(email, [...(rows.get(email) ?? []), row]);
  });
  const several = [...rows.values()].filter(({ length }) => length > 1);
  expect(several.length).toBeGreaterThan(50);
  return several.filter((own) => new Set(own.map((row) => values[row])).size === 1).length / several.length;
}

it('gives the rows of a person the same sex and age, and amounts of their own that go with these', async () => {
  const [emails, sexes, ages, amounts, limits] = await drawn(ROWS, [1, 1]);
  expect(same(emails!, sexes!)).toBe(1);
  expect(same(emails!, ages!)).toBe(1);
  expect(same(emails!, amounts!)).toBeLessThan(0.1);
  const near = ages!.filter((age, row) => Math.abs(10 * Number(age) + 50 - Number(amounts![row])) < 150);
  expect(near.length).toBeGreaterThan(0.9 * ROWS);
  expect(amounts!.filter((amount, row) => Number(amount) > Number(limits![row]))).toEqual([]);
});

it('lets as many people differ as in the data', async () => {
  const [emails, , ages] = await drawn(ROWS, [1, 0.8]);
  expect(Math.abs(same(emails!, ages!) - 0.8)).toBeLessThan(0.12);
});

it('leaves the columns of a key as they were drawn', async () => {
  const { sampler } = await learned;
  const plain = await joined(sampler.rows({ rows: ROWS, seed: 9, configuration }));
  const columns = await drawn(ROWS, [1, 1], ['email', 'amount']);
  expect(columns[0]).toEqual(cellsOf(plain[0]!));
  expect(columns[3]).toEqual(cellsOf(plain[3]!));
  expect(same(columns[0]!, columns[1]!)).toBe(1);
});

it('draws the same rows for the same request', async () => {
  expect(await drawn(300, [1, 1])).toEqual(await drawn(300, [1, 1]));
});
