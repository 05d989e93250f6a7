import { expect, it } from 'vitest';
import { ALL_ROWS, type RowSelection, selectRows } from '../../../src/domain/split';
import { SelectionCache } from './selection-cache';

const VALIDATION: RowSelection = {
  part: 'validation',
  seed: 5,
  validationShare: 0.2,
  maxValidation: null,
  maxSampleSize: null,
};

it('gives the rows of the selection, and the same array while it is kept', () => {
  const cache = new SelectionCache();
  const rows = cache.rows(1000, VALIDATION);
  expect(rows).toEqual(selectRows(1000, VALIDATION));
  expect(cache.rows(1000, { ...VALIDATION })).toBe(rows);
  expect(cache.rows(1001, VALIDATION)).toEqual(selectRows(1001, VALIDATION));
  expect(cache.rows(1000, { ...VALIDATION, part: 'training' })).toHaveLength(800);
});

it('says all rows without listing them', () => {
  const cache = new SelectionCache();
  expect(cache.rows(10, ALL_ROWS)).toBeNull();
  expect(cache.rows(10, { ...ALL_ROWS, maxSampleSize: 10 })).toBeNull();
  expect(cache.rows(10, { ...ALL_ROWS, maxSampleSize: 9 })).toHaveLength(9);
});

it('forgets the oldest', () => {
  const cache = new SelectionCache();
  const first = cache.rows(100, VALIDATION);
  for (let seed = 10; seed < 14; seed++) cache.rows(100, { ...VALIDATION, seed });
  expect(cache.rows(100, VALIDATION)).not.toBe(first);
});

it('of a table that was read again chooses by its subjects, not by those before', () => {
  const cache = new SelectionCache();
  const selection: RowSelection = { ...VALIDATION, subjectColumns: ['email'] };
  const [before, after] = [10, 20].map((people) =>
    Uint32Array.from({ length: 1000 }, (_, row) => row % people),
  );
  const rows = cache.rows(1000, selection, before);
  expect(cache.rows(1000, selection, before)).toBe(rows);
  expect(cache.rows(1000, selection, after)).toEqual(selectRows(1000, selection, after));
});
