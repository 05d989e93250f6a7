import { expect, test } from 'vitest';
import type { Rule } from '../../../src/domain/rules';
import { analyseCategorical, decodeCategorical, encodeCategorical } from './categorical';
import { coupleInvented } from './couple-invented';
import { cells, options, textColumn } from './testing';

/** People with 1–3 rows each; ten people share an office. */
const people = Array.from({ length: 600 }, (_, row) => Math.floor(row / 2 + (row % 3) / 4));
const columnOf = (of: (person: number) => string, seed: number) => {
  const data = textColumn(people.map(of));
  const encoding = analyseCategorical(
    data,
    'text',
    options({ rareCategoryReplacementMethod: 'INVENT', seed }),
  );
  return { data, encoding };
};
const phone = columnOf((person) => `+49 30 ${7_000_000 + person * 37}`, 1);
const badge = columnOf((person) => `B-${100_000 + person * 913}`, 2);
const office = columnOf((person) => `R${1000 + Math.floor(person / 2) * 31}`, 3);
const alone = columnOf((person) => `K${1000 + person * 7}`, 4);
const columns = [phone, badge, office, alone].map(({ encoding }, i) => ({
  name: ['phone', 'badge', 'office', 'alone'][i]!,
  outputIndex: i + 2,
  encoding,
}));
const rules: Rule[] = [
  { kind: 'functional-dependency', determinant: ['phone'], dependent: 'badge', oneToOne: true },
  { kind: 'functional-dependency', determinant: ['badge'], dependent: 'office', oneToOne: false },
];

/** Values of all columns for rows whose values are all hidden. */
function drawn(encodings: ReturnType<typeof coupleInvented>): string[][] {
  return encodings.map((encoding, i) => {
    if (encoding.type !== 'TABULAR_CATEGORICAL') throw new Error('Not a category.');
    return cells(
      decodeCategorical(encoding, new Uint16Array(2000), { seed: 5, column: i + 2 }, 0),
    ) as string[];
  });
}

function partners(from: readonly string[], to: readonly string[]): number {
  const found = new Map<string, Set<string>>();
  from.forEach((value, row) => {
    found.set(value, (found.get(value) ?? new Set()).add(to[row]!));
  });
  return Math.max(...Array.from(found.values(), ({ size }) => size));
}

test('invented values of columns that decide each other go together', () => {
  const [phones, badges, offices, others] = drawn(coupleInvented(columns, rules));
  expect(partners(phones!, badges!)).toBe(1);
  expect(partners(badges!, phones!)).toBe(1);
  expect(partners(phones!, offices!)).toBe(1);
  expect(partners(offices!, phones!)).toBeGreaterThan(1);
  expect(partners(others!, phones!)).toBeGreaterThan(1);
  expect(new Set(phones).size).toBeGreaterThan(200);
});

test('without rules each column has draws of its own', () => {
  const encodings = coupleInvented(columns, []);
  expect(encodings).toEqual(columns.map(({ encoding }) => encoding));
  const [phones, badges] = drawn(encodings);
  expect(partners(phones!, badges!)).toBeGreaterThan(1);
});

test('columns without hidden values are left as they are', () => {
  const { encoding, data } = columnOf((person) => 'abc'[person % 3]!, 5);
  const plain = { name: 'badge', outputIndex: 3, encoding };
  expect(coupleInvented([columns[0]!, plain], rules)).toEqual([columns[0]!.encoding, encoding]);
  expect(cells(decodeCategorical(encoding, encodeCategorical(encoding, data)))).toEqual(cells(data));
});
