import { expect, it } from 'vitest';
import { cellText, numberText } from './cell-text';

it('writes integers in full', () => {
  expect([0, -0, -12, 2 ** 53, 1e21].map((value) => numberText(value, 'integer'))).toEqual([
    '0',
    '0',
    '-12',
    '9007199254740992',
    '1000000000000000000000',
  ]);
});

it('writes floats in their shortest form', () => {
  expect([0.1, 1e300, 1e-12, 24, -1.5].map((value) => numberText(value, 'float'))).toEqual([
    '0.1',
    '1e+300',
    '1e-12',
    '24',
    '-1.5',
  ]);
});

it('writes dates and datetimes as ISO, milliseconds only when there are any', () => {
  expect(numberText(Date.UTC(2012, 1, 29), 'date')).toBe('2012-02-29');
  expect(numberText(-86_400_000, 'date')).toBe('1969-12-31');
  expect(numberText(Date.UTC(2012, 1, 29, 1, 2, 3), 'datetime')).toBe('2012-02-29 01:02:03');
  expect(numberText(Date.UTC(2012, 1, 29, 1, 2, 3, 40), 'datetime')).toBe('2012-02-29 01:02:03.040');
});

it('reads nulls of both kinds of column', () => {
  const numbers = { kind: 'number', values: Float64Array.of(1, 2), nulls: Uint8Array.of(0, 1) } as const;
  const texts = { kind: 'text', codes: Int32Array.of(-1, 0), dictionary: ['x'] } as const;
  expect([cellText(numbers, 0, 'integer'), cellText(numbers, 1, 'integer')]).toEqual(['1', null]);
  expect([cellText(texts, 0, 'text'), cellText(texts, 1, 'text')]).toEqual([null, 'x']);
});
