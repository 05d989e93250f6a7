import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { drawKept, featuresOf } from '../testing/column-by-column';
import { findCloseSums } from './find-close-sums';

const ROWS = 3000;
const stream = new RandomStream(9, 'bills');
const each = (make: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => make(row));
const cents = (value: number) => Math.round(value * 100) / 100;

const net = each(() => cents(20 + Math.exp(4 + 0.8 * stream.normal())));
const tax = net.map((value) => cents(value * [0.07, 0.19][stream.below(2)]!));
const rebate = net.map((value) => (stream.uniform() < 0.5 ? 0 : cents(0.2 * value * stream.uniform())));
/** With a tip in a fifth of the rows. */
const total = each((row) =>
  cents(net[row]! + tax[row]! - rebate[row]! + (stream.uniform() < 0.2 ? 0.5 + stream.below(3) : 0)),
);
const noise = each(() => cents(100 * stream.uniform()));
const columns = Object.entries({ net, tax, rebate, noise, total }).map(([name, values]) =>
  makeColumn(name, values),
);

function search(table: readonly RuleColumn[], isFree = (_: string) => true) {
  const read = async (name: string) => table.find((column) => column.name === name)!;
  return findCloseSums(featuresOf(table), read, isFree, async () => undefined);
}

function restOf(table: readonly RuleColumn[]): number[] {
  const [n, t, r, , sum] = table.map(numbersOf);
  return Array.from(sum!, (value, row) => cents(value - n![row]! - t![row]! + r![row]!));
}

describe('a column close to a sum of others', () => {
  it('is found with all terms that matter, and computed where its numbers spread most', async () => {
    const [first] = await search(columns);
    expect(first!.to).toBe('total');
    expect(first!.tolerance).toBeGreaterThanOrEqual(2.5);
    expect([...first!.terms].sort((a, b) => a.column.localeCompare(b.column))).toEqual([
      { column: 'net', factor: 1 },
      { column: 'rebate', factor: -1 },
      { column: 'tax', factor: 1 },
    ]);
  });

  it('is not looked for where it is computed anyhow, nor found where the rest is as wide as a bin', async () => {
    const found = await search(columns, (name) => name !== 'total');
    expect(found.some(({ to }) => to === 'total')).toBe(false);
    const wide = total.map((value) => cents(value + 40 * stream.normal()));
    expect(await search([...columns.slice(0, 4), makeColumn('total', wide)])).toEqual([]);
    expect(await search(columns.slice(0, 4))).toEqual([]);
  });

  it('has the same rests, even if each column is drawn by itself', async () => {
    const { drawn } = await drawKept(columns, [], 4000);
    const shares = [columns, drawn].map((table) => {
      const rests = restOf(table);
      return [0, 0.5, 1.5, 2.5].map((rest) => rests.filter((own) => own === rest).length / rests.length);
    });
    shares[0]!.forEach((share, k) => {
      expect(Math.abs(share - shares[1]![k]!)).toBeLessThan(0.03);
    });
    // A grid that is no power of ten: rests are kept to the last digit.
    const fives = columns.map((column) =>
      makeColumn(
        column.name,
        [...numbersOf(column)].map((value) => cents(0.05 * Math.round(20 * value))),
      ),
    );
    const [n, t, r, , sum] = (await drawKept(fives, [], 1000)).drawn.map(numbersOf);
    const rests = Array.from(sum!, (value, row) => cents(value - n![row]! - t![row]! + r![row]!));
    expect(rests.filter((rest) => Math.abs(rest) === 0.05).length).toBeGreaterThan(50);
    const limits = [columns, drawn].map((table) => Math.max(...numbersOf(table[4]!)));
    expect(limits[1]).toBeLessThanOrEqual(limits[0]!);
  });
});
