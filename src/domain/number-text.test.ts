import { describe, expect, it } from 'vitest';
import { rangeText, readNumber } from './number-text';

const RULE = { min: 1, max: 100_000_000, integer: true };

describe('readNumber', () => {
  it('accepts grouping and exponents', () => {
    expect(readNumber('10,000', RULE)).toEqual({ value: 10_000 });
    expect(readNumber(' 1 000 000 ', RULE)).toEqual({ value: 1_000_000 });
    expect(readNumber('1e6', RULE)).toEqual({ value: 1_000_000 });
    expect(readNumber('.5', { min: 0, max: 2 })).toEqual({ value: 0.5 });
  });
  it('reads an empty field as null only where that is allowed', () => {
    expect(readNumber('', { ...RULE, optional: true })).toEqual({ value: null });
    expect(readNumber('', RULE)).toHaveProperty('error');
  });
  it.each(['abc', '1x', '0', '100000001', '1.5', '--1', '0x10', 'Infinity'])('refuses %s', (text) => {
    expect(readNumber(text, RULE)).toHaveProperty('error');
  });
  it('takes any number above a bound where there is no other', () => {
    const rule = { min: 0, max: Infinity };
    expect(readNumber('1e9', rule)).toEqual({ value: 1e9 });
    expect(readNumber('-1', rule)).toEqual({ error: 'Enter a number of 0 or more.' });
  });
  it('leaves out bounds that are none of the range', () => {
    const share = { min: 0, max: 1, isAbove: true, isBelow: true };
    expect(readNumber('0.5', share)).toEqual({ value: 0.5 });
    for (const text of ['0', '1']) {
      expect(readNumber(text, share)).toEqual({ error: 'Enter a number above 0 and below 1.' });
    }
    expect(readNumber('0', { min: 0, max: 9, isAbove: true })).toEqual({
      error: 'Enter a number above 0 and up to 9.',
    });
    expect(readNumber('9', { min: 0, max: 9, isAbove: true })).toEqual({ value: 9 });
    expect(rangeText({ min: 2, max: 9, isBelow: true }, String)).toBe('a number from 2 and below 9');
  });
  it('names the range in its sentence', () => {
    expect(readNumber('-3', RULE)).toEqual({ error: 'Enter a whole number from 1 to 100,000,000.' });
  });
});
