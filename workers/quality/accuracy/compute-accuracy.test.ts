import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeRows } from '../../../src/domain/column-data';
import { isCanceled } from '../../../src/domain/errors';
import { quietJob } from '../../../src/threads/testing/quiet-job';
import type { NamedColumn } from '../columns';
import { missingAdult, PUBLISHED, readAdult, readFixture, readPublished } from '../testing/adult';
import { mixedTable, numbers, texts } from '../testing/make-columns';
import { deviations } from '../testing/parity';
import { computeAccuracy } from './compute-accuracy';

const missing = missingAdult();
if (missing)
  process.stderr.write(
    `SKIPPED: the accuracies of published files are not compared, ${missing} is missing\n`,
  );

describe.skipIf(missing !== null)('equals the reference on published Adult files', () => {
  const adult = missing === null ? readAdult() : null;

  test.each(PUBLISHED)('%s: every column, pair and triple within 1e-4', async (name) => {
    const result = await computeAccuracy({
      original: adult!.original,
      synthetic: readPublished(name, adult!.training),
    });
    const fixture = readFixture(name);
    const { univariate, bivariate, trivariate } = deviations(result, fixture);
    expect(univariate).toBeLessThan(1e-4);
    expect(bivariate).toBeLessThan(1e-4);
    expect(trivariate).toBeLessThan(1e-4);
    expect(result.summary.overall).toBeCloseTo(fixture.metrics.accuracy['overall']!, 6);
    expect(result.summary.overallMax).toBeCloseTo(fixture.metrics.accuracy['overall_max']!, 6);
  });
});

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
  const { summary, bivariate } = await computeAccuracy({ original, synthetic });
  expect(summary.univariate).toBe(1);
  expect(bivariate[0]!.accuracy).toBe(0.5);
  expect(bivariate[0]!.columns).toEqual(['a', 'b']);
  expect(summary.trivariate).toBeNull();
  expect(summary.overall).toBe(0.75);
});

test('the same rows in any order score one', async () => {
  const table = mixedTable(400, 5);
  const reversed = Uint32Array.from({ length: 400 }, (_, i) => 399 - i);
  const shuffled = table.map((column) => ({ ...column, data: takeRows(column.data, reversed) }));
  const { summary, univariate, bivariate, trivariate } = await computeAccuracy({
    original: table,
    synthetic: shuffled,
  });
  expect([summary.univariate, summary.bivariate, summary.trivariate, summary.overall]).toEqual([1, 1, 1, 1]);
  expect([univariate.length, bivariate.length, trivariate.length]).toEqual([4, 6, 4]);
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
      const result = await computeAccuracy({ original: table(ours), synthetic: table(theirs) });
      const turned = await computeAccuracy({
        original: table(ours.toReversed()).reverse(),
        synthetic: table(theirs.toReversed()),
      });
      expect(turned.summary).toEqual(result.summary);
      const single = new Map(result.univariate.map(({ column, accuracy }) => [column, accuracy]));
      for (const pair of result.bivariate) {
        for (const column of pair.columns)
          expect(pair.accuracy).toBeLessThanOrEqual(single.get(column)! + 1e-9);
        expect(pair.accuracy).toBeGreaterThanOrEqual(0);
      }
      for (const pair of result.bivariate) {
        expect(result.trivariate[0]!.accuracy).toBeLessThanOrEqual(pair.accuracy + 1e-9);
      }
    }),
    { numRuns: 40 },
  );
});

test('law: with the same bins, original and synthetic may change places', async () => {
  // Every value occurs often in both, so both learn the same bins.
  const base = ['a', 'b', 'c'].flatMap((value) => Array<string>(20).fill(value));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), async (extra) => {
      const one = [texts('x', base)];
      const two = [texts('x', [...base, ...extra])];
      const there = await computeAccuracy({ original: one, synthetic: two });
      const back = await computeAccuracy({ original: two, synthetic: one });
      expect(there.summary.univariate).toBe(back.summary.univariate);
    }),
    { numRuns: 30 },
  );
});

test('unseen values throughout score zero; a column without values scores one against itself', async () => {
  const zero = await computeAccuracy({
    original: [texts('x', Array<string>(20).fill('a'))],
    synthetic: [texts('x', Array<string>(20).fill('b'))],
  });
  expect(zero.summary.univariate).toBe(0);
  expect(zero.summary.bivariate).toBeNull();
  const empty = numbers('x', Array<null>(30).fill(null));
  expect((await computeAccuracy({ original: [empty], synthetic: [empty] })).summary.univariate).toBe(1);
});

test('bad input is told in a sentence, and a cancelled computation ends', async () => {
  const one = [numbers('x', [1, 2, 3])];
  await expect(computeAccuracy({ original: one, synthetic: [] })).rejects.toThrow(/no column "x"/);
  await expect(computeAccuracy({ original: one, synthetic: [numbers('x', [])] })).rejects.toThrow(/empty/);
  const wide = Array.from({ length: 40 }, (_, i) => ({ ...mixedTable(2000, i)[0]!, name: `c${i}` }));
  const controller = new AbortController();
  const running = computeAccuracy({ original: wide, synthetic: wide }, { job: quietJob(controller.signal) });
  controller.abort();
  await expect(running).rejects.toSatisfy(isCanceled);
});
