import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import {
  analyseCategorical,
  decodeCategorical,
  encodeCategorical,
  forbiddenCategorical,
} from './categorical';
import { hiddenValuesOf } from './hidden-values';
import { slotOfRow } from './row-slots';
import { cells, options, repeat, tally, textColumn } from './testing';

const INVENT = { rareCategoryReplacementMethod: 'INVENT' } as const;
const draws = { seed: 9, column: 3 };

/** Rows of 400 customers, each 1–4 of them, and as many of three shops. */
const customers = Array.from({ length: 400 }, (_, i) => `CUST${String(i * 17).padStart(4, '0')}`);
const ordered = [
  ...customers.flatMap((customer, i) => repeat([customer], 1 + (i % 4))),
  ...repeat(['north', 'south', 'west'], 200),
  ...repeat([null], 50),
];
const rows = Array.from(new RandomStream(1, 'rows').permutation(ordered.length), (i) => ordered[i]!);

test('hidden values become as many invented ones, as often repeated', () => {
  const data = textColumn(rows);
  const encoding = analyseCategorical(data, 'text', options(INVENT));
  expect(forbiddenCategorical(encoding)).toEqual([]);
  const out = cells(decodeCategorical(encoding, encodeCategorical(encoding, data), draws, 0));
  rows.forEach((value, i) => {
    if (customers.includes(value!)) expect(out[i]).toMatch(/^CUST\d{4}$/);
    else expect(out[i]).toBe(value);
  });
  const counts = tally(out.filter((value) => String(value).startsWith('CUST')));
  for (const customer of customers) expect(counts.has(customer)).toBe(false);
  expect(counts.size).toBeGreaterThan(300);
  expect(counts.size).toBeLessThanOrEqual(400);
  expect(1000 / counts.size).toBeLessThan(3.2);
  expect(hiddenValuesOf('c', encoding)).toEqual({
    kind: 'rare',
    column: 'c',
    values: 400,
    become: 'invented',
  });
});

test('other rows than those trained on are other people, as long as the form has some', () => {
  const data = textColumn(rows);
  const encoding = analyseCategorical(data, 'text', options(INVENT));
  const codes = encodeCategorical(encoding, data);
  const invented = (stretch: number) => {
    const drawn = cells(decodeCategorical(encoding, codes, draws, stretch * rows.length));
    return new Set(drawn.filter((value) => String(value).startsWith('CUST')));
  };
  const [first, second] = [invented(0), invented(1)];
  expect(first.size).toBeGreaterThan(300);
  expect(second.size).toBeGreaterThan(300);
  expect([...second].filter((value) => first.has(value))).toEqual([]);
  const { stretches } = encoding.invented!;
  expect(stretches).toBeGreaterThanOrEqual(2);
  expect(
    [...invented(stretches!)].every((value) => encoding.invented!.values.includes(value as string)),
  ).toBe(true);
});

test('more rows than the data have are more people, each with all its rows', () => {
  const people = Array.from({ length: 100 }, (_, i) => repeat([`CUST${10_000 + i * 877}`], 20)).flat();
  const { invented, ...encoding } = analyseCategorical(
    textColumn(people),
    'text',
    options({ ...INVENT, identifiesSubjects: true }),
  );
  const all = 1.3 * people.length;
  const decoded = decodeCategorical(
    { ...encoding, invented: invented! },
    new Uint16Array(all),
    { ...draws, rows: all },
    0,
  );
  const rowsEach = [...tally(cells(decoded)).values()];
  expect(rowsEach).toHaveLength(130);
  expect(new Set(rowsEach)).toEqual(new Set([20]));
});

test('people are told apart though their names have no form', () => {
  const names = Array.from({ length: 30 }, (_, i) => 'x'.repeat(1 + (i % 6)) + '-/'.repeat(i));
  const data = textColumn(names.flatMap((name) => repeat([name], 8)));
  const own = { ...INVENT, identifiesSubjects: true };
  const encoding = analyseCategorical(data, 'text', options(own));
  const drawn = cells(decodeCategorical(encoding, encodeCategorical(encoding, data), draws, 0));
  expect(new Set(drawn).size).toBe(30);
  expect(drawn.filter((value) => names.includes(value as string))).toEqual([]);
  expect(hiddenValuesOf('c', encoding)).toMatchObject({ become: 'numbered' });
  expect(analyseCategorical(data, 'text', options(INVENT)).invented).toBeUndefined();
});

test('the invented values do not depend on the order of the rows, and hold none of them', () => {
  const encode = (values: readonly (string | null)[]) =>
    analyseCategorical(textColumn(values), 'text', options(INVENT));
  const encoding = encode(rows);
  expect(encode(rows.toReversed())).toEqual(encoding);
  const text = JSON.stringify(encoding);
  for (const customer of customers) expect(text).not.toContain(customer);
});

test('blocks cut anywhere give the same values; another seed or column gives others', () => {
  const data = textColumn(rows);
  const encoding = analyseCategorical(data, 'text', options(INVENT));
  const codes = encodeCategorical(encoding, data);
  const whole = cells(decodeCategorical(encoding, codes, draws, 100));
  fc.assert(
    fc.property(fc.nat(codes.length), (cut) => {
      const parts = [
        ...cells(decodeCategorical(encoding, codes.subarray(0, cut), draws, 100)),
        ...cells(decodeCategorical(encoding, codes.subarray(cut), draws, 100 + cut)),
      ];
      expect(parts).toEqual(whole);
    }),
    { numRuns: 20 },
  );
  expect(cells(decodeCategorical(encoding, codes, { ...draws, seed: 10 }, 100))).not.toEqual(whole);
  expect(cells(decodeCategorical(encoding, codes, { ...draws, column: 4 }, 100))).not.toEqual(whole);
});

test('where few rows are hidden, or hidden values have no form, frequent ones stand for them', () => {
  const few = [...repeat(['a', 'b'], 2000), ...customers.slice(0, 40)];
  const formless = [...repeat(['a', 'b'], 100), ...customers.slice(0, 19)];
  for (const values of [few, formless]) {
    const encoding = analyseCategorical(textColumn(values), 'text', options(INVENT));
    expect(forbiddenCategorical(encoding)).toEqual([0]);
    expect(hiddenValuesOf('c', encoding)).toMatchObject({ become: 'frequent' });
  }
});

test('a column that shows nothing else says _RARE_ where it has no form', () => {
  const sentences = Array.from({ length: 60 }, (_, i) => `one two three four five six ${i}`);
  const data = textColumn(sentences);
  const encoding = analyseCategorical(data, 'text', options(INVENT));
  const out = cells(decodeCategorical(encoding, encodeCategorical(encoding, data), draws, 0));
  expect(new Set(out)).toEqual(new Set(['_RARE_']));
});

test('no hidden value comes out, whatever the column holds', () => {
  const value = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.stringMatching(/^[A-C][0-9]{2}$/),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 50, maxLength: 400 }), fc.nat(), (values, seed) => {
      const data = textColumn(values);
      const encoding = analyseCategorical(data, 'text', options({ ...INVENT, seed }));
      const out = cells(decodeCategorical(encoding, encodeCategorical(encoding, data), draws, 0));
      const kept = new Set(encoding.categories);
      const known = new Set(values);
      for (const cell of out) {
        if (cell === null || kept.has(cell as string)) continue;
        expect(known.has(cell as string) && cell !== '_RARE_').toBe(false);
      }
    }),
    { numRuns: 60 },
  );
});

test('every slot comes once in a stretch of rows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(50), (slots, key, stretch) => {
      const found = Array.from({ length: slots }, (_, i) => slotOfRow(key, stretch * slots + i, slots));
      expect(found.toSorted((a, b) => a - b)).toEqual(Array.from({ length: slots }, (_, i) => i));
    }),
  );
});
