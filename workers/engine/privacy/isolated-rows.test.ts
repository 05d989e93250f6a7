import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { type CodedTable, drawStandIns as draw } from './isolated-rows';
import { KeyedRandom } from './keyed-random';

const drawStandIns = async (table: CodedTable, keyed: KeyedRandom) =>
  (await draw(table, keyed, async () => undefined)).rows;
const keyOf = (seed: number) => new KeyedRandom(seed.toString(16).padStart(64, '0'));

/** Codes [sub-column][row] as a table; the last sub-column has no order. */
function tableOf(columns: readonly (readonly number[])[], holders?: readonly number[]): CodedTable {
  const rows = columns[0]!.length;
  return {
    codes: Uint16Array.from(columns.flat()),
    rowCount: rows,
    trainingRows: rows,
    parts: columns.map((column, j) => {
      const counts = new Uint32Array(Math.max(...column) + 1);
      for (const code of column) counts[code]!++;
      return { counts, ordinal: j < columns.length - 1, weight: 1 };
    }),
    holders: Uint32Array.from(holders ?? column(rows, (row) => row)),
  };
}

const column = (rows: number, code: (row: number) => number) =>
  Array.from({ length: rows }, (_, row) => code(row));

/** 99 rows whose two numbers agree, and as the last one a row of a low and a high number in a category of its own. */
const ONE_ALONE = tableOf([
  column(100, (row) => (row === 99 ? 2 : row)),
  column(100, (row) => (row === 99 ? 97 : row)),
  column(100, (row) => (row === 99 ? 1 : 0)),
]);

describe('stand-ins', () => {
  it('leave a person who stands alone out under half of the keys, and nearly nobody else', async () => {
    let absent = 0;
    let others = 0;
    for (let seed = 0; seed < 100; seed++) {
      const learned = await drawStandIns(ONE_ALONE, keyOf(seed));
      if (learned[99] !== 99) absent++;
      others += learned.filter((row, index) => index !== 99 && row !== index).length;
    }
    expect(absent).toBeGreaterThan(30);
    expect(absent).toBeLessThan(70);
    expect(others / 100).toBeLessThan(2);
  });

  it('are the nearest rows', async () => {
    // Row 0 differs from all by its category, and its numbers are nearest to row 1's.
    const table = tableOf([
      column(80, (row) => (row < 2 ? 40 : row)),
      column(80, (row) => (row < 2 ? 3 : row)),
      column(80, (row) => (row === 0 ? 1 : 0)),
    ]);
    const drawn = await Promise.all(column(20, (seed) => seed).map((s) => drawStandIns(table, keyOf(s))));
    const replaced = drawn.filter((learned) => learned[0] !== 0 && learned[1] === 1);
    expect(replaced.length).toBeGreaterThan(0);
    for (const learned of replaced) expect(learned[0]).toBe(1);
  });

  it('are rows of somebody else, learned as they are, and follow from the key', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(1e6),
        async (rows, each, seed) => {
          const stream = new RandomStream(seed, 'table');
          const random = () => column(rows, () => Math.floor(stream.uniform() * 20));
          const table = tableOf(
            [random(), random(), random()],
            column(rows, (row) => Math.floor(row / each)),
          );
          const learned = await drawStandIns(table, keyOf(seed));
          expect(learned).toHaveLength(rows);
          const replaced = [...learned.keys()].filter((row) => learned[row] !== row);
          expect(replaced.length).toBeLessThanOrEqual(Math.round(0.03 * rows));
          for (const row of replaced) {
            expect(learned[learned[row]!]).toBe(learned[row]);
            expect(table.holders[learned[row]!]).not.toBe(table.holders[row]);
          }
          expect(await drawStandIns(table, keyOf(seed))).toEqual(learned);
        },
      ),
      { numRuns: 60 },
    ));
});
