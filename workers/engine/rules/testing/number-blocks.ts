/** Numbers that are related: computed, in order, often equal, running. */
import { datesInOrder, hours } from './date-blocks';
import {
  affine,
  difference,
  equal,
  hundred,
  multiple,
  nearSum,
  nested,
  sum,
  weighted,
} from './linear-blocks';
import { product } from './planted-rules';
import { type Block, round } from './table-builder';

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
