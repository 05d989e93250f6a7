import { expect, it } from 'vitest';
import type { CategoricalEncoding } from './categorical';
import { hiddenValuesOf } from './hidden-values';

const encodingOf = (rareCategories: number): CategoricalEncoding => ({
  type: 'TABULAR_CATEGORICAL',
  storageType: 'text',
  subColumns: [{ name: 'cat', cardinality: 3, ordinal: false }],
  hasNull: false,
  categories: ['a', 'b'],
  rareCategories,
  emitsRare: false,
});

it('tells how many values are hidden to tens only', () => {
  const told = (count: number) => {
    const hidden = hiddenValuesOf('c', encodingOf(count));
    return hidden?.kind === 'rare' ? hidden.values : null;
  };
  expect([0, 1, 5, 14, 15, 24, 25, 1234].map(told)).toEqual([null, 10, 10, 10, 20, 20, 30, 1230]);
});
