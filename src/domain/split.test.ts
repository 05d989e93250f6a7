import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_ROWS, type RowSelection, selectRows } from './split';

const selection = fc.record({
  seed: fc.nat(),
  validationShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
  maxValidation: fc.option(fc.nat(50)),
  maxSampleSize: fc.option(fc.integer({ min: 1, max: 300 })),
});

describe('selectRows', () => {
  it('parts a table without overlap or loss', () => {
    fc.assert(
      fc.property(fc.nat(200), selection, (rows, fields) => {
        const take = (part: RowSelection['part']) => [...selectRows(rows, { ...fields, part })];
        const all = take('all');
        const training = take('training');
        const validation = take('validation');
        expect([...training, ...validation].sort((a, b) => a - b)).toEqual(all);
        expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
        expect(all.length).toBe(Math.min(rows, fields.maxSampleSize ?? rows));
        if (fields.maxValidation !== null)
          expect(validation.length).toBeLessThanOrEqual(fields.maxValidation);
      }),
    );
  });

  it('takes every row by default', () => {
    expect([...selectRows(4, ALL_ROWS)]).toEqual([0, 1, 2, 3]);
  });

  it('changes with the seed', () => {
    const rows = (seed: number) => [
      ...selectRows(1000, { ...ALL_ROWS, part: 'validation', seed, validationShare: 0.1 }),
    ];
    expect(rows(1)).toEqual(rows(1));
    expect(rows(1)).not.toEqual(rows(2));
  });
});
