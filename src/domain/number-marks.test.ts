import { afterEach, describe, expect, it } from 'vitest';
import { count, percent } from './evidence-words';
import { setNumberMarks } from './number-marks';
import { differenceSentences } from './version-words';

const GROWN = {
  rows: { before: 1_000, after: 12_500 },
  added: [],
  missing: [],
  retyped: [],
  renamed: [],
  emptied: [],
  widened: [],
  reordered: false,
};

afterEach(() => setNumberMarks({ group: ',', decimal: '.' }));

describe('numbers in sentences', () => {
  it('have the marks of English unless others are chosen', () => {
    expect([count(12_345, 'row'), percent(0.123)]).toEqual(['12,345 rows', '12.3 %']);
  });
  it('follow the marks that were chosen', () => {
    setNumberMarks({ group: '.', decimal: ',' });
    expect([count(1_234_567, 'row'), percent(0.123), percent(1e-5)]).toEqual([
      '1.234.567 rows',
      '12,3 %',
      '< 0,1 %',
    ]);
    expect(differenceSentences(GROWN)[0]).toBe('12.500 rows, 11.500 more than before.');
  });
});
