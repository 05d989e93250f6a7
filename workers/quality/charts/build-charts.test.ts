import { expect, test } from 'vitest';
import { binColumn } from '../accuracy/bin-column';
import { numbers, texts } from '../testing/make-columns';
import { bivariateChart, univariateChart } from './build-charts';

const score = { accuracy: 0.9, accuracyMax: 0.99 };
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
  const chart = univariateChart(colour, score, null);
  expect(chart.labels).toEqual(['red', 'blue', '(n/a)', '(other)']);
  expect(chart.original).toEqual([0.6, 0.2, 0.2, 0]);
  expect(chart.synthetic).toEqual([0.5, 0, 0, 0.5]);
});

test('numbers keep their order', () => {
  const chart = univariateChart(size, score, null);
  expect(chart.labels).toEqual(['1', '2']);
  expect(chart.original).toEqual([0.4, 0.6]);
});

test('a pair holds joint shares, row by row', () => {
  const chart = bivariateChart(colour, size, score);
  expect(chart.labels1).toEqual(['blue', 'red', '(other)', '(n/a)']);
  expect(chart.labels2).toEqual(['1', '2']);
  expect(chart.original).toEqual([0.2, 0, 0.2, 0.4, 0, 0, 0, 0.2]);
  expect(chart.synthetic).toEqual([0, 0, 0, 0.5, 0, 0.5, 0, 0]);
});
