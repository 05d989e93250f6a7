import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnData } from './column-data';
import { comparedColumns, earlierSides, rowKeys } from './known-rows';
import { HELD_BACK, NEW_ROW, type RowSelection, selectRows, TRAINED } from './split';

const text = (values: readonly (string | null)[]): ColumnData => {
  const dictionary = [...new Set(values.filter((value) => value !== null))].reverse();
  return {
    kind: 'text',
    codes: Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value))),
    dictionary,
  };
};
const numbers = (values: readonly (number | null)[]): ColumnData => ({
  kind: 'number',
  values: Float64Array.from(values, (value) => value ?? 7),
  nulls: Uint8Array.from(values, (value) => Number(value === null)),
});

describe('rowKeys', () => {
  const cell = fc.record({
    a: fc.option(fc.string({ maxLength: 3 })),
    b: fc.option(fc.integer({ min: -2, max: 2 })),
  });

  it('are equal for equal rows alone, whatever the dictionaries', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 30 }), (rows) => {
        const keys = rowKeys([text(rows.map(({ a }) => a)), numbers(rows.map(({ b }) => b))]);
        const words = rows.map(({ a, b }) => JSON.stringify([a, b]));
        for (let i = 0; i < rows.length; i++)
          for (let j = 0; j < i; j++) expect(keys[i] === keys[j]).toBe(words[i] === words[j]);
      }),
    );
  });

  it('take 0 and −0 for one value', () => {
    const [a, b] = rowKeys([numbers([0, -0])]);
    expect(a).toBe(b);
  });
});

describe('a split that continues another', () => {
  const selection = fc.record({
    seed: fc.nat(),
    validationShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
    maxValidation: fc.option(fc.nat(50)),
    maxSampleSize: fc.option(fc.integer({ min: 1, max: 100 })),
  });
  const ids = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 80 });

  it('holds back no row that was learned, and no more rows than asked for', () => {
    fc.assert(
      fc.property(ids, ids, selection, selection, (before, now, fields, newer) => {
        const [keysBefore, keys] = [before, now].map((list) => rowKeys([numbers(list)]));
        const take = (rows: number, of: typeof fields, part: RowSelection['part'], earlier?: Uint8Array) =>
          selectRows(rows, { ...of, part }, undefined, earlier);
        const trained = take(before.length, fields, 'training');
        const sides = earlierSides(
          { keys: keys! },
          { keys: keysBefore! },
          trained,
          take(before.length, fields, 'validation'),
        );
        const validation = take(now.length, newer, 'validation', sides);
        const training = take(now.length, newer, 'training', sides);
        const learned = new Set([...trained].map((row) => before[row]));
        expect([...validation].filter((row) => learned.has(now[row]))).toEqual([]);
        expect([...training, ...validation].sort((a, b) => a - b)).toEqual([
          ...take(now.length, newer, 'all', sides),
        ]);
        expect(validation.length).toBeLessThanOrEqual(newer.maxValidation ?? now.length);
        // Of the same rows with the same settings, it is the same.
        const again = earlierSides(
          { keys: keysBefore! },
          { keys: keysBefore! },
          trained,
          take(before.length, fields, 'validation'),
        );
        expect(take(before.length, fields, 'training', again)).toEqual(trained);
      }),
    );
  });

  it('keeps the side of a subject: one with a row that was learned is learned', () => {
    const keys = rowKeys([text(['ann', 'ann', 'bob', 'eve'])]);
    const now = { keys, subjects: Uint32Array.of(0, 0, 1, 2) };
    const before = { keys: rowKeys([text(['bob', 'ann'])]) };
    expect([...earlierSides(now, before, Uint32Array.of(1), Uint32Array.of(0))]).toEqual([
      TRAINED,
      HELD_BACK,
      NEW_ROW,
    ]);
    expect([...earlierSides(now, before, null, Uint32Array.of(0))]).toEqual([TRAINED, TRAINED, NEW_ROW]);
  });
});

it('rows are compared by what both tables have, in one order', () => {
  expect(comparedColumns(['b', 'a', 'new'], ['a', 'b', 'old'], [])).toEqual(['a', 'b']);
  expect(comparedColumns(['b', 'a', 'id'], ['id', 'a'], ['id'])).toEqual(['id']);
});
