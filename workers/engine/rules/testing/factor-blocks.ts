/** Numbers that are computed with squares and roots, or with percents added or taken off. */
import { product } from './planted-rules';
import { type Block, round, type TableBuilder } from './table-builder';

const share = (column: string, per: number, power = 1) => ({ column, power, per });
const plain = (column: string, power = 1) => ({ column, power });

/** A body's index: weight by the square of a height. */
const bodyIndex: Block = (t) => {
  const mean = t.pick([1.1, 1.7]);
  const height = t.each(() => round(mean + 0.08 * t.values.normal(), 2));
  const weight = t.each((row) => round(height[row]! ** 2 * Math.max(12, 23 + 4 * t.values.normal()), 1));
  const decimals = t.between(1, 2);
  const [h, w] = [t.numbers('height', height), t.numbers('weight', t.sparse(weight))];
  const index = weight.map((cell, row) => round(cell / height[row]! ** 2, decimals));
  t.planted.push(product(t.numbers('index', index), [plain(w), plain(h, -2)]));
};

/** A square, a cube, or a circle. */
const square: Block = (t) => {
  const power = t.pick([2, 2, 3]);
  const factor = t.pick([1, 1, power === 2 ? Math.PI : Math.PI / 6]);
  const side = t.each(() => round(0.5 + t.exponential(6), 1));
  const s = t.numbers('side', t.sparse(side));
  const size = side.map((cell) => round(factor * cell ** power, 2));
  t.planted.push(product(t.numbers('size', size), [plain(s, power)], factor));
};

/** A cylinder's volume, or an energy of motion. */
const squareTimes: Block = (t) => {
  const factor = t.pick([Math.PI, 0.5, 1]);
  const [speed, mass] = [t.each(() => round(1 + t.exponential(9), 1)), t.each(() => 1 + t.values.below(900))];
  const [m, s] = [t.numbers('mass', mass), t.numbers('speed', speed)];
  const energy = mass.map((cell, row) => round(factor * cell * speed[row]! ** 2, 1));
  t.planted.push(product(t.numbers('energy', t.sparse(energy)), [plain(m), plain(s, 2)], factor));
};

/** Few rates, most rows without any where one of them is 0: as shares or as percents. */
function rates(t: TableBuilder, word: string, listed: readonly number[]) {
  const isShare = t.structure.uniform() < 0.5;
  const rate = t.each(() => listed[t.values.below(listed.length)]!);
  const name = t.numbers(
    word,
    rate.map((cell) => (isShare ? round(cell / 100, 4) : cell)),
  );
  return { rate, name, per: isShare ? 1 : 0.01 };
}

const prices = (t: TableBuilder) => t.each(() => round(2 + t.exponential(60), 2));

/** A price, or a quantity of one, less a discount. */
const discounted: Block = (t) => {
  const price = prices(t);
  const p = t.numbers('list', t.sparse(price));
  const isMany = t.structure.uniform() < 0.6;
  const quantity = t.each(() => (isMany ? 1 + t.values.below(9) : 1));
  const counted = isMany ? [plain(t.numbers('units', quantity))] : [];
  const { rate, name, per } = rates(t, 'discount', [0, 0, 0, 5, 10, 20, t.pick([15, 25, 12.5])]);
  const net = price.map((cell, row) => round(quantity[row]! * cell * (1 - rate[row]! / 100), 2));
  t.planted.push(product(t.numbers('net', net), [...counted, plain(p), share(name, -per)]));
};

/** A price with tax, or the one before it. */
const taxed: Block = (t) => {
  const price = prices(t);
  const { rate, name, per } = rates(
    t,
    'tax',
    t.pick([
      [7, 19],
      [0, 5.5, 10, 20],
      [2.6, 8.1],
    ]),
  );
  const p = t.numbers('given', t.sparse(price));
  const isAdded = t.structure.uniform() < 0.6;
  const other = price.map((cell, row) =>
    round(isAdded ? cell * (1 + rate[row]! / 100) : cell / (1 + rate[row]! / 100), 2),
  );
  t.planted.push(product(t.numbers('asked', other), [plain(p), share(name, per, isAdded ? 1 : -1)]));
};

/** A discount and a tax at once. */
const discountedAndTaxed: Block = (t) => {
  const price = prices(t);
  const p = t.numbers('base', price);
  const off = rates(t, 'rebate', [0, 0, 5, 10, 30]);
  const tax = rates(t, 'vat', [7, 19, 20]);
  const total = price.map((cell, row) =>
    round(cell * (1 - off.rate[row]! / 100) * (1 + tax.rate[row]! / 100), 2),
  );
  t.planted.push(
    product(t.numbers('total', total), [plain(p), share(off.name, -off.per), share(tax.name, tax.per)]),
  );
};

/** What an area says of the length of its sides. */
const root: Block = (t) => {
  const area = t.each(() => 10 + Math.floor(t.exponential(5000)));
  const a = t.numbers('area', t.sparse(area));
  const decimals = t.between(2, 3);
  t.planted.push(
    product(
      t.numbers(
        'edge',
        area.map((cell) => round(Math.sqrt(cell), decimals)),
      ),
      [plain(a, 0.5)],
    ),
  );
};

export const FACTOR_BLOCKS: readonly Block[] = [
  bodyIndex,
  square,
  squareTimes,
  discounted,
  discounted,
  taxed,
  discountedAndTaxed,
  root,
];
