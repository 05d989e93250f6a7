import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ColumnData } from './column-data';
import { firstRowOfEach, numberSubjects, renumbered } from './number-subjects';

type Cell = number | null;

const numbers = (cells: readonly Cell[]): ColumnData => ({
  kind: 'number',
  values: Float64Array.from(cells, (cell) => cell ?? 7),
  nulls: Uint8Array.from(cells, (cell) => Number(cell === null)),
});

const texts = (cells: readonly Cell[]): ColumnData => ({
  kind: 'text',
  codes: Int32Array.from(cells, (cell) => cell ?? -1),
  dictionary: ['a', 'b', 'c', 'd'],
});

const cells = fc.array(fc.tuple(fc.option(fc.nat(3)), fc.option(fc.nat(3))), { minLength: 1, maxLength: 40 });

test('rows are one subject’s if and only if they agree in all columns and have a value', () => {
  fc.assert(
    fc.property(cells, (rows) => {
      const ids = numberSubjects([numbers(rows.map(([a]) => a)), texts(rows.map(([, b]) => b))]);
      for (const [i, [a, b]] of rows.entries()) {
        for (const [k, [c, d]] of rows.entries()) {
          const same = i === k || (a === c && b === d && (a !== null || b !== null));
          expect(ids[i] === ids[k]).toBe(same);
        }
      }
    }),
  );
});

test('new numbers keep subjects apart, in the order of their first rows', () => {
  expect(renumbered(Uint32Array.of(9, 4, 9, 0, 4))).toEqual(Uint32Array.of(0, 1, 0, 2, 1));
});

test('one row of each is the first in the order', () => {
  const order = Uint32Array.of(4, 2, 0, 1, 3);
  expect(firstRowOfEach(Uint32Array.of(9, 4, 9, 0, 4), order)).toEqual(Uint32Array.of(4, 2, 3));
});
