/** Columns that decide others. */
import type { Block } from './table-builder';

export const code = (word: string, i: number) => `${word}-${String(i).padStart(3, '0')}`;

export const hierarchy: Block = (t) => {
  const [cities, regions, countries] = [t.between(25, 70), t.between(8, 14), t.between(3, 5)];
  const regionOf = Array.from({ length: cities }, (_, i) => (i < regions ? i : t.structure.below(regions)));
  const countryOf = Array.from({ length: regions }, (_, i) =>
    i < countries ? i : t.structure.below(countries),
  );
  const shares = t.shares(cities);
  const city = t.each(() => t.draw(shares));
  const names = [
    t.texts(
      'city',
      city.map((i) => code('City', i)),
    ),
    t.texts(
      'region',
      city.map((i) => code('Region', regionOf[i]!)),
    ),
    t.texts(
      'country',
      city.map((i) => code('Land', countryOf[regionOf[i]!]!)),
    ),
  ];
  for (const i of [0, 1]) {
    t.planted.push({
      kind: 'functional-dependency',
      determinant: [names[i]!],
      dependent: names[i + 1]!,
      oneToOne: false,
    });
  }
};

export const oneToOne: Block = (t) => {
  const count = t.between(4, 20);
  const shares = t.shares(count);
  const numbers = Array.from({ length: count }, (_, i) => 10 + 7 * i + t.structure.below(7));
  const drawn = t.each(() => t.draw(shares));
  const determinant = [
    t.texts(
      'grade',
      drawn.map((i) => code('g', i)),
    ),
  ];
  const dependent = t.numbers('level', t.sparse(drawn.map((i) => numbers[(i * 23) % count]!)));
  t.planted.push({ kind: 'functional-dependency', determinant, dependent, oneToOne: true });
};

export const lookup: Block = (t) => {
  const count = t.between(15, 60);
  const kinds = t.between(3, 8);
  const kindOf = Array.from({ length: count }, (_, i) => (i < kinds ? i : t.structure.below(kinds)));
  const drawn = t.each(() => t.values.below(count));
  const wrong = t.structure.uniform() < 0.2 ? 0.001 : 0;
  const determinant = [
    t.numbers(
      'product',
      drawn.map((i) => 1000 + ((i * 37) % 997)),
    ),
  ];
  const cells = drawn.map((i) =>
    code('kind', t.values.uniform() < wrong ? (kindOf[i]! + 1) % kinds : kindOf[i]!),
  );
  const dependent = t.texts('category', cells);
  t.planted.push({ kind: 'functional-dependency', determinant, dependent, oneToOne: false });
};

export const pairLookup: Block = (t) => {
  const [a, b, c] = [t.between(3, 6), t.between(3, 6), t.between(4, 9)];
  const table = Array.from({ length: a * b }, () => t.structure.below(c));
  const [one, two] = [t.each(() => t.values.below(a)), t.each(() => t.values.below(b))];
  const determinant = [
    t.texts(
      'zone',
      one.map((i) => code('z', i)),
    ),
    t.texts(
      'class',
      two.map((i) => code('c', i)),
    ),
  ];
  const dependent = t.texts(
    'tariff',
    one.map((i, row) => code('t', table[i * b + two[row]!]!)),
  );
  t.planted.push({ kind: 'functional-dependency', determinant, dependent, oneToOne: false });
};
