import { describe, expect, it } from 'vitest';
import { readInstant, readRules } from './rule-import';

const sdv = (name: string, parameters: object) => ({
  constraint_class: name,
  constraint_parameters: parameters,
});

describe('rules of a file', () => {
  it.each<[object, object[]]>([
    [{ kind: 'one-hot', columns: ['a', 'b'] }, [{ kind: 'one-hot', columns: ['a', 'b'] }]],
    [
      { type: 'FixedCombinations', config: { columns: ['a', 'b'] } },
      [{ kind: 'fixed-combinations', columns: ['a', 'b'] }],
    ],
    [
      { type: 'Inequality', config: { lowColumn: 'a', highColumn: 'b' } },
      [{ kind: 'inequality', low: 'a', high: 'b', strict: false }],
    ],
    [
      sdv('FixedCombinations', { column_names: ['a', 'b'] }),
      [{ kind: 'fixed-combinations', columns: ['a', 'b'] }],
    ],
    [sdv('OneHotEncoding', { column_names: ['a', 'b'] }), [{ kind: 'one-hot', columns: ['a', 'b'] }]],
    [
      sdv('Inequality', { low_column_name: 'a', high_column_name: 'b', strict_boundaries: true }),
      [{ kind: 'inequality', low: 'a', high: 'b', strict: true }],
    ],
    [
      sdv('Range', { low_column_name: 'a', middle_column_name: 'b', high_column_name: 'c' }),
      [
        { kind: 'inequality', low: 'a', high: 'b', strict: true },
        { kind: 'inequality', low: 'b', high: 'c', strict: true },
      ],
    ],
    [
      sdv('Positive', { column_name: 'a' }),
      [{ kind: 'range', column: 'a', min: 0, max: null, strict: false }],
    ],
    [
      sdv('Negative', { column_name: 'a', strict_boundaries: true }),
      [{ kind: 'range', column: 'a', min: null, max: 0, strict: true }],
    ],
    [
      sdv('ScalarInequality', { column_name: 'a', relation: '>', value: '1970-01-02' }),
      [{ kind: 'range', column: 'a', min: 86_400_000, max: null, strict: true }],
    ],
    [
      sdv('ScalarInequality', { column_name: 'a', relation: '<=', value: 7 }),
      [{ kind: 'range', column: 'a', min: null, max: 7, strict: false }],
    ],
    [
      sdv('ScalarRange', { column_name: 'a', low_value: 0, high_value: 9, strict_boundaries: false }),
      [{ kind: 'range', column: 'a', min: 0, max: 9, strict: false }],
    ],
    [
      sdv('FixedIncrements', { column_name: 'a', increment_value: 5 }),
      [{ kind: 'increments', column: 'a', increment: 5 }],
    ],
  ])('%j', (entry, rules) => {
    expect(readRules([entry])).toEqual(rules);
  });

  it.each([
    [{ kind: 'one-hot' }, 'must be a list'],
    [[{ kind: 'nonsense' }], 'rule 1'],
    [
      [
        { kind: 'one-hot', columns: ['a', 'b'] },
        { type: 'Inequality', config: {} },
      ],
      'rule 2',
    ],
    [[sdv('Unique', { column_names: ['a'] })], 'primary key'],
    [[sdv('ScalarInequality', { column_name: 'a', relation: '>', value: 'soon' })], '“soon”'],
    [[{ kind: 'range', column: 'a', min: 3, max: 2, strict: false }], 'below'],
    [[{ kind: 'range', column: 'a', min: null, max: null, strict: false }], 'lower or an upper'],
  ])('that are wrong are refused with the reason: %j', (json, part) => {
    expect(() => readRules(json)).toThrow(part);
  });
});

describe('readInstant', () => {
  it.each([
    ['1970-01-02', 86_400_000],
    [' 1970-01-01 00:01 ', 60_000],
    ['1970-01-01T00:00:01.5', 1500],
    ['1970-13-01', null],
    ['1.1.1970', null],
  ])('%j', (text, instant) => expect(readInstant(text)).toBe(instant));
});
