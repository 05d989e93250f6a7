import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import type { FeatureColumn } from '../../models/model';
import { drawKept } from '../testing/column-by-column';
import { findCloseProducts } from './find-close-products';

const ROWS = 3000;
const stream = new RandomStream(5, 'contracts');
const each = (make: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => make(row));
const cents = (value: number) => Math.round(value * 100) / 100;

/** Contracts: what they cost in all is their months at a price that changed a little. */
const months = each(() => 1 + stream.below(72));
const price = each(() => cents(20 + 100 * stream.uniform()));
const total = each((row) => cents(months[row]! * price[row]! * (1 + 0.04 * stream.normal())));
/** Hardly varies: a product with it is close to the other factor. */
const rate = each(() => cents(1 + 0.01 * stream.normal()));
const fee = each((row) => cents(price[row]! * (1 + 0.01 * stream.normal())));
const columns = [
  makeColumn('months', months),
  makeColumn('price', price),
  makeColumn('rate', rate),
  makeColumn('fee', fee),
  makeColumn('total', total),
];

function search(table: readonly RuleColumn[], isFree = (_: string) => true) {
  const features = table.map(({ name, storageType }): FeatureColumn => {
    const schema = { name, originalName: name, storageType };
    const encodingType = name === 'months' ? 'TABULAR_NUMERIC_DISCRETE' : 'TABULAR_NUMERIC_BINNED';
    return { schema, encodingType, sourceIndex: 0, outputIndex: 0 };
  });
  const read = async (name: string) => table.find((column) => column.name === name)!;
  return findCloseProducts(features, read, isFree, async () => undefined);
}

/** Share of rows in which the total is farther from the product than so much of it. */
function shareOff(table: readonly RuleColumn[], limit: number): number {
  const [m, p, t] = ['months', 'price', 'total'].map((name) =>
    numbersOf(table.find((column) => column.name === name)!),
  );
  const off = t!.filter((value, row) => Math.abs(value / (m![row]! * p![row]!) - 1) > limit);
  return off.length / t!.length;
}

describe('a column close to a product of two others', () => {
  it('is found with its factors, and none where a factor hardly varies', async () => {
    const found = await search(columns);
    const totals = found.filter(({ to }) => to === 'total');
    expect(totals).toHaveLength(1);
    expect(totals[0]).toMatchObject({ from: 'months', by: expect.stringMatching(/^(price|fee)$/) });
    expect(found[0]).toBe(totals[0]);
    expect(found.some(({ from, by }) => [from, by].includes('rate'))).toBe(false);
  });

  it('is not looked for where it is computed anyhow, or where columns are unrelated', async () => {
    expect((await search(columns, (name) => name !== 'total')).some(({ to }) => to === 'total')).toBe(false);
    const other = makeColumn(
      'total',
      each(() => cents(5000 * stream.uniform())),
    );
    expect(await search([columns[0]!, columns[1]!, other])).toEqual([]);
  });

  it('stays as close, even if each column is drawn by itself', async () => {
    const table = [columns[0]!, columns[1]!, columns[4]!];
    const { drawn } = await drawKept(table, [], 4000);
    for (const limit of [0.02, 0.05, 0.1]) {
      expect(Math.abs(shareOff(drawn, limit) - shareOff(table, limit))).toBeLessThan(0.03);
    }
    expect(Math.max(...numbersOf(drawn[2]!))).toBeLessThanOrEqual(Math.max(...total));
  });

  it('keeps a special value beyond the others', async () => {
    const special = total.map((value, row) => (row < 6 ? 999_999 : value));
    const { kept } = await drawKept([columns[0]!, columns[1]!, makeColumn('total', special)], [], 100);
    const limits = kept.limits!.flatMap((rule) => (rule.kind === 'range' ? [rule.max] : []));
    expect(limits).toEqual([999_999]);
  });
});
