import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { ruleText } from '../../../../src/domain/rule-words';
import { computeTarget } from '../../../rules/compute-target';
import type { RuleColumn } from '../../../rules/rule-column';
import { findRules } from './find-rules';

const ROWS = 3000;

/** @param make null = missing */
function column(name: string, make: (row: number) => number | null, isWhole = true): RuleColumn {
  const cells = Array.from({ length: ROWS }, (_, row) => make(row));
  const nulls = Uint8Array.from(cells, (cell) => Number(cell === null));
  return {
    name,
    storageType: isWhole ? 'integer' : 'float',
    data: {
      kind: 'number',
      values: Float64Array.from(cells, (cell) => cell ?? 0),
      nulls: nulls.includes(1) ? nulls : null,
    },
  };
}

const found = async (columns: RuleColumn[]) =>
  (await findRules(columns, async () => {})).map(({ rule, applicable, kept }) => {
    expect(kept).toBe(applicable);
    return ruleText(rule);
  });

const draws = (below: number, name: string) => {
  const stream = new RandomStream(9, name);
  return Array.from({ length: ROWS }, () => stream.below(below));
};

describe('sums', () => {
  it('count missing parts as 0 where the data do', async () => {
    const [own, partner, lives] = [draws(5000, 'own'), draws(4000, 'partner'), draws(3, 'lives')];
    const other = (row: number) => (lives[row] === 0 ? partner[row]! : null);
    const columns = [
      column('own', (row) => own[row]!),
      column('partner', other),
      column('household', (row) => own[row]! + (other(row) ?? 0)),
    ];
    expect(await found(columns)).toContain('`household` = `own` + `partner`; missing counts as 0');
    const [rule] = (await findRules(columns, async () => {})).filter(
      ({ rule: { kind } }) => kind === 'linear',
    );
    expect(rule!.applicable).toBe(ROWS);
    if (rule!.rule.kind !== 'linear') throw new Error('a sum was expected');
    const alone = [...columns.slice(0, 1), column('partner', () => null), columns[2]!];
    expect(computeTarget(rule!.rule, alone)).toMatchObject({ values: Float64Array.from(own), nulls: null });
    const none = [column('own', () => null), column('partner', () => null), columns[2]!];
    expect(computeTarget(rule!.rule, none)).toMatchObject({ nulls: new Uint8Array(ROWS).fill(1) });
  });

  it('of scales and of flags are found; a flag that a rounding could hide is no part of one', async () => {
    const items = [1, 2, 3, 4, 5].map((item) => draws(5, `item ${item}`));
    const flags = [1, 2, 3, 4].map((flag) => draws(2, `flag ${flag}`));
    const age = draws(70, 'age');
    const columns = [
      ...items.map((values, at) => column(`item ${at + 1}`, (row) => 1 + values[row]!)),
      column('score', (row) => items.reduce((sum, values) => sum + 1 + values[row]!, 0)),
      ...flags.map((values, at) => column(`flag ${at + 1}`, (row) => values[row]!)),
      column('count', (row) => flags.reduce((sum, values) => sum + values[row]!, 0)),
      column('age', (row) => 20 + age[row]!),
      column('born', (row) => 2004 - age[row]!),
    ];
    const rules = await found(columns);
    expect(rules.filter((rule) => rule.includes('`born`'))).toEqual(['`born` = −`age` + 2024']);
    expect(rules.filter((rule) => rule.startsWith('`score`') || rule.startsWith('`count`'))).toHaveLength(2);
  });

  it('take no noise of rounded columns for terms', async () => {
    const [sides, fee] = [draws(900_000, 'sides'), draws(3, 'fee')];
    const cents = (value: number) => Math.round(value * 100) / 100;
    const price = (row: number) => cents(4 + (sides[row]! % 1700) / 100);
    const columns = [
      column('volume', (row) => cents(sides[row]! / 1000), false),
      column('weight', (row) => cents(sides[row]! / 5000), false),
      column('price', price, false),
      column('premium', (row) => 2 * fee[row]!),
      column('subtotal', (row) => cents(price(row) + 2 * fee[row]!), false),
      column('tax', (row) => cents(0.19 * cents(price(row) + 2 * fee[row]!)), false),
      column(
        'gross',
        (row) => {
          const subtotal = cents(price(row) + 2 * fee[row]!);
          return cents(subtotal + cents(0.19 * subtotal));
        },
        false,
      ),
    ];
    const sums = (await found(columns)).filter((rule) => rule.includes(' + ') || rule.includes(' − '));
    expect(sums.filter((rule) => rule.includes('volume') || rule.includes('weight'))).toEqual([]);
    expect(sums).toContain('`gross` = `subtotal` + `tax`');
  });

  it('of factors do not hide their order', async () => {
    const [long, short] = [draws(90, 'long'), draws(90, 'short')];
    const [high, low] = [
      (row: number) => Math.max(long[row]!, short[row]!),
      (row: number) => Math.min(long[row]!, short[row]!),
    ];
    const columns = [
      column('length', (row) => 5 + high(row)),
      column('width', (row) => 5 + low(row)),
      column('area', (row) => (5 + high(row)) * (5 + low(row))),
    ];
    expect(await found(columns)).toContain('`width` ≤ `length`');
  });
});
