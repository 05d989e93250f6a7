import { expect, test } from 'vitest';
import { learnBins } from '../accuracy/bins';
import { dates, numbers, texts } from '../testing/make-columns';
import { displayLabels, formatDates, trimLabel } from './labels';

test('categories of seven original rows or fewer have no name', () => {
  const values = ['common', 'seven', 'six'].flatMap((value, i) => Array<string>([8, 7, 6][i]!).fill(value));
  const bins = learnBins(texts('c', values).data, 'category');
  // Bins in code point order: common, seven, six.
  expect(displayLabels(bins, [8, 7, 6, 0, 0, 0, 0])).toEqual([
    'common',
    '(rare)',
    '(rare) 2',
    '(empty)',
    '(other)',
    '_RARE_',
    '(n/a)',
  ]);
});

test('single numbers too; the true value is shown, not its floor', () => {
  const values = [...Array<number>(8).fill(1.5), ...Array<number>(8).fill(2.5), 99];
  const bins = learnBins(numbers('x', values).data, 'number');
  expect(displayLabels(bins, [8, 8, 1, 0])).toEqual(['1.5', '2.5', '(rare)', '(n/a)']);
});

test('edges are rounded down to about where they are, and the minimum is not shown', () => {
  const breaks = [12285, 69586, 109419, 134153, 159822, 178953, 195956, 218490, 260560, 333910, 1117718];
  const labels = displayLabels({ kind: 'number', breaks, values: null }, []);
  expect(labels.slice(0, 4)).toEqual(['≺ 69500', '⪰ 69500', '⪰ 109000', '⪰ 134000']);
  expect(labels).toHaveLength(11);
  expect(labels.join(' ')).not.toContain('12285');
  expect(labels.join(' ')).not.toContain('1117718');
  expect(displayLabels({ kind: 'number', breaks: [17, 22, 26, 90], values: null }, [])).toEqual([
    '≺ 22',
    '⪰ 22',
    '⪰ 26',
    '(n/a)',
  ]);
  expect(
    displayLabels({ kind: 'number', breaks: [-3.25, -0.001, 0, 1e300], values: null }, []).slice(0, 3),
  ).toEqual(['≺ -0.001', '⪰ -0.001', '⪰ 0']);
});

test('dates have the shortest format that tells them apart', () => {
  const utc = (...at: [number, number, number?, number?, number?, number?, number?]) => Date.UTC(...at);
  expect(formatDates([utc(2019, 0), utc(2020, 0)])).toEqual(['2019', '2020']);
  expect(formatDates([utc(2020, 0), utc(2020, 4)])).toEqual(['2020-Jan', '2020-May']);
  expect(formatDates([utc(2020, 0, 1), utc(2020, 0, 9)])).toEqual(['2020-Jan-01', '2020-Jan-09']);
  expect(formatDates([utc(2020, 0, 1, 8), utc(2020, 0, 1, 9, 30)])).toEqual(
    ['2020-01-01T08:00', '2020-01-01T09:30'].map((t) => t.replace('T', ' ')),
  );
  expect(formatDates([utc(2020, 0), utc(2020, 0) + 1])).toEqual(
    ['00:00:00.000', '00:00:00.001'].map((time) => `2020-01-01 ${time}`),
  );
  expect(formatDates([0, 1])).toEqual(['00:00:00.000', '00:00:00.001']);
  expect(formatDates([-8.64e15, 8.64e15])).toEqual(['-271821', '+275760']);
  const pair = learnBins(dates('d', [0, 5]).data, 'datetime');
  expect(displayLabels(pair, [2, 0])).toEqual(['(all values)', '(n/a)']);
});

test('long labels lose their middle, never half a character', () => {
  expect(trimLabel('a'.repeat(40), 10)).toBe('aaaa...aaa');
  expect(trimLabel('a'.repeat(40), 11)).toBe('aaaa...aaaa');
  expect(trimLabel('a'.repeat(40), 12)).toBe('aaaaa...aaaa');
  expect(trimLabel('short', 10)).toBe('short');
  expect(trimLabel('😀'.repeat(10), 10)).toBe('😀'.repeat(10));
  expect(trimLabel('😀'.repeat(12), 10)).toBe('😀😀😀😀...😀😀😀');
  expect(trimLabel(`<b>${'x'.repeat(100_000)}</b>`, 10)).toBe('<b>x.../b>');
});
