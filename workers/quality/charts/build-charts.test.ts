import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { type BinnedColumn, binColumn } from '../accuracy/bin-column';
import { numbers, texts } from '../testing/make-columns';
import { bivariateChart, univariateChart } from './build-charts';
import { OriginalRows } from './original-rows';

const score = { accuracy: 0.9, accuracyMax: 0.99 };
const rowsOf = ({ original }: BinnedColumn) => new OriginalRows(original.length, null);
const repeat = <T>(value: T, times: number) => Array<T>(times).fill(value);

const colour = binColumn(
  texts('colour', [...repeat('blue', 10), ...repeat('red', 30), ...repeat(null, 10)]),
  texts('colour', [...repeat('red', 5), ...repeat('green', 5)]).data,
  1,
);
const size = binColumn(
  numbers('size', [...repeat(1, 20), ...repeat(2, 30)]),
  numbers('size', repeat(2, 10)).data,
  1,
);

test('an overlay shows bins that occur, the most frequent category first', () => {
  const chart = univariateChart(colour, score, null, rowsOf(colour));
  expect(chart.labels).toEqual(['red', 'blue', '(n/a)', '(other)']);
  expect(chart.original).toEqual([0.6, 0.2, 0.2, 0]);
  expect(chart.synthetic).toEqual([0.5, 0, 0, 0.5]);
});

test('numbers keep their order', () => {
  const chart = univariateChart(size, score, null, rowsOf(size));
  expect(chart.labels).toEqual(['1', '2']);
  expect(chart.original).toEqual([0.4, 0.6]);
});

test('a pair holds joint shares, row by row', () => {
  const chart = bivariateChart(colour, size, score, rowsOf(colour));
  expect(chart.labels1).toEqual(['blue', 'red', '(other)', '(n/a)']);
  expect(chart.labels2).toEqual(['1', '2']);
  expect(chart.original).toEqual([0.2, 0, 0.2, 0.4, 0, 0, 0, 0.2]);
  expect(chart.synthetic).toEqual([0, 0, 0, 0.5, 0, 0.5, 0, 0]);
});

/** A pair of columns of which the cells differ in size, some of them of single rows. */
function pair(rows: number) {
  const stream = new RandomStream(rows, 'pair');
  const [x, y, z]: [number[], (number | null)[], (string | null)[]] = [[], [], []];
  for (let i = 0; i < rows; i++) {
    x.push(Math.round(100 * stream.normal()));
    y.push(i < 3 ? null : x[i]! + Math.round(30 * stream.normal()));
    z.push(i < 2 ? 'only two' : i === 2 ? null : 'abcd'[Math.min(3, Math.floor(stream.uniform() ** 3 * 4))]!);
  }
  return [
    binColumn(numbers('x', x), numbers('x', x).data, 1),
    binColumn(numbers('y', y), numbers('y', y).data, 1),
    binColumn(texts('z', z), texts('z', z).data, 1),
  ] as const;
}

test.each([30, 120, 500, 4000])('of %d rows, no figure of the original is that of fewer than 8', (rows) => {
  const [x, y, z] = pair(rows);
  const shares = [
    ...[x, y, z].map((column) => univariateChart(column, score, null, rowsOf(column)).original),
    ...[
      bivariateChart(x, y, score, rowsOf(x)),
      bivariateChart(x, z, score, rowsOf(x)),
      bivariateChart(z, y, score, rowsOf(z)),
    ].map(({ original }) => original),
  ].flat();
  for (const share of shares) {
    const count = Math.round(share * rows);
    expect(count === 0 || count >= 8).toBe(true);
    expect(Math.abs(share * rows - count)).toBeLessThan(0.01);
    expect(count % 5).toBe(0);
  }
});

test('small tables have joined bins, so that their charts still show something', () => {
  const [x, y, z] = pair(120);
  for (const chart of [bivariateChart(x, y, score, rowsOf(x)), bivariateChart(x, z, score, rowsOf(x))]) {
    expect(chart.original.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0.7);
    expect(new Set(chart.labels1).size).toBe(chart.labels1.length);
    expect(chart.original).toHaveLength(chart.labels1.length * chart.labels2.length);
    expect(chart.synthetic.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
  }
  expect(univariateChart(x, score, null, rowsOf(x)).labels[0]).toMatch(/^≺ /);
});
