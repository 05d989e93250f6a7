import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ColumnData } from '../../../src/domain/column-data';
import { FakeKind, type Writing } from '../../../src/domain/writing';
import { learnWriter } from './learn-writer';
import { Writer } from './writer';

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ minLength: 150, maxLength: 1200 }),
  fc.integer({ min: 0, max: 10 ** 9 }).map((number) => `AB-${number}`),
  fc.integer({ min: 0, max: 10 ** 6 }).map((number) => `${number}`.padStart(450, '0')),
  fc.uuid(),
  fc.emailAddress(),
);

/** A column of one kind of texts, each once or some several times, or of numbers of any size. */
const columns: fc.Arbitrary<ColumnData> = fc.oneof(
  fc
    .tuple(
      fc.uniqueArray(cell, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 60 }),
      fc.boolean(),
    )
    .map(([dictionary, more, hasNull]) => ({
      kind: 'text' as const,
      dictionary,
      codes: Int32Array.from({ length: dictionary.length + more }, (_, row) =>
        hasNull && row % 7 === 3 ? -1 : row % dictionary.length,
      ),
    })),
  fc
    .array(fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true }), fc.integer({ min: 0, max: 50 })), {
      minLength: 1,
      maxLength: 60,
    })
    .map((values) => ({ kind: 'number' as const, values: Float64Array.from(values), nulls: null })),
);

const writings: fc.Arbitrary<Writing> = fc.oneof(
  fc.constant<Writing>({ as: 'key' }),
  fc.constant<Writing>({ as: 'pattern' }),
  fc.constant<Writing>({ as: 'running', start: 1, step: 1 }),
  fc.constant<Writing>({ as: 'empty' }),
  fc.string({ maxLength: 300 }).map((text): Writing => ({ as: 'constant', text })),
  fc.constantFrom(...FakeKind.options).map((kind): Writing => ({ as: 'fake', kind, locale: 'en' })),
);

it('whatever writes a column can be stored and read back', () => {
  fc.assert(
    fc.property(columns, writings, fc.integer({ min: 0 }), fc.boolean(), (data, writing, seed, follows) => {
      const rows = { training: data, all: data, sample: null, rareThreshold: 5 };
      const { writer } = learnWriter(
        writing,
        rows,
        seed % 2 ** 32,
        data.kind === 'text' ? 'text' : 'float',
        follows,
      );
      const read = Writer.safeParse(JSON.parse(JSON.stringify(writer)));
      expect(read.error?.issues ?? []).toEqual([]);
      expect(read.data).toEqual(writer);
    }),
    { numRuns: 600 },
  );
});
