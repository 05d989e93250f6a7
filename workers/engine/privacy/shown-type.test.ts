import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberColumn, textColumn } from '../encoding/testing';
import { asShown, shownType, shownTypeBySubjects } from './shown-type';

describe('shownType', () => {
  it('is the plainer one where few rows need the other, unless protection is off', () => {
    const finer = { coarser: 'integer', count: 6 } as const;
    expect(shownType('float', { finer }, true)).toBe('integer');
    expect(shownType('float', { finer }, false)).toBe('float');
    expect(shownType('datetime', { finer: { coarser: 'date', count: 1 } }, true)).toBe('date');
    expect(shownType('float', {}, true)).toBe('float');
    expect(shownType('text', undefined, true)).toBe('text');
  });
});

describe('shownTypeBySubjects', () => {
  const values = Array.from({ length: 100 }, (_, row) => (row < 20 ? row + 0.5 : row));
  const type = (subjectOf: (row: number) => number, stored: 'float' | 'datetime' = 'float') =>
    shownTypeBySubjects(
      stored,
      numberColumn(values),
      Uint32Array.from(values, (_, row) => subjectOf(row)),
    );

  it('counts subjects, not their rows', () => {
    expect(type((row) => Math.floor(row / 20))).toBe('integer');
    expect(type((row) => row)).toBe('float');
    expect(type((row) => row % 6)).toBe('integer');
    expect(type((row) => row % 7)).toBe('float');
  });

  it('leaves a column that is finer for nobody', () => {
    const whole = numberColumn(values.map(Math.round));
    expect(shownTypeBySubjects('float', whole, new Uint32Array(100))).toBe('float');
    expect(shownTypeBySubjects('text', textColumn(['a']), [0])).toBe('text');
  });
});

describe('asShown', () => {
  const value = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, min: -8.64e15, max: 8.64e15 }),
    fc.constant(Number.POSITIVE_INFINITY),
    fc.constant(null),
  );
  it.each([
    ['integer', 1],
    ['date', 86_400_000],
  ] as const)('gives multiples of the unit of %s and leaves those that are', (type, unit) => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), (values) => {
        const shown = asShown(numberColumn(values), type);
        if (shown.kind === 'text') throw new Error('became a text');
        expect(Array.from(shown.values).filter((one) => one % unit !== 0)).toEqual([]);
        expect(asShown(shown, type)).toBe(shown);
        values.forEach((original, row) => {
          const isMissing = shown.nulls?.[row] === 1;
          expect(isMissing).toBe(original === null || !Number.isFinite(original));
          if (!isMissing && original! % unit === 0) expect(shown.values[row]! + 0).toBe(original! + 0);
        });
      }),
    );
  });

  it('leaves other types alone', () => {
    const numbers = numberColumn([1.5, null]);
    expect(asShown(numbers, 'float')).toBe(numbers);
    const texts = textColumn(['1.5']);
    expect(asShown(texts, 'text')).toBe(texts);
  });
});
