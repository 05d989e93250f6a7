import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ColumnData } from '../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import { analyseColumn, type ColumnEncoding, decodeColumn, encodeColumn, forbiddenCodes } from './encoder';
import { cells, numberColumn, options, repeat, textColumn } from './testing';

const TYPES: [ResolvedEncodingType, StorageType][] = [
  ['TABULAR_CATEGORICAL', 'text'],
  ['TABULAR_CATEGORICAL', 'boolean'],
  ['TABULAR_CATEGORICAL', 'integer'],
  ['TABULAR_NUMERIC_DISCRETE', 'integer'],
  ['TABULAR_NUMERIC_BINNED', 'float'],
  ['TABULAR_NUMERIC_BINNED', 'integer'],
  ['TABULAR_DATETIME', 'date'],
  ['TABULAR_DATETIME', 'datetime'],
  ['TABULAR_NUMERIC_DIGIT', 'integer'],
  ['TABULAR_NUMERIC_DIGIT', 'float'],
  ['TABULAR_CHARACTER', 'text'],
  ['TABULAR_LAT_LONG', 'text'],
];
const isText = (type: StorageType) => type === 'text' || type === 'boolean';

function column(storageType: StorageType, values: readonly (number | null)[]): ColumnData {
  return isText(storageType)
    ? textColumn(values.map((value) => (value === null ? null : String(value))))
    : numberColumn(values);
}

function mixed(rows: number): (number | null)[] {
  const stream = new RandomStream(5, 'mixed');
  return Array.from({ length: rows }, () =>
    stream.uniform() < 0.1 ? null : Math.floor(stream.normal() * 1e6),
  );
}

const DEGENERATE: Record<string, (number | null)[]> = {
  'no rows': [],
  'one row': [123_456_789],
  'one null': [null],
  'all null': repeat([null], 50),
  constant: repeat([7], 50),
  'five rows': [500_000, 600_000, 700_000, null, 800_000],
  'nineteen rows': Array.from({ length: 19 }, (_, i) => i * 1e7),
  infinities: [...repeat([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 15), ...mixed(50)],
  'one infinity': [Number.POSITIVE_INFINITY, ...mixed(50)],
  '2^62': Array.from({ length: 300 }, (_, i) => 2 ** 62 + i * 2 ** 40),
  '1e300': Array.from({ length: 300 }, (_, i) => (i - 150) * 1e300),
  '1e-12': Array.from({ length: 300 }, (_, i) => i * 1e-12),
};

for (const [encodingType, storageType] of TYPES) {
  for (const [name, values] of Object.entries(DEGENERATE)) {
    for (const valueProtection of [true, false]) {
      test(`${encodingType} of ${storageType}, ${name}, ${valueProtection ? '' : 'un'}protected`, () => {
        const data = column(storageType, values);
        const encoding = analyseColumn(data, storageType, encodingType, options({ valueProtection }));
        const codes = encodeColumn(encoding, data);
        expect(codes.length).toBe(encoding.subColumns.length);
        const forbidden = forbiddenCodes(encoding);
        encoding.subColumns.forEach(({ cardinality }, i) => {
          expect(cardinality).toBeGreaterThan(0);
          expect(codes[i]!.length).toBe(values.length);
          expect(codes[i]!.every((code) => code < cardinality)).toBe(true);
          expect(forbidden[i]!.length).toBeLessThan(cardinality);
        });
        const out = decodeColumn(encoding, codes, { seed: 1, column: 0 }, 0);
        expect(out.kind).toBe(data.kind);
        expect(cells(out).length).toBe(values.length);
        if (values.length > 0 && values.length < 12 && valueProtection) {
          const real = new Set(cells(data).filter((cell) => cell !== null));
          for (const cell of cells(out)) expect(real.has(cell!)).toBe(false);
        }
      });
    }
  }
}

test('codes that no row of training had still decode: every code of every sub-column is valid', () => {
  for (const [encodingType, storageType] of TYPES) {
    const encoding = analyseColumn(column(storageType, mixed(500)), storageType, encodingType, options());
    encoding.subColumns.forEach(({ cardinality }, varied) => {
      const codes = encoding.subColumns.map((_, i) =>
        i === varied ? Uint16Array.from({ length: cardinality }, (_, k) => k) : new Uint16Array(cardinality),
      );
      for (const cell of cells(decodeColumn(encoding, codes, { seed: 1, column: 0 }, 0))) {
        expect(cell === null || typeof cell === 'string' || !Number.isNaN(cell)).toBe(true);
      }
    });
  }
});

test('the same seed gives the same encoding and the same values', () => {
  for (const [encodingType, storageType] of TYPES) {
    const run = (): [ColumnEncoding, ColumnData] => {
      const data = column(storageType, mixed(400));
      const encoding = analyseColumn(data, storageType, encodingType, options({ seed: 77 }));
      return [encoding, decodeColumn(encoding, encodeColumn(encoding, data), { seed: 5, column: 2 }, 0)];
    };
    expect(run()).toEqual(run());
  }
});

test('decoding does not depend on how rows are cut into blocks, but on seed and column', () => {
  const data = numberColumn(mixed(400));
  const encoding = analyseColumn(data, 'float', 'TABULAR_NUMERIC_BINNED', options());
  const codes = encodeColumn(encoding, data);
  const whole = cells(decodeColumn(encoding, codes, { seed: 5, column: 2 }, 1000));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (block) => {
      const parts: unknown[] = [];
      for (let row = 0; row < 400; row += block) {
        const part = codes.map((list) => list.subarray(row, row + block));
        parts.push(...cells(decodeColumn(encoding, part, { seed: 5, column: 2 }, 1000 + row)));
      }
      expect(parts).toEqual(whole);
    }),
    { numRuns: 20 },
  );
  expect(cells(decodeColumn(encoding, codes, { seed: 6, column: 2 }, 1000))).not.toEqual(whole);
  expect(cells(decodeColumn(encoding, codes, { seed: 5, column: 3 }, 1000))).not.toEqual(whole);
});

test('text cannot be encoded as numbers: a sentence, not a crash', () => {
  expect(() => analyseColumn(textColumn(['a']), 'text', 'TABULAR_NUMERIC_BINNED', options())).toThrow(
    'A text column cannot be encoded as TABULAR_NUMERIC_BINNED. Choose TABULAR_CATEGORICAL or AUTO for it.',
  );
});
