import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Factor, Rule, RuleOf } from '../../../../src/domain/rules';
import { makeColumn } from '../../../rules/testing/make-column';
import { round } from '../testing/table-builder';
import { findRules } from './find-rules';

const ROWS = 1000;
const stream = new RandomStream(5, 'powers');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));
const rounded = (decimals: number, make: (row: number) => number) =>
  each((row) => round(make(row), decimals));
const among = (...cells: number[]) => each(() => cells[stream.below(cells.length)]!);

async function computed(columns: Record<string, readonly number[]>): Promise<Rule[]> {
  const made = Object.entries(columns).map(([name, cells]) => makeColumn(name, cells));
  return (await findRules(made, async () => {}))
    .map(({ rule }) => rule)
    .filter(({ kind }) => kind === 'product' || kind === 'linear');
}

const product = (target: string, factors: Factor[], more: Partial<RuleOf<'product'>> = {}) => ({
  ...{ kind: 'product', target, factors, factor: 1, rounding: 'nearest', ...more },
});

describe('powers', () => {
  it('are found below a fraction, and a body index is one rule', async () => {
    const height = rounded(2, () => 1.7 + 0.09 * stream.normal());
    const weight = rounded(1, () => Math.max(40, 75 + 13 * stream.normal()));
    const bmi = rounded(1, (row) => weight[row]! / height[row]! ** 2);
    expect(await computed({ height, weight, bmi })).toMatchObject([
      product('bmi', [
        { column: 'weight', power: 1 },
        { column: 'height', power: -2 },
      ]),
    ]);
  });

  it('are found with a constant', async () => {
    const [mass, speed] = [
      rounded(0, () => 1 + 400 * stream.uniform()),
      rounded(1, () => 40 * stream.uniform()),
    ];
    const energy = rounded(1, (row) => (mass[row]! * speed[row]! ** 2) / 2);
    const [rule, ...others] = await computed({ mass, energy, speed });
    expect(others).toEqual([]);
    expect(rule).toMatchObject({ target: 'energy', factor: 0.5 });
    expect((rule as RuleOf<'product'>).factors).toContainEqual({ column: 'speed', power: 2 });
  });

  it('of circles take π, in whatever unit', async () => {
    const [radius, height] = [
      rounded(1, () => 1 + 20 * stream.uniform()),
      rounded(0, () => 5 + 90 * stream.uniform()),
    ];
    const litres = rounded(3, (row) => (Math.PI * radius[row]! ** 2 * height[row]!) / 1000);
    const [rule, ...others] = await computed({ radius, height, litres });
    expect(others).toEqual([]);
    expect((rule as RuleOf<'product'>).factor).toBeCloseTo(Math.PI / 1000, 15);
  });

  it('are found of one column: squares, cubes, roots and reciprocals', async () => {
    const side = rounded(1, () => 1 + 30 * stream.uniform());
    for (const [power, decimals] of [
      [2, 2],
      [3, 3],
      [0.5, 4],
      [-1, 5],
    ] as const) {
      const size = rounded(decimals, (row) => side[row]! ** power);
      expect(await computed({ side, size })).toMatchObject([product('size', [{ column: 'side', power }])]);
    }
  });

  it('are not told from few values', async () => {
    const kind = among(1, 2, 3);
    const points = kind.map((cell) => cell ** 2);
    expect(await computed({ kind, points })).toEqual([]);
  });
});

describe('percents', () => {
  const price = rounded(2, () => 1 + 90 * stream.uniform());
  const quantity = each(() => 1 + stream.below(9));
  const percent = among(0, 0, 0, 5, 10, 20);

  it('are taken off a product of two', async () => {
    const net = rounded(2, (row) => quantity[row]! * price[row]! * (1 - percent[row]! / 100));
    expect(await computed({ quantity, price, percent, net })).toMatchObject([
      product('net', [
        { column: 'quantity', power: 1 },
        { column: 'price', power: 1 },
        { column: 'percent', power: 1, per: -0.01 },
      ]),
    ]);
  });

  it('are added, or taken out again, of two rates as well', async () => {
    const rate = among(0.07, 0.19);
    const gross = rounded(2, (row) => price[row]! * (1 + rate[row]!));
    expect(await computed({ price, rate, gross })).toMatchObject([
      product('gross', [
        { column: 'price', power: 1 },
        { column: 'rate', power: 1, per: 1 },
      ]),
    ]);
    const net = rounded(2, (row) => price[row]! / (1 + rate[row]!));
    expect(await computed({ rate, price, net })).toMatchObject([
      product('net', [
        { column: 'price', power: 1 },
        { column: 'rate', power: -1, per: 1 },
      ]),
    ]);
    const total = rounded(2, (row) => price[row]! * (1 - percent[row]! / 100) * (1 + rate[row]!));
    const [rule, ...others] = await computed({ rate, price, percent, total });
    expect(others).toEqual([]);
    expect((rule as RuleOf<'product'>).factors).toHaveLength(3);
  });

  it('are not listed where a sum and a product say the same', async () => {
    const rate = among(0.07, 0.19, 0.2);
    const tax = rounded(2, (row) => price[row]! * rate[row]!);
    const gross = rounded(2, (row) => price[row]! + tax[row]!);
    const rules = await computed({ price, rate, tax, gross });
    expect(rules.map(({ kind }) => kind)).toEqual(['linear', 'product']);
    expect(rules[1]).toMatchObject({ target: 'tax' });
    const off = rounded(2, (row) => (price[row]! * percent[row]!) / 100);
    const left = rounded(2, (row) => price[row]! - off[row]!);
    expect((await computed({ price, percent, off, left })).map(({ kind }) => kind)).toEqual([
      'linear',
      'product',
    ]);
  });

  it('of a share and the same percentage are one rule', async () => {
    const share = percent.map((cell) => cell / 100);
    const net = rounded(2, (row) => price[row]! * (1 - share[row]!));
    const rules = await computed({ price, share, percent, net });
    expect(rules.filter(({ kind }) => kind === 'product')).toHaveLength(1);
  });

  it('are not found where they change hardly a row, or only rows that break the rule', async () => {
    const total = rounded(2, (row) => quantity[row]! * price[row]!);
    const special = each((row) => (row % 250 === 0 ? 20 : row % 251 === 0 ? 10 : 0));
    const rules = await computed({ quantity, price, total, special });
    expect(rules).toMatchObject([
      product('total', [{ column: 'quantity' }, { column: 'price' }] as Factor[]),
    ]);
  });
});
