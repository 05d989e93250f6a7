/** Columns that are sums, differences, multiples or shares of others. */
import type { Rounding } from '../../../../src/domain/rules';
import { linear } from './planted-rules';
import { type Block, round } from './table-builder';

export const equal: Block = (t) => {
  const cells = t.sparse(t.each(() => round(t.exponential(200), 2)));
  t.planted.push(linear(t.numbers('copy', cells), [[t.numbers('amount', cells), 1]]));
};

export const multiple: Block = (t) => {
  const decimals = t.between(0, 2);
  const rounding = t.pick<Rounding>(['nearest', 'nearest', 'down', 'up']);
  const factor = t.pick([0.2, 0.19, 0.077, 12, 2, 1.609344]);
  const net = t.each(() => round(20 + t.exponential(400), 2));
  const column = t.numbers('net', t.sparse(net));
  t.planted.push(
    linear(
      t.numbers(
        'tax',
        net.map((cell) => round(cell * factor, decimals, rounding)),
      ),
      [[column, factor]],
    ),
  );
};

export const affine: Block = (t) => {
  const [factor, constant, decimals] = t.pick<[number, number, number]>([
    [1.8, 32, 1],
    [3, 1, 4],
    [-1, 100, 2],
    [0.05, 2.5, 3],
  ]);
  const x = t.each(() => round(15 + 8 * t.values.normal(), 1));
  const column = t.numbers('celsius', x);
  t.planted.push(
    linear(
      t.numbers('scaled', t.sparse(x.map((cell) => round(cell * factor + constant, decimals)))),
      [[column, factor]],
      constant,
    ),
  );
};

export const sum: Block = (t) => {
  const count = t.pick([2, 2, 2, 3, 4, 6, 12]);
  const decimals = t.pick([0, 2]);
  const empty = t.structure.uniform() < 0.3 ? 0.5 : 0;
  const parts = Array.from({ length: count }, () => {
    const mean = 5 + 300 * t.structure.uniform();
    return t.each(() => (t.values.uniform() < empty ? 0 : round(t.exponential(mean), decimals)));
  });
  const total = t.each((row) =>
    round(
      parts.reduce((all, part) => all + part[row]!, 0),
      decimals,
    ),
  );
  const first = t.structure.uniform() < 0.5 ? t.numbers('total', total) : null;
  const names = parts.map((part) => t.numbers('part', count < 4 ? t.sparse(part) : part));
  t.planted.push(
    linear(
      first ?? t.numbers('total', total),
      names.map((name) => [name, 1]),
    ),
  );
};

export const difference: Block = (t) => {
  const revenue = t.each(() => round(1000 * Math.exp(t.values.normal()), 2));
  const cost = t.each((row) => round(revenue[row]! * (0.5 + 0.8 * t.values.uniform()), 2));
  const profit = t.each((row) => round(revenue[row]! - cost[row]!, 2));
  const [r, c] = [t.numbers('revenue', revenue), t.numbers('cost', cost)];
  t.planted.push(
    linear(t.numbers('profit', profit), [
      [r, 1],
      [c, -1],
    ]),
  );
};

export const weighted: Block = (t) => {
  const weights = [t.pick([2, 3, 5]), t.pick([0.5, 4, 1.5]), 1];
  const parts = weights.map(() => t.each(() => round(40 * t.values.uniform(), 1)));
  const score = t.each((row) =>
    round(
      parts.reduce((all, part, i) => all + weights[i]! * part[row]!, 0),
      2,
    ),
  );
  const names = parts.map((part) => t.numbers('points', part));
  t.planted.push(
    linear(
      t.numbers('score', score),
      names.map((name, i) => [name, weights[i]!]),
    ),
  );
};

export const nearSum: Block = (t) => {
  const parts = [0, 1].map(() => t.each(() => round(t.exponential(80), 2)));
  const total = t.each((row) => {
    const exact = parts[0]![row]! + parts[1]![row]!;
    return round(t.values.uniform() < 0.0015 ? exact + 10 : exact, 2);
  });
  const names = parts.map((part) => t.numbers('piece', part));
  t.planted.push(
    linear(
      t.numbers('sum', total),
      names.map((name) => [name, 1]),
    ),
  );
};

/** Shares that make 100, the last one by subtraction. */
export const hundred: Block = (t) => {
  const decimals = t.pick([0, 1]);
  const first = t.each(() => round(60 * t.values.uniform(), decimals));
  const second = t.each(() => round(40 * t.values.uniform(), decimals));
  const rest = first.map((cell, row) => round(100 - cell - second[row]!, decimals));
  const names = [first, second, rest].map((cells) => t.numbers('percent', cells));
  t.planted.push(
    linear(
      names[2]!,
      [
        [names[0]!, -1],
        [names[1]!, -1],
      ],
      100,
    ),
  );
};

/** Parts, subtotals and a total. */
export const nested: Block = (t) => {
  const parts = Array.from({ length: 4 }, () => t.each(() => Math.floor(t.exponential(30))));
  const names = parts.map((part) => t.numbers('item', part));
  const add = (a: readonly number[], b: readonly number[]) => a.map((cell, row) => cell + b[row]!);
  const [one, two] = [add(parts[0]!, parts[1]!), add(parts[2]!, parts[3]!)];
  const [s, u] = [t.numbers('subtotal', one), t.numbers('subtotal', two)];
  t.planted.push(
    linear(s, [
      [names[0]!, 1],
      [names[1]!, 1],
    ]),
    linear(u, [
      [names[2]!, 1],
      [names[3]!, 1],
    ]),
  );
  t.planted.push(
    linear(t.numbers('overall', add(one, two)), [
      [s, 1],
      [u, 1],
    ]),
  );
};
