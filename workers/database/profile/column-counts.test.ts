import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StorageType } from '../../../src/domain/columns';
import { columnsToIpc, sqlType } from '../formats/columns-to-ipc';
import type { ColumnValues } from '../formats/table-format';
import { sharedEngine } from '../testing/shared-engine';
import { ColumnCounts } from './column-counts';
import { profileColumns } from './profile-column';

type Values = Exclude<ColumnValues, { readonly type: null }>;
type Cell = string | number | bigint | null;

const VALUES = {
  text: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.constantFrom('', ' ', 'x'.repeat(300), '\ufeffa'),
  ),
  integer: fc.oneof(
    fc.bigInt({ min: -300n, max: 300n }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  ),
  float: fc.oneof(
    fc.integer({ min: -300, max: 300 }).map((value) => value / 100),
    fc.double({ noNaN: true }),
    fc.constantFrom(0, -0),
  ),
  date: fc.integer({ min: -800_000, max: 3_000_000 }),
  datetime: fc.bigInt({ min: 0n, max: 4_000_000_000_000_000n }).map((micros) => micros - (micros % 1_000n)),
} as const;
type Type = keyof typeof VALUES;

/** Few values that recur, in several batches. */
const table = fc.integer({ min: 1, max: 4 }).chain((columns) =>
  fc.array(
    fc
      .constantFrom(...(Object.keys(VALUES) as Type[]))
      .chain((type) =>
        fc
          .array(VALUES[type] as fc.Arbitrary<Cell>, { minLength: 1, maxLength: 9 })
          .chain((some) =>
            fc
              .array(fc.constantFrom(...some, null), { minLength: 40, maxLength: 40 })
              .map((cells) => ({ type, cells })),
          ),
      ),
    { minLength: columns, maxLength: columns },
  ),
);

function valuesOf(type: Type, cells: readonly Cell[]): Values {
  const nulls = cells.includes(null) ? Uint8Array.from(cells, (cell) => Number(cell === null)) : null;
  if (type === 'text') {
    const texts = cells.map((cell) => new TextEncoder().encode((cell ?? '') as string));
    const offsets = new Int32Array(cells.length + 1);
    texts.forEach((text, i) => {
      offsets[i + 1] = offsets[i]! + text.length;
    });
    return { type, values: Uint8Array.from(texts.flatMap((text) => [...text])), offsets, nulls };
  }
  if (type === 'float') return { type, values: Float64Array.from(cells, (cell) => Number(cell ?? 0)), nulls };
  if (type === 'date') return { type, values: Int32Array.from(cells, (cell) => Number(cell ?? 0)), nulls };
  return { type, values: BigInt64Array.from(cells, (cell) => BigInt(cell ?? 0)), nulls };
}

it('gives the profiles that reading the table again gives', async () => {
  const sql = await sharedEngine();
  let saved = 0;
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (columns, size) => {
      const definitions = columns.map(({ type }, i) => `c${i} ${sqlType(type)}`);
      await sql.query(`CREATE OR REPLACE TABLE counted (${definitions.join(', ')})`);
      const counts = new ColumnCounts();
      for (let at = 0; at < 40; at += size) {
        const rows = Math.min(size, 40 - at);
        const batch = columns.map(({ type, cells }) => valuesOf(type, cells.slice(at, at + rows)));
        counts.add(batch, rows);
        await sql.insertArrow(columnsToIpc(batch, rows), 'counted', false);
      }
      const known = columns.map(({ type }, index) => ({
        index,
        type: type as StorageType,
        hugeIntegers: false,
      }));
      const profiles = (of?: ColumnCounts) =>
        profileColumns(sql, 'counted', known, Number.POSITIVE_INFINITY, undefined, of);
      const read = await profiles();
      expect(await profiles(counts)).toEqual(read);
      saved += known.filter(({ index }) => counts.numbers(index) ?? counts.texts(index)).length;
    }),
    { numRuns: 8 },
  );
  expect(saved).toBeGreaterThan(6);
}, 60_000);

it('counts no column of many values, of another type later, or that comes later', () => {
  const counts = new ColumnCounts(3);
  const few = valuesOf('text', ['a', 'b', null]);
  counts.add([few, valuesOf('integer', [1n, 2n, 3n]), valuesOf('date', [1, 1, 2])], 3);
  counts.add([few, valuesOf('integer', [4n, 5n, 6n]), valuesOf('text', ['1', '1', '2']), few], 3);
  expect(counts.texts(0)).toMatchObject({ times: [2, 2], nullCount: 2 });
  expect(counts.numbers(1)).toBeNull();
  expect(counts.numbers(2)).toBeNull();
  expect(counts.texts(3)).toBeNull();
  expect(counts.of(new Set([1])).texts(0)).toBeNull();
});
