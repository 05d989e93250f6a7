import { expect, it } from 'vitest';
import type { ColumnData } from '../../src/domain/column-data';
import { RandomStream } from '../../src/domain/random';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { collect } from './rules/testing/column-by-column';
import { learnWithRules } from './testing/learn-with-rules';
import { cellsOf, type MemoryColumn } from './testing/memory-database';

const PEOPLE = 300;
const ROWS = 10 * PEOPLE;
const DRAWN = 6000;
const configuration = SyntheticTableConfiguration.parse({});

/** People with an e-mail, a height and a salary that say nothing of each other, and ten payments each. */
function payments() {
  const stream = new RandomStream(12, 'people');
  const people = Array.from({ length: PEOPLE }, (_, i) => ({
    email: `${'abcdefghkmnprst'[i % 15]}${'aeiou'[i % 5]}l${100 + i}@example.org`,
    height: Math.round(1700 + 80 * stream.normal()),
    salary: Math.round(40_000 * Math.exp(0.5 * stream.normal())),
  }));
  const of = Array.from(stream.permutation(ROWS), (i) => people[i % PEOPLE]!);
  const dictionary = people.map(({ email }) => email);
  const number = (values: readonly number[]): ColumnData => ({
    kind: 'number',
    values: Float64Array.from(values),
    nulls: null,
  });
  const columns: MemoryColumn[] = [
    {
      name: 'email',
      storageType: 'text',
      data: {
        kind: 'text',
        codes: Int32Array.from(of, ({ email }) => dictionary.indexOf(email)),
        dictionary,
      },
    },
    { name: 'height', storageType: 'integer', data: number(of.map(({ height }) => height)) },
    { name: 'salary', storageType: 'integer', data: number(of.map(({ salary }) => salary)) },
    { name: 'amount', storageType: 'integer', data: number(of.map(() => 1 + stream.below(500))) },
  ];
  return { people, columns };
}

/** Share of drawn rows with a height that one person has whose salary is that person's within 5 %, beyond chance. */
function givenAway(people: ReturnType<typeof payments>['people'], drawn: readonly ColumnData[]) {
  const heights = cellsOf(drawn[1]!).map(Number);
  const salaries = cellsOf(drawn[2]!).map(Number);
  const alone = people.filter(
    (person) => people.filter((other) => Math.abs(other.height - person.height) <= 1).length === 1,
  );
  let [right, byChance, rows] = [0, 0, 0];
  for (const { height, salary } of alone) {
    const isNear = (value: number) => Math.abs(value - salary) <= 0.05 * salary;
    const shareNear = salaries.filter(isNear).length / salaries.length;
    heights.forEach((value, row) => {
      if (value !== height) return;
      rows++;
      right += Number(isNear(salaries[row]!));
      byChance += shareNear;
    });
  }
  return { rows, excess: (right - byChance) / rows };
}

it('gives away nobody of whom there are ten rows', async () => {
  const { people, columns } = payments();
  const learned = await learnWithRules(columns, {}, ['email']);
  const drawn = await collect(learned.sampler.rows({ rows: DRAWN, seed: 5, configuration }), learned.columns);
  const data = drawn.map((column) => column.data);
  const emails = cellsOf(data[0]!).map(String);
  expect(emails.every((email) => /^[a-z]+\d+@example\.org$/.test(email))).toBe(true);
  const real = new Set(people.map(({ email }) => email));
  expect(emails.filter((email) => real.has(email))).toEqual([]);
  const { rows, excess } = givenAway(people, data);
  expect(rows).toBeGreaterThan(50);
  expect(excess).toBeLessThan(0.1);
  learned.sampler.dispose();
}, 120_000);

it('would give them away if rows were counted', async () => {
  const { people, columns } = payments();
  const learned = await learnWithRules(columns.slice(1), {});
  const drawn = await collect(learned.sampler.rows({ rows: DRAWN, seed: 5, configuration }), learned.columns);
  const { excess } = givenAway(people, [drawn[0]!.data, ...drawn.map((column) => column.data)]);
  expect(excess).toBeGreaterThan(0.2);
  learned.sampler.dispose();
}, 120_000);
