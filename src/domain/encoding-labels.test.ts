import { expect, it } from 'vitest';
import { ENCODING_LABELS } from './encoding-labels';
import { TextEncoding } from './sources';

it('names every encoding once', () => {
  expect(ENCODING_LABELS.map(({ value }) => value).sort()).toEqual([...TextEncoding.options].sort());
  expect(new Set(ENCODING_LABELS.map(({ label }) => label)).size).toBe(ENCODING_LABELS.length);
});
