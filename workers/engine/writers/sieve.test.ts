import { expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { makeSieve, openSieve } from './sieve';

it('lets no value of the data through, and one of four others', () => {
  const data = Array.from({ length: 3000 }, (_, i) => `Anna Berg ${i}`);
  const sieve = makeSieve(data, data.length, new RandomStream(3, 'sieve'));
  const isFree = openSieve(sieve);
  expect(data.filter(isFree)).toEqual([]);
  expect(isFree('ANNA BERG  17')).toBe(false);
  const passed = Array.from({ length: 4000 }, (_, i) => `Paul Ott ${i}`).filter(isFree).length / 4000;
  expect(passed).toBeGreaterThan(0.21);
  expect(passed).toBeLessThan(0.29);
});

it('has three of four buckets full, however few values there are', () => {
  const { bits } = makeSieve(['x'], 1, new RandomStream(3, 'sieve'));
  const bytes = Uint8Array.from(atob(bits), (character) => character.charCodeAt(0));
  const full = bytes.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
  expect(full / (bytes.length * 8)).toBeCloseTo(0.75, 2);
});
