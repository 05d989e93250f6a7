import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/domain/calendar';
import type { ResolvedEncodingType, StorageType } from '../../../../src/domain/columns';
import { RandomStream } from '../../../../src/domain/random';
import { analyseColumn } from '../../encoding/encoder';
import { numberColumn, options, textColumn } from '../../encoding/testing';
import { randomColumn } from '../../testing/random-columns';
import { checkEncoding } from './check-encoding';

/** Columns of numbers that training may meet: constant, of few or many values, very large or small, infinite, missing. */
const KINDS: Readonly<Record<string, (stream: RandomStream) => number | null>> = {
  constant: () => 1,
  few: (stream) => [1, 2.5, -3][stream.below(3)]!,
  whole: (stream) => stream.below(5000) * 25,
  any: (stream) => stream.normal(),
  far: (stream) => Math.exp(5 * stream.normal()),
  infinite: (stream) => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, 2][stream.below(4)]!,
  missing: (stream) => (stream.below(2) === 0 ? null : 1),
  'all missing': () => null,
};

const column = fc.record({
  kind: fc.constantFrom(...Object.keys(KINDS)),
  rows: fc.constantFrom(1, 8, 30, 200, 1200),
  power: fc.constantFrom(-300, -18, -2, 0, 3, 18, 300),
  seed: fc.nat(1000),
  valueProtection: fc.boolean(),
});

function check(
  {
    kind,
    rows,
    seed,
    valueProtection,
  }: { kind: string; rows: number; seed: number; valueProtection: boolean },
  unit: number,
  storageType: StorageType,
  encodingType: ResolvedEncodingType,
): void {
  const stream = new RandomStream(seed, 'column');
  const values = Array.from({ length: rows }, () => {
    const value = KINDS[kind]!(stream);
    return value === null ? null : storageType === 'float' ? value * unit : Math.round(value) * unit;
  });
  const encoding = analyseColumn(
    numberColumn(values),
    storageType,
    encodingType,
    options({ seed, valueProtection }),
  );
  expect(() => checkEncoding('encoding', JSON.parse(JSON.stringify(encoding)))).not.toThrow();
}

describe('the check of a stored encoding takes whatever training makes', () => {
  it.each([
    'TABULAR_NUMERIC_BINNED',
    'TABULAR_NUMERIC_DISCRETE',
    'TABULAR_NUMERIC_DIGIT',
    'TABULAR_CATEGORICAL',
  ] as const)('%s', (type) => {
    fc.assert(
      fc.property(column, (made) => check(made, 10 ** made.power, 'float', type)),
      { numRuns: 60 },
    );
  });

  it('of made-up columns of every type', () => {
    for (let seed = 0; seed < 120; seed++) {
      const { learned, storageType, encodingType } = randomColumn(seed);
      const own = options({ seed, valueProtection: seed % 3 !== 0 });
      const encoding = analyseColumn(learned, storageType, encodingType, own);
      expect(() => checkEncoding('encoding', JSON.parse(JSON.stringify(encoding)))).not.toThrow();
    }
  });

  it.each([
    ['digits beyond nine', { digits: [[0], [0, 10]] }],
    ['bounds in the wrong order', { bounds: { low: 3, high: 2 } }],
    [
      'digits without a sub-column',
      {
        digits: [
          [0, 1],
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      },
    ],
  ])('refuses numbers with %s', (_what, broken) => {
    const data = numberColumn(Array.from({ length: 100 }, (_, i) => 10 + i));
    const encoding = analyseColumn(data, 'integer', 'TABULAR_NUMERIC_DIGIT', options());
    expect(() => checkEncoding('encoding', { ...encoding, ...broken })).toThrow();
  });

  it.each([
    ['a circle of splits', { splits: [{ axis: 0, at: 1, below: 0, above: -1 }] }],
    ['a cell that has no code', { cellCodes: [99] }],
    ['no cells for its splits', { cellCodes: [] }],
  ])('refuses coordinates with %s', (_what, broken) => {
    const locations = Array.from(
      { length: 200 },
      (_, i) => `48.${1000 + 7 * i}, 16.${1000 + ((i * 31) % 200)}`,
    );
    const encoding = analyseColumn(textColumn(locations), 'text', 'TABULAR_LAT_LONG', options());
    expect(() => checkEncoding('encoding', { ...encoding, ...broken })).toThrow();
  });

  it.each(['date', 'datetime'] as const)('of a column of type %s', (type) => {
    const finite = column.filter(({ kind }) => kind !== 'infinite');
    fc.assert(
      fc.property(finite, fc.constantFrom(DAY, 30 * DAY), (made, unit) =>
        check(made, unit, type, 'TABULAR_DATETIME'),
      ),
      { numRuns: 80 },
    );
  });

  it.each(['date', 'datetime'] as const)('of a %s that is the same in all rows, or in too few', (type) => {
    for (const rows of [3, 300])
      check({ kind: 'constant', rows, seed: 1, valueProtection: true }, 400 * DAY, type, 'TABULAR_DATETIME');
  });
});
