import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { drawKept, featuresOf } from '../testing/column-by-column';
import { findQuotients } from './find-quotients';

const ROWS = 3000;
const stream = new RandomStream(11, 'incomes');
const each = (make: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => make(row));
const cents = (value: number) => Math.round(value * 100) / 100;

const income = each(() => cents(1000 * Math.exp(0.6 * stream.normal())));
const shares = [0.1, 0.2, 0.35];
/** Of three shares, none of them exact. */
const tax = income.map((value) => cents(value * shares[stream.below(3)]! * (1 + 0.002 * stream.normal())));
const rent = each(() => cents(300 + 900 * stream.uniform()));
const columns = [makeColumn('income', income), makeColumn('rent', rent), makeColumn('tax', tax)];

function search(table: readonly RuleColumn[], isFree = (_: string) => true) {
  const read = async (name: string) => table.find((column) => column.name === name)!;
  return findQuotients(featuresOf(table), read, isFree, async () => undefined);
}

/** Share of rows with a tax within a hundredth of one of the shares. */
function shareNear(table: readonly RuleColumn[]): number {
  const [incomes, , taxes] = table.map(numbersOf);
  return (
    taxes!.filter((value, row) => shares.some((share) => Math.abs(value / incomes![row]! / share - 1) < 0.01))
      .length / taxes!.length
  );
}

describe('a quotient that is sharper than bins', () => {
  it('is found between the two columns alone', async () => {
    const found = await search(columns);
    expect(found.map(({ from, to }) => [from, to].sort())).toEqual([
      ['income', 'tax'],
      ['income', 'tax'],
    ]);
    expect(await search(columns, (name) => name === 'rent')).toEqual([]);
  });

  it('is not found where it is as wide as bins, nor of round numbers', async () => {
    const wide = makeColumn(
      'tax',
      income.map((value) => cents(0.2 * value * (1 + 0.1 * stream.normal()))),
    );
    expect(await search([columns[0]!, columns[1]!, wide])).toEqual([]);
    const round = makeColumn(
      'tax',
      tax.map((value) => Math.round(value / 5) * 5),
    );
    expect((await search([columns[0]!, columns[1]!, round])).filter(({ to }) => to === 'tax')).toEqual([]);
  });

  it('stays as sharp, even if each column is drawn by itself', async () => {
    const { kept, drawn } = await drawKept(columns, [], 4000);
    expect(kept.extras.map(({ measure }) => measure.kind)).toEqual(['quotient']);
    expect(shareNear(columns)).toBeGreaterThan(0.99);
    expect(shareNear(drawn)).toBeGreaterThan(0.95);
  });
});
