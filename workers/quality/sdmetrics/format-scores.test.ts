import { expect, it } from 'vitest';
import { numbers, texts } from '../testing/make-columns';
import { formatScore, formOf } from './format-scores';

const DAY = 86_400_000;

it('numbers have no more decimals than the original has', () => {
  const of = (real: (number | null)[], synthetic: (number | null)[]) =>
    formatScore(numbers('a', real).data, numbers('a', synthetic).data, 'number');
  expect(of([1, 2, null], [3, 4.5, null, 5, 6])).toEqual({ metric: 'Decimals', share: 0.75 });
  expect(of([1.1, 0.3], [2.2, 0.35])).toEqual({ metric: 'Decimals', share: 0.5 });
  expect(of([Math.PI], [2])).toBeNull();
  expect(of([1], [null])).toBeNull();
});

it('dates have no finer time than the original has', () => {
  const of = (real: number[], synthetic: number[]) =>
    formatScore(numbers('a', real).data, numbers('a', synthetic).data, 'datetime');
  expect(of([0, DAY], [3 * DAY, DAY + 1000])).toEqual({ metric: 'DatetimeFormat', share: 0.5 });
  expect(of([1500], [1])).toBeNull();
});

it('texts of few forms have one of them; words have none', () => {
  expect(formOf('Ab-1204 é')).toBe('Aa-9999 a');
  const plates = Array.from({ length: 40 }, (_, i) => `W-${100 + i}A`);
  const of = (real: string[], synthetic: (string | null)[]) =>
    formatScore(texts('a', real).data, texts('a', synthetic).data, 'category');
  expect(of(plates, ['W-999Z', 'w-1', null])).toEqual({ metric: 'TextForm', share: 0.5 });
  const words = Array.from({ length: 40 }, (_, i) => 'x'.repeat(i + 1));
  expect(of(words, ['y'])).toBeNull();
  expect(of(plates.slice(0, 5), ['W-999Z'])).toBeNull();
});
