import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NamedColumn } from '../../../src/domain/column-data';
import { takeRows } from '../../../src/domain/column-data';
import { mixedTable, numbers, texts } from '../testing/make-columns';
import { reportOn } from '../testing/report-on';

/** Accuracies of synthetic rows against the original ones alone. */
async function accuracyOf(original: readonly NamedColumn[], synthetic: readonly NamedColumn[]) {
  const { metrics, ...report } = await reportOn({ training: original, synthetic }, { original: 'training' });
  return { ...report, summary: metrics.accuracy };
}

test('a hand-computed table of two columns', async () => {
  const original = [
    texts('a', [...Array<string>(10).fill('x'), ...Array<string>(10).fill('y')]),
    numbers('b', [...Array<number>(10).fill(0), ...Array<number>(10).fill(1)]),
  ];
  // Marginals equal, but independent: half of the joint mass lies where the original has none.
  const synthetic = [
    texts('a', [...Array<string>(10).fill('x'), ...Array<string>(10).fill('y')]),
    numbers(
      'b',
      Array.from({ length: 20 }, (_, i) => i % 2),
    ),
  ];
  const { summary, bivariateScores } = await accuracyOf(original, synthetic);
  expect(summary.univariate).toBe(1);
  expect(bivariateScores[0]).toMatchObject({ column1: 'a', column2: 'b', accuracy: 0.5 });
  expect(summary.trivariate).toBeNull();
  expect(summary.overall).toBe(0.75);
});

test('the same rows in any order score one', async () => {
  const table = mixedTable(400, 5);
  const reversed = Uint32Array.from({ length: 400 }, (_, i) => 399 - i);
  const shuffled = table.map((column) => ({ ...column, data: takeRows(column.data, reversed) }));
  const { summary, univariate, bivariateScores, trivariateScores } = await accuracyOf(table, shuffled);
  expect([summary.univariate, summary.bivariate, summary.trivariate, summary.overall]).toEqual([1, 1, 1, 1]);
  expect([univariate.length, bivariateScores.length, trivariateScores.length]).toEqual([4, 6, 4]);
});

const cell = fc.constantFrom('a', 'b', 'c', '', null);
const rowsOf = fc.array(fc.tuple(cell, cell, cell), { minLength: 20, maxLength: 120 });

function table(rows: readonly (readonly (string | null)[])[]): NamedColumn[] {
  return ['p', 'q', 'r'].map((name, i) =>
    texts(
      name,
      rows.map((row) => row[i]!),
    ),
  );
}

test('laws: order of rows and columns does not count, joints are never better than their margins', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf, rowsOf, async (ours, theirs) => {
      const result = await accuracyOf(table(ours), table(theirs));
      const turned = await accuracyOf(table(ours.toReversed()).reverse(), table(theirs.toReversed()));
      expect(turned.summary).toEqual(result.summary);
      const single = new Map(result.univariate.map(({ column, accuracy }) => [column, accuracy]));
      for (const pair of result.bivariateScores) {
        for (const column of [pair.column1, pair.column2])
          expect(pair.accuracy).toBeLessThanOrEqual(single.get(column)! + 1e-9);
        expect(pair.accuracy).toBeGreaterThanOrEqual(0);
      }
      for (const pair of result.bivariateScores) {
        expect(result.trivariateScores[0]!.accuracy).toBeLessThanOrEqual(pair.accuracy + 1e-9);
      }
    }),
    { numRuns: 40 },
  );
});

test('law: with the same bins, original and synthetic may be exchanged', async () => {
  // Every value occurs often in both, so both learn the same bins.
  const base = ['a', 'b', 'c'].flatMap((value) => Array<string>(20).fill(value));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), async (extra) => {
      const one = [texts('x', base)];
      const two = [texts('x', [...base, ...extra])];
      const there = await accuracyOf(one, two);
      const back = await accuracyOf(two, one);
      expect(there.summary.univariate).toBe(back.summary.univariate);
    }),
    { numRuns: 30 },
  );
});

test('unseen values throughout score zero; a column without values scores one against itself', async () => {
  const one = (value: string) => [texts('x', Array<string>(20).fill(value))];
  const zero = await accuracyOf(one('a'), one('b'));
  expect(zero.summary.univariate).toBe(0);
  expect(zero.summary.bivariate).toBeNull();
  const empty = numbers('x', Array<null>(30).fill(null));
  expect((await accuracyOf([empty], [empty])).summary.univariate).toBe(1);
});
