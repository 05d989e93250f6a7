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

  it('keeps the rows of a subject on one side, and no more rows than asked for', () => {
    const subjectOf = fc.array(fc.nat(12), { maxLength: 200 });
    fc.assert(
      fc.property(subjectOf, selection, (subjects, fields) => {
        const take = (part: RowSelection['part']) => [
          ...selectRows(subjects.length, { ...fields, part }, Uint32Array.from(subjects)),
        ];
        const [all, training, validation] = [take('all'), take('training'), take('validation')];
        expect([...training, ...validation].sort((a, b) => a - b)).toEqual(all);
        const subjectsOf = (rows: number[]) => new Set(rows.map((row) => subjects[row]!));
        expect([...subjectsOf(training)].filter((subject) => subjectsOf(validation).has(subject))).toEqual(
          [],
        );
        const chosen = subjectsOf(all);
        expect(all).toEqual(subjects.flatMap((subject, row) => (chosen.has(subject) ? [row] : [])));
        expect(all.length).toBeLessThanOrEqual(Math.min(subjects.length, fields.maxSampleSize ?? Infinity));
        expect(validation.length).toBeLessThanOrEqual(
          Math.min(Math.round(all.length * fields.validationShare), fields.maxValidation ?? Infinity),
        );
      }),
    );
  });

  it('comes near the wanted share with subjects of several rows', () => {
    const subjects = Uint32Array.from({ length: 3000 }, (_, row) => row >> 2);
    const validation = selectRows(3000, { ...ALL_ROWS, part: 'validation', validationShare: 0.2 }, subjects);
    expect(validation.length).toBe(600);
  });

  it('takes the same rows whether every row is a subject of its own or none is named', () => {
    fc.assert(
      fc.property(fc.nat(200), selection, (rows, fields) => {
        const own = Uint32Array.from({ length: rows }, (_, row) => row);
        for (const part of ['all', 'training', 'validation'] as const) {
          expect(selectRows(rows, { ...fields, part }, own)).toEqual(selectRows(rows, { ...fields, part }));
        }
      }),
    );
  });

  it('takes the rows that it always took', () => {
    const fields = { seed: 7, validationShare: 0.25, maxValidation: null, maxSampleSize: 12 };
    expect([...selectRows(20, { ...fields, part: 'training' })]).toEqual([1, 2, 3, 4, 7, 13, 15, 16, 18]);
    expect([...selectRows(20, { ...fields, part: 'validation' })]).toEqual([5, 8, 11]);
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
