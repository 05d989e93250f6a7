import { expect, test } from 'vitest';
import { concatenate, takeRows } from '../../src/domain/column-data';
import { asFamily, familyOf } from './columns';
import { numbers, texts } from './testing/make-columns';

test('dictionaries are merged', () => {
  const joined = concatenate(texts('a', ['x', null, 'y']).data, texts('a', ['y', 'z', null]).data);
  expect(joined).toEqual({
    kind: 'text',
    codes: Int32Array.of(0, -1, 1, 1, 2, -1),
    dictionary: ['x', 'y', 'z'],
  });
});

test('nulls of either part are kept', () => {
  expect(concatenate(numbers('a', [1]).data, numbers('a', [null, 3]).data)).toEqual(
    numbers('a', [1, null, 3]).data,
  );
  expect(concatenate(numbers('a', [1]).data, numbers('a', [3]).data)).toEqual(numbers('a', [1, 3]).data);
});

test('a column takes the form its family needs', () => {
  expect(asFamily(texts('a', ['1.5', ' ', 'x', null]).data, 'number')).toEqual(
    numbers('a', [1.5, null, null, null]).data,
  );
  expect(asFamily(texts('a', ['2020-01-01']).data, 'datetime')).toEqual({
    ...numbers('a', [Date.UTC(2020, 0, 1)]).data,
    nulls: new Uint8Array(1),
  });
  expect(asFamily(numbers('a', [2, null, 2]).data, 'category')).toEqual(texts('a', ['2', null, '2']).data);
  const kept = numbers('a', [1]).data;
  expect(asFamily(kept, 'number')).toBe(kept);
  expect([familyOf('boolean'), familyOf('date'), familyOf('integer')]).toEqual([
    'category',
    'datetime',
    'number',
  ]);
});

test('rows are taken in the order asked for', () => {
  expect(takeRows(numbers('a', [1, null, 3]).data, Uint32Array.of(2, 1))).toEqual(
    numbers('a', [3, null]).data,
  );
  expect(takeRows(texts('a', ['p', 'q']).data, Uint32Array.of(1))).toMatchObject({ codes: Int32Array.of(1) });
});
