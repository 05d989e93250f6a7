import type { Rounding, Rule } from '../../../../src/domain/rules';
import { DAY, round, type TableBuilder } from './table-builder';

/** Adds related columns and says which rules hold between them. */
export type Block = (t: TableBuilder) => void;

const linear = (target: string, terms: readonly (readonly [string, number])[], constant = 0): Rule => ({
  kind: 'linear',
  target,
  terms: terms.map(([column, factor]) => ({ column, factor })),
  constant,
  decimals: null,
  rounding: 'nearest',
});
const product = (target: string, factors: readonly (readonly [string, 1 | -1])[], factor = 1): Rule => ({
  kind: 'product',
  target,
  factors: factors.map(([column, power]) => ({ column, power })),
  factor,
  decimals: null,
  rounding: 'nearest',
});

const equal: Block = (t) => {
  const cells = t.sparse(t.each(() => round(t.exponential(200), 2)));
  t.planted.push(linear(t.numbers('copy', cells), [[t.numbers('amount', cells), 1]]));
};

const multiple: Block = (t) => {
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

const affine: Block = (t) => {
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

const sum: Block = (t) => {
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

const difference: Block = (t) => {
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

const weighted: Block = (t) => {
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

const multiplied: Block = (t) => {
  const three = t.structure.uniform() < 0.25;
  const quantity = t.each(() => 1 + t.values.below(12));
  const prices = Array.from({ length: 40 }, () => round(1 + 99 * t.structure.uniform(), 2));
  const listed = t.structure.uniform() < 0.5;
  const price = t.each(() => (listed ? prices[t.values.below(40)]! : round(1 + t.exponential(50), 2)));
  const rate = t.each(() => [0.5, 0.8, 0.9, 1][t.values.below(4)]!);
  const names = [t.numbers('qty', t.sparse(quantity)), t.numbers('price', price)];
  if (three) names.push(t.numbers('rate', rate));
  const amount = t.each((row) => round(quantity[row]! * price[row]! * (three ? rate[row]! : 1), 2));
  t.planted.push(
    product(
      t.numbers('amount', amount),
      names.map((name) => [name, 1]),
    ),
  );
};

const ratio: Block = (t) => {
  const factor = t.pick([1, 100]);
  const decimals = t.pick([1, 2, 3]);
  const whole = t.each(() => 20 + Math.floor(t.exponential(500)));
  const part = t.each((row) => Math.floor(whole[row]! * t.values.uniform()));
  const [p, w] = [t.numbers('part', part), t.numbers('whole', t.sparse(whole))];
  const share = t.each((row) => round((factor * part[row]!) / whole[row]!, factor === 1 ? 3 : decimals));
  t.planted.push(
    product(
      t.numbers('share', share),
      [
        [p, 1],
        [w, -1],
      ],
      factor,
    ),
  );
};

const ordered: Block = (t) => {
  const chain = t.structure.uniform() < 0.4;
  const decimals = t.between(0, 2);
  const scale = 10 ** t.between(0, 3);
  const low = t.each(() => round(scale * Math.exp(0.6 * t.values.normal()), decimals));
  const middle = t.each((row) => round(low[row]! + t.exponential(0.5 * scale), decimals));
  const high = t.each((row) => round(middle[row]! + t.exponential(0.5 * scale), decimals));
  const nearly = t.structure.uniform() < 0.15;
  if (nearly)
    for (const row of middle.keys())
      if (t.values.uniform() < 0.0015) middle[row] = round(low[row]! * 0.5, decimals);
  const names = [t.numbers('low', low), t.numbers('mid', t.sparse(middle))];
  t.planted.push({ kind: 'inequality', low: names[0]!, high: names[1]!, strict: false });
  if (!chain || nearly) return;
  t.planted.push({ kind: 'inequality', low: names[1]!, high: t.numbers('high', high), strict: false });
};

const datesInOrder: Block = (t) => {
  const timed = t.structure.uniform() < 0.5;
  const unit = timed ? 60_000 : DAY;
  const mean = timed ? 600 : t.pick([3, 30, 400]);
  const start = t.each(
    () => Date.UTC(2020, 0, 1) + Math.floor((t.values.uniform() * 1000 * DAY) / unit) * unit,
  );
  const strict = t.structure.uniform() < 0.5;
  const end = start.map((from) => from + (Math.floor(t.exponential(mean)) + Number(strict)) * unit);
  const type = timed ? 'datetime' : 'date';
  const open = t.structure.uniform() < 0.3 ? 0.2 : 0;
  const names = [
    t.numbers('start', start, type),
    t.numbers(
      'end',
      end.map((to) => (t.values.uniform() < open ? Number.NaN : to)),
      type,
    ),
  ];
  t.planted.push({ kind: 'inequality', low: names[0]!, high: names[1]!, strict });
  if (t.structure.uniform() < 0.5) return;
  const spans = end.map((to, row) => (to - start[row]!) / unit + Number(!strict && !timed));
  t.planted.push(
    linear(t.numbers('span', spans), [
      [names[1]!, 1 / unit],
      [names[0]!, -1 / unit],
    ]),
  );
};

const running: Block = (t) => {
  const [start, step] = [t.between(0, 1000), t.between(1, 3)];
  t.planted.push({
    kind: 'running-number',
    column: t.numbers(
      'no',
      t.each((row) => start + step * row),
    ),
    start,
    step,
  });
};

const oftenEqual: Block = (t) => {
  const share = t.pick([0.15, 0.4, 0.8]);
  const bill = t.each(() => round(100 * Math.exp(1.2 * t.values.normal()), 0));
  const paid = bill.map((cell) => (t.values.uniform() < share ? cell : round(cell * t.values.uniform(), 0)));
  const columns: [string, string] = [t.numbers('bill', bill), t.numbers('paid', paid)];
  t.planted.push({ kind: 'often-equal', columns });
};

const nearSum: Block = (t) => {
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
const hundred: Block = (t) => {
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
const nested: Block = (t) => {
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

/** A unit price, rounded from amount and quantity. */
const unitPrice: Block = (t) => {
  const quantity = t.each(() => 2 + t.values.below(30));
  const amount = t.each(() => round(50 + t.exponential(900), 2));
  const [q, a] = [t.numbers('pieces', quantity), t.numbers('paid', t.sparse(amount))];
  const price = t.numbers(
    'each',
    amount.map((cell, row) => round(cell / quantity[row]!, 2)),
  );
  t.planted.push(
    product(price, [
      [a, 1],
      [q, -1],
    ]),
  );
};

/** Whole hours between two instants, cut off. */
const hours: Block = (t) => {
  const start = t.each(() => Date.UTC(2021, 0, 1) + Math.floor(t.values.uniform() * 500_000) * 60_000);
  const end = start.map((from) => from + Math.floor(t.exponential(3000)) * 60_000);
  const [s, e] = [t.numbers('in', t.sparse(start), 'datetime'), t.numbers('out', end, 'datetime')];
  const span = t.numbers(
    'hours',
    end.map((to, row) => Math.floor((to - start[row]!) / 3_600_000)),
  );
  t.planted.push(
    linear(span, [
      [e, 1 / 3_600_000],
      [s, -1 / 3_600_000],
    ]),
  );
  t.planted.push({ kind: 'inequality', low: s, high: e, strict: false });
};

/** Multiples of 50 in order. */
const coarse: Block = (t) => {
  const low = t.each(() => 50 * Math.floor(t.exponential(10)));
  const high = low.map((cell) => cell + 50 * Math.floor(t.exponential(6)));
  t.planted.push({
    kind: 'inequality',
    low: t.numbers('from', low),
    high: t.numbers('upto', t.sparse(high)),
    strict: false,
  });
};

export const NUMBER_BLOCKS: readonly Block[] = [
  equal,
  multiple,
  affine,
  sum,
  sum,
  difference,
  weighted,
  multiplied,
  multiplied,
  ratio,
  ordered,
  datesInOrder,
  datesInOrder,
  running,
  oftenEqual,
  nearSum,
  hundred,
  nested,
  unitPrice,
  hours,
  coarse,
];
