import { expect, it } from 'vitest';
import type { ColumnData } from '../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../src/domain/columns';
import { hiddenSentence } from '../../../src/domain/hidden-values';
import { RandomStream } from '../../../src/domain/random';
import type { CategoricalEncoding } from './categorical';
import { analyseColumn } from './encoder';
import { hiddenValuesOf } from './hidden-values';
import { numberColumn, options, textColumn } from './testing';

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

it('tells of every type what protection hides of a column, and nothing where it is off', () => {
  const stream = new RandomStream(7, 'hidden');
  const draw = (make: () => number) => Array.from({ length: 600 }, make);
  const location = () => `48.${10_000 + stream.below(80_000)}, 16.${10_000 + stream.below(80_000)}`;
  const columns: readonly (readonly [ResolvedEncodingType, StorageType, ColumnData])[] = [
    ['TABULAR_CATEGORICAL', 'text', textColumn(draw(() => stream.below(900)).map((k) => `c${k % 301}`))],
    ['TABULAR_NUMERIC_DISCRETE', 'integer', numberColumn(draw(() => Math.round(30 * stream.normal())))],
    ['TABULAR_NUMERIC_BINNED', 'float', numberColumn(draw(() => Math.exp(2 * stream.normal())))],
    ['TABULAR_NUMERIC_DIGIT', 'float', numberColumn(draw(() => Math.round(Math.exp(2 * stream.normal()))))],
    [
      'TABULAR_DATETIME',
      'date',
      numberColumn(draw(() => 86_400_000 * Math.round(9000 + 900 * stream.normal()))),
    ],
    ['TABULAR_CHARACTER', 'text', textColumn(draw(() => stream.below(1e6)).map(String))],
    ['TABULAR_LAT_LONG', 'text', textColumn(Array.from({ length: 600 }, location))],
  ];
  for (const [type, storageType, data] of columns) {
    const told = (valueProtection: boolean) =>
      hiddenValuesOf('c', analyseColumn(data, storageType, type, options({ valueProtection })));
    expect(told(false)).toBeNull();
    const hidden = told(true)!;
    expect((hidden.kind === 'rare' ? hidden.values : hidden.rows) % 10).toBe(0);
    expect(hiddenSentence(hidden)).toMatch(/^about \d/);
  }
});
