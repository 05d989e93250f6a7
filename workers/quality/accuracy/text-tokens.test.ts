import { expect, test } from 'vitest';
import type { TextColumn } from '../../../src/domain/column-data';
import { texts } from '../testing/make-columns';
import { drawTokens, isFreeText, tokenize } from './text-tokens';

function column(values: (string | null)[]): TextColumn {
  return texts('t', values).data as TextColumn;
}

test('free text has more than one in twenty values that occur once; nulls do not count', () => {
  const common = Array<string>(95).fill('a');
  const single = (count: number) => Array.from({ length: count }, (_, i) => `b${i}`);
  expect(isFreeText(column([...common, ...single(5)]))).toBe(false);
  expect(isFreeText(column([...common, ...single(6)]))).toBe(true);
  expect(isFreeText(column([...common, ...single(6), ...Array<null>(50).fill(null)]))).toBe(true);
  expect(isFreeText(column([null]))).toBe(false);
});

test('tokens put together are the text', () => {
  expect(tokenize('Synthetic data, 20261!')).toEqual(['Synt', 'heti', 'c', '▁data', ',', '▁202', '61', '!']);
  expect(tokenize(' \n ')).toEqual([]);
  expect(tokenize('😀é')).toEqual(['😀', 'é']);
});

test('one token a cell, the same by seed; null for cells without', () => {
  const input = column(['alpha beta', null, '', 'gamma', 'alpha beta']);
  const drawn = drawTokens(input, 1, 's');
  const shown = [...drawn.codes].map((code) => (code < 0 ? null : drawn.dictionary[code]!));
  expect(shown[1]).toBeNull();
  expect(shown[2]).toBeNull();
  expect(tokenize('alpha beta')).toContain(shown[0]);
  expect(tokenize('gamma')).toContain(shown[3]);
  expect(drawTokens(input, 1, 's')).toEqual(drawn);
});

test('a very long cell costs no more than a short one', () => {
  expect(tokenize('x'.repeat(1_000_000)).length).toBeLessThan(2000);
});
