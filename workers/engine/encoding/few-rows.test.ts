import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import { MAX_THRESHOLD } from '../privacy/protection';
import { analyseColumn, decodeColumn, encodeColumn, forbiddenCodes } from './encoder';
import { cells, numberColumn, options, repeat, textColumn } from './testing';

const DAY = 86_400_000;

/** A value of a column that gets this encoding. */
function cellOf(type: ResolvedEncodingType, stream: RandomStream): number {
  if (type === 'TABULAR_DATETIME') return 18_000 * DAY + stream.below(900) * DAY;
  return stream.below(type === 'TABULAR_NUMERIC_BINNED' || type === 'TABULAR_NUMERIC_DIGIT' ? 5000 : 5);
}

/** A column of plain values and some nulls. */
function column(type: ResolvedEncodingType, nulls: number): ColumnData {
  const stream = new RandomStream(4, type);
  const values = [
    ...Array.from({ length: 300 }, () => cellOf(type, stream)),
    ...repeat<number | null>([null], nulls),
  ];
  return ['TABULAR_CATEGORICAL', 'TABULAR_CHARACTER', 'TABULAR_LAT_LONG'].includes(type)
    ? textColumn(values.map((value) => (value === null ? null : `${value}, 10.${value}`)))
    : numberColumn(values);
}

const TYPES: readonly (readonly [ResolvedEncodingType, StorageType])[] = [
  ['TABULAR_CATEGORICAL', 'text'],
  ['TABULAR_NUMERIC_DISCRETE', 'integer'],
  ['TABULAR_NUMERIC_BINNED', 'integer'],
  ['TABULAR_DATETIME', 'date'],
  ['TABULAR_NUMERIC_DIGIT', 'integer'],
  ['TABULAR_CHARACTER', 'text'],
  ['TABULAR_LAT_LONG', 'text'],
];

describe.each(TYPES)('%s', (type, storageType) => {
  const codes = (nulls: number, seed: number) => {
    const data = column(type, nulls);
    const encoding = analyseColumn(data, storageType, type, options({ seed }));
    return { encoding, encoded: encodeColumn(encoding, data) };
  };
  const hasNull = (nulls: number, seed: number) => {
    const { encoding, encoded } = codes(nulls, seed);
    const forbidden = new Set(forbiddenCodes(encoding)[0]);
    const drawn = encoded.map((part) => part.filter((_, row) => !forbidden.has(encoded[0]![row]!)));
    return cells(decodeColumn(encoding, drawn, { seed: 1, column: 0 }, 0)).includes(null);
  };

  it('has no null where fewer than 5 rows have one, and one from the highest threshold on', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: MAX_THRESHOLD, max: 25 }),
        (seed, few, enough) => {
          expect(hasNull(few, seed)).toBe(false);
          expect(hasNull(enough, seed)).toBe(true);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('has as many codes as without the rows', () => {
    const sizes = (nulls: number) =>
      codes(nulls, 3).encoding.subColumns.map(({ cardinality }) => cardinality);
    expect(sizes(4)).toEqual(sizes(0));
  });
});

it('a placeholder stands for rare categories of as many rows as always show, and for none of fewer than 5', () => {
  const rare = (rows: number) => Array.from({ length: rows }, (_, i) => `person ${i}`);
  const drawable = (rows: number, seed: number) => {
    const data = textColumn([...repeat(['a', 'b'], 40), ...rare(rows)]);
    const encoding = analyseColumn(
      data,
      'text',
      'TABULAR_CATEGORICAL',
      options({ seed, rareCategoryReplacementMethod: 'CONSTANT' }),
    );
    return !forbiddenCodes(encoding)[0]!.includes(0);
  };
  for (let seed = 0; seed < 20; seed++) {
    expect([1, 4].map((rows) => drawable(rows, seed))).toEqual([false, false]);
    expect([MAX_THRESHOLD, 30].map((rows) => drawable(rows, seed))).toEqual([true, true]);
  }
});
