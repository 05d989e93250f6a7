import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { makeColumn } from '../../../rules/testing/make-column';
import { findRules } from './find-rules';

const ROWS = 4000;
const stream = new RandomStream(3, 'shelves');
const each = (make: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => make(row));

const sizes = [72, 120, 192, 288, 480];
const shelf = each(() => sizes[stream.below(sizes.length)]!);
const stock = each((row) => Math.round(shelf[row]! * stream.uniform()));
const least = each(() => [2, 10, 50, 100][stream.below(4)]!);
const order = each((row) => least[row]! + Math.floor(-60 * Math.log(stream.uniform())));

async function ordersOf(columns: Readonly<Record<string, readonly number[]>>) {
  const table = Object.entries(columns).map(([name, values]) => makeColumn(name, [...values]));
  const found = await findRules(table, async () => {});
  return found.flatMap(({ rule }) => (rule.kind === 'inequality' ? [[rule.low, rule.high]] : []));
}

describe('orders of numbers and limits of few levels', () => {
  it('finds a limit that is never passed, above or below', async () => {
    expect(await ordersOf({ shelf, stock })).toEqual([['stock', 'shelf']]);
    expect(await ordersOf({ least, order })).toEqual([['least', 'order']]);
  });

  it('finds none where numbers end well before the levels, or where rows pass them', async () => {
    const few = each((row) => Math.round(0.4 * shelf[row]! * (stream.uniform() + stream.uniform())));
    expect(await ordersOf({ shelf, stock: few })).toEqual([]);
    const some = stock.map((value, row) => (row % 50 === 0 ? shelf[row]! + 1 + stream.below(40) : value));
    expect(await ordersOf({ shelf, stock: some })).toEqual([]);
  });

  it('finds none in grades beside measurements that never meet them', async () => {
    const grade = each(() => 1 + stream.below(5));
    const weight = each(() => 3 + Math.floor(-40 * Math.log(stream.uniform())));
    expect(await ordersOf({ grade, weight })).toEqual([]);
  });
});
