import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { drawKept, featuresOf } from '../testing/column-by-column';
import { findRates } from './find-rates';

const ROWS = 3000;
const stream = new RandomStream(8, 'discounts');
const each = (make: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => make(row));
const cents = (value: number) => Math.round(value * 100) / 100;

const price = each(() => cents(20 + Math.exp(4 + 0.7 * stream.normal())));
const percents = [0, 0, 5, 10, 20];
/** Few reductions are any amount. */
const discount = each((row) =>
  stream.uniform() < 0.1
    ? cents(0.3 * price[row]! * stream.uniform())
    : cents((price[row]! * percents[stream.below(5)]!) / 100),
);
const columns = [makeColumn('price', price), makeColumn('discount', discount)];

function search(table: readonly RuleColumn[], isFree = (_: string) => true) {
  const read = async (name: string) => table.find((column) => column.name === name)!;
  return findRates(featuresOf(table), read, isFree, async () => undefined);
}

/** Rows whose discount is a share of the price, to the cent. */
function shareAt(table: readonly RuleColumn[], percent: number): number {
  const [prices, discounts] = table.map(numbersOf);
  return (
    prices!.filter((value, row) => cents((value * percent) / 100) === discounts![row]).length / prices!.length
  );
}

describe('a column that is another one at few rates', () => {
  it('is found with its rates, as round as they are', async () => {
    expect(await search(columns)).toMatchObject([{ from: 'price', to: 'discount', rates: [0.05, 0.1, 0.2] }]);
  });

  it('is not found where it is computed anyhow, where the share varies, or where columns are equal', async () => {
    expect(await search(columns, (name) => name !== 'discount')).toEqual([]);
    const any = makeColumn(
      'discount',
      each((row) => cents(price[row]! * (0.1 + 0.1 * stream.uniform()))),
    );
    expect(await search([columns[0]!, any])).toEqual([]);
    const equal = price.map((value, row) => (row % 2 === 0 ? value : cents(value * stream.uniform())));
    expect(await search([columns[0]!, makeColumn('discount', equal)])).toEqual([]);
  });

  it('says nothing of counts, which are a multiple of anything', async () => {
    const small = each(() => 1 + stream.below(60));
    const smaller = small.map((value) => Math.round(value / (1 + stream.below(3))));
    expect(await search([makeColumn('small', small), makeColumn('smaller', smaller)])).toEqual([]);
  });

  it('keeps its rates, even if each column is drawn by itself', async () => {
    const { drawn } = await drawKept(columns, [], 4000);
    for (const percent of [5, 10, 20])
      expect(Math.abs(shareAt(drawn, percent) - shareAt(columns, percent))).toBeLessThan(0.03);
  });
});
