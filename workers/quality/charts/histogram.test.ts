import { expect, test } from 'vitest';
import type { NumberColumn } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { numbers } from '../testing/make-columns';
import { histogram } from './histogram';
import { OriginalRows } from './original-rows';

function column(values: readonly (number | null)[]): NumberColumn {
  return numbers('x', values).data as NumberColumn;
}

const of = (original: NumberColumn, synthetic = original, isDate = false) =>
  histogram(original, synthetic, isDate, original, new OriginalRows(original.values.length, null));

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

test('a bell comes out as a bell, in round bins of equal width whose shares are those of rows', () => {
  const random = new RandomStream(1, 'bell');
  const { edges, steps, original, synthetic, missing } = of(
    column(Array.from({ length: 20_000 }, () => 100 + 15 * random.normal())),
  )!;
  expect(steps).toBe('equal');
  expect(new Set(edges.slice(1).map((edge, i) => edge - edges[i]!))).toEqual(new Set([5]));
  expect(sum(synthetic)).toBeCloseTo(1, 4);
  expect(sum(original)).toBeCloseTo(1, 2);
  expect(edges[original.indexOf(Math.max(...original))]).toBeCloseTo(97.5, -1);
  expect(missing).toBeNull();
});

test('whole numbers have a bin each where they are few, and missing values a share of their own', () => {
  const values = Array.from({ length: 400 }, (_, i) => (i % 10 === 0 ? null : i % 14));
  const { edges, original, missing } = of(column(values))!;
  expect(edges[1]! - edges[0]!).toBe(1);
  expect(missing).toEqual({ original: 0.1, synthetic: 0.1 });
  expect(sum(original) + missing!.original).toBeCloseTo(1, 1);
});

test('skewed amounts have bins of 1, 2, 5, 10, …', () => {
  const random = new RandomStream(2, 'amounts');
  const amounts = Array.from(
    { length: 5000 },
    () => Math.round(100 * Math.exp(3 + 1.5 * random.normal())) / 100,
  );
  const { edges, steps, original } = of(column(amounts))!;
  expect(steps).toBe('logarithmic');
  expect(edges.slice(0, 2)).toEqual([0, expect.closeTo(0.2, 0)]);
  for (let i = 2; i < edges.length; i++)
    expect([2, 2.5]).toContain(Number((edges[i]! / edges[i - 1]!).toFixed(3)));
  expect(Math.max(...original)).toBeLessThan(0.3);
});

test('no bin shows fewer than 8 rows, and no edge is an extreme', () => {
  const values = [-1e6, ...Array.from({ length: 100 }, (_, i) => i + 0.37), 1e6];
  const { edges, original } = of(column(values))!;
  expect([edges[0], edges.at(-1)]).toEqual([5, 95]);
  for (const share of original) expect(share === 0 || share * 102 >= 7.9).toBe(true);
});

test('dates have bins of whole days, months or years', () => {
  const days = (count: number) =>
    column(Array.from({ length: 500 }, (_, i) => Date.UTC(2019, 2, 1) + ((i * count) / 500) * 86_400_000));
  const starts = (count: number) =>
    of(days(count), days(count), true)!.edges.map((edge) => new Date(edge).toISOString());
  expect(starts(20).every((edge) => edge.endsWith('T00:00:00.000Z'))).toBe(true);
  expect(starts(700).every((edge) => edge.endsWith('-01T00:00:00.000Z'))).toBe(true);
  expect(starts(9000).every((edge) => edge.endsWith('-01-01T00:00:00.000Z'))).toBe(true);
});

test('nothing to show: constants, few rows, no values, all in one bin, no ends', () => {
  expect(of(column(Array<number>(50).fill(4)))).toBeNull();
  expect(of(column([1, 2, 3]))).toBeNull();
  expect(of(column([null]))).toBeNull();
  expect(of(column([...Array<number>(20).fill(-Infinity), ...Array<number>(20).fill(Infinity)]))).toBeNull();
  expect(
    of(column([...Array<number>(300).fill(-5), ...Array.from({ length: 100 }, (_, i) => i)])),
  ).toBeNull();
});

test('synthetic rows elsewhere are counted in the outer bins, and none is lost', () => {
  const spread = column(Array.from({ length: 1000 }, (_, i) => i));
  const { synthetic, missing } = of(spread, column([1e9, -1e9, null, 500]))!;
  expect([synthetic[0], synthetic.at(-1), missing!.synthetic]).toEqual([0.25, 0.25, 0.25]);
  expect(sum(synthetic)).toBeCloseTo(0.75);
});
