import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { drawKept, featuresOf } from '../testing/column-by-column';
import { findLevelLattices } from './find-level-lattices';

const ROWS = 3000;
const stream = new RandomStream(10, 'deliveries');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));

const by = each(() => ['pallets', 'pieces', 'boxes'][stream.below(3)]!);
const delivered = each((row) => {
  const amount = Math.floor(-300 * Math.log(stream.uniform()));
  const step = { pallets: 24, pieces: 1, boxes: 6 }[by[row]!]!;
  return step * Math.floor(amount / step);
});
const shop = each(() => `s${stream.below(6)}`);
const columns = [makeColumn('shop', shop), makeColumn('by', by), makeColumn('delivered', delivered)];

function search(table: readonly RuleColumn[]) {
  const read = async (name: string) => table.find((column) => column.name === name)!;
  return findLevelLattices(featuresOf(table), read, async () => undefined);
}

/** Prices on .99, as many as the basket has: their cents tell how many. */
const items = each(() => `n${1 + stream.below(3)}`);
const sum = items.map((text) => {
  const count = Number(text.slice(1));
  return Math.round(100 * (count * 4.99 + Math.floor(-50 * Math.log(stream.uniform())))) / 100;
});
const baskets = [makeColumn('items', items), makeColumn('sum', sum)];

describe('lattices of numbers that another column tells', () => {
  it('are found with the column that tells them', async () => {
    const [found, ...others] = await search(columns);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ column: 'delivered', by: 'by', decimals: 0 });
    expect(new Map(found!.lattices.map(({ cell, step }) => [cell, step]))).toEqual(
      new Map([
        ['pallets', 24],
        ['boxes', 6],
      ]),
    );
  });

  it('are not found by chance, nor where one row is beside them', async () => {
    const round = makeColumn(
      'delivered',
      each(() => 6 * Math.floor(-50 * Math.log(stream.uniform()))),
    );
    expect(await search([columns[0]!, columns[1]!, round])).toEqual([]);
    const beside = delivered.map((value, row) => (row === by.lastIndexOf('pallets') ? value + 7 : value));
    const [found] = await search([columns[0]!, columns[1]!, makeColumn('delivered', beside)]);
    expect(found!.lattices.map(({ cell }) => cell)).toEqual(['boxes']);
  });

  it('are kept, even if each column is drawn by itself', async () => {
    const { drawn } = await drawKept(columns, [], 4000);
    const [levels, numbers] = [drawn[1]!.data, numbersOf(drawn[2]!)];
    if (levels.kind !== 'text') throw new Error('Levels are texts.');
    const off = (text: string, step: number) =>
      numbers.filter((value, row) => levels.dictionary[levels.codes[row]!] === text && value % step !== 0)
        .length;
    expect([off('pallets', 24), off('boxes', 6)]).toEqual([0, 0]);
    expect(off('pieces', 6)).toBeGreaterThan(250);
    expect(numbers.filter((value) => value === 0).length / 4000).toBeCloseTo(
      delivered.filter((value) => value === 0).length / ROWS,
      1,
    );
  });

  it('keep a dependency by moving the number, not the level', async () => {
    const rule: Rule = {
      kind: 'functional-dependency',
      determinant: ['sum'],
      dependent: 'items',
      oneToOne: false,
    };
    const { kept, drawn } = await drawKept(baskets, [rule], 4000);
    expect(kept.rules).toEqual([rule]);
    expect(kept.steps.map(({ kind }) => kind)).toEqual(['lattice']);
    const { kept: keeping, applicable } = checkRule(rule, drawn, baskets);
    expect(keeping).toBe(applicable);
    expect(applicable).toBeGreaterThan(3000);
  });
});
