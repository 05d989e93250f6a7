import { expect, it } from 'vitest';
import { cellsOf } from '../testing/memory-database';
import { sliceRows, withGivenCells } from './given-cells';

const text = (codes: number[], dictionary: string[]) =>
  ({ kind: 'text', codes: Int32Array.from(codes), dictionary }) as const;
const numbers = (values: number[], nulls: number[] | null) =>
  ({ kind: 'number', values: Float64Array.from(values), nulls: nulls && Uint8Array.from(nulls) }) as const;

it('replaces drawn cells by given ones, missing values included', () => {
  const given = Uint8Array.of(1, 0, 1, 0);
  const drawn = text([0, 1, 1, -1], ['a', 'b']);
  expect(cellsOf(withGivenCells(drawn, { data: text([0, 0, -1, 0], ['new']), given }))).toEqual([
    'new',
    'b',
    null,
    null,
  ]);
  const values = withGivenCells(numbers([1, 2, 3, 4], [0, 0, 0, 1]), {
    data: numbers([9, 9, 9, 9], [0, 0, 1, 0]),
    given,
  });
  expect(cellsOf(values)).toEqual([9, 2, null, null]);
  expect(cellsOf(withGivenCells(numbers([1], null), { data: numbers([5], null), given: null }))).toEqual([5]);
});

it('cuts rows out of a column', () => {
  expect(cellsOf(sliceRows(numbers([1, 2, 3], [0, 1, 0]), 1, 3))).toEqual([null, 3]);
  expect(cellsOf(sliceRows(text([0, -1, 1], ['x', 'y']), 0, 2))).toEqual(['x', null]);
});
