import type { Cell } from '../../../../src/domain/rules';
import { fullYears, partOf } from '../../../rules/compute-target';
import type { Block } from './number-blocks';
import { DAY } from './table-builder';

const code = (word: string, i: number) => `${word}-${String(i).padStart(3, '0')}`;

const hierarchy: Block = (t) => {
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

const oneToOne: Block = (t) => {
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

const lookup: Block = (t) => {
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

const pairLookup: Block = (t) => {
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

const partsOfDate: Block = (t) => {
  const dates = t.each(() => Date.UTC(2019, 0, 1) + Math.floor(t.values.uniform() * 1500) * DAY);
  const column = t.numbers('day', t.sparse(dates), 'date');
  const add = (
    target: string,
    part: 'year' | 'month' | 'weekday' | 'quarter',
    cells: [number, Cell][] | null,
  ) => t.planted.push({ kind: 'date-part', target, column, part, cells });
  const names = 'Mon Tue Wed Thu Fri Sat Sun'.split(' ');
  const kind = t.structure.below(4);
  if (kind === 0)
    add(
      t.numbers(
        'year',
        dates.map((at) => partOf(at, 'year')),
      ),
      'year',
      null,
    );
  if (kind === 1)
    add(
      t.texts(
        'weekday',
        dates.map((at) => names[partOf(at, 'weekday')]!),
      ),
      'weekday',
      [],
    );
  if (kind === 2)
    add(
      t.texts(
        'quarter',
        dates.map((at) => `Q${partOf(at, 'quarter')}`),
      ),
      'quarter',
      [],
    );
  if (kind === 3)
    add(
      t.texts(
        'weekend',
        dates.map((at) => String(partOf(at, 'weekday') > 4)),
        'boolean',
      ),
      'weekday',
      [],
    );
};

const ages: Block = (t) => {
  const birth = t.each(() => Date.UTC(1930, 0, 1) + Math.floor(t.values.uniform() * 25_000) * DAY);
  const fixed = t.structure.uniform() < 0.5;
  const on = Date.UTC(2024, 5, 30);
  const seen = birth.map(
    (from) => from + Math.floor(((20 + 30 * t.values.uniform()) * 365 * DAY) / DAY) * DAY,
  );
  const from = t.numbers('birth', t.sparse(birth), 'date');
  const to = fixed ? on : t.numbers('seen', seen, 'date');
  const target = t.numbers(
    'age',
    birth.map((at, row) => fullYears(at, fixed ? on : seen[row]!)),
  );
  t.planted.push({ kind: 'age', target, from, to });
};

const calendar: Block = (t) => {
  const dates = t.each(() => new Date(Date.UTC(2015, 0, 1) + Math.floor(t.values.uniform() * 3000) * DAY));
  const year = t.numbers(
    'y',
    dates.map((at) => at.getUTCFullYear()),
  );
  const month = t.numbers(
    'm',
    dates.map((at) => at.getUTCMonth() + 1),
  );
  const day = t.numbers(
    'd',
    dates.map((at) => at.getUTCDate()),
  );
  if (t.rows >= 1500) t.planted.push({ kind: 'calendar-date', year, month, day });
};

const oneHot: Block = (t) => {
  const count = t.between(3, 8);
  const shares = t.shares(count);
  const drawn = t.each(() => t.draw(shares));
  const truth = t.structure.uniform() < 0.3;
  const columns = Array.from({ length: count }, (_, i) =>
    truth
      ? t.texts(
          'is',
          drawn.map((k) => String(k === i)),
          'boolean',
        )
      : t.numbers(
          'is',
          drawn.map((k) => Number(k === i)),
        ),
  );
  t.planted.push({ kind: 'one-hot', columns });
};

const ranks: Block = (t) => {
  const count = t.between(3, 6);
  const order = t.each(() => [...t.values.permutation(count)]);
  const columns = Array.from({ length: count }, (_, i) =>
    t.numbers(
      'rank',
      order.map((row) => row[i]! + 1),
    ),
  );
  t.planted.push({ kind: 'permutation', columns });
};

const missingTogether: Block = (t) => {
  const absent = 0.05 + 0.6 * t.structure.uniform();
  const missing = t.each(() => t.values.uniform() < absent);
  const score = missing.map((gone) => (gone ? Number.NaN : Math.round(50 + 10 * t.values.normal())));
  const when = missing.map((gone) => (gone ? Number.NaN : Date.UTC(2022, 0, 1) + t.values.below(700) * DAY));
  const who = missing.map((gone) => (gone ? null : code('staff', t.values.below(9))));
  t.planted.push({
    kind: 'missing-together',
    columns: [t.numbers('score', score), t.numbers('when', when, 'date'), t.texts('who', who)],
  });
};

const skipped: Block = (t) => {
  const count = t.between(3, 6);
  const shares = t.shares(count);
  const status = t.each(() => t.draw(shares));
  const chosen = Array.from({ length: t.between(1, 2) }, (_, i) => i);
  const [kind, exactly] = [t.structure.below(3), t.structure.uniform() < 0.6];
  const applies = status.map((i) => chosen.includes(i) || (!exactly && t.values.uniform() < 0.15));
  const by = t.texts(
    'status',
    status.map((i) => code('s', i)),
  );
  const values = chosen.map((i) => code('s', i));
  const plain = t.each(() => 1 + t.values.below(400));
  const rule = (column: string, cell: Cell) =>
    t.planted.push({ kind: 'implied-value', column, cell, by, values, exactly });
  if (kind === 0)
    rule(
      t.numbers(
        'end',
        plain.map((cell, row) => (applies[row] ? Number.NaN : cell)),
      ),
      null,
    );
  if (kind === 1)
    rule(
      t.numbers(
        'fee',
        plain.map((cell, row) => (applies[row] ? 0 : cell)),
      ),
      0,
    );
  if (kind === 2)
    rule(
      t.texts(
        'plan',
        plain.map((cell, row) => (applies[row] ? 'none' : code('p', cell % 4))),
      ),
      'none',
    );
};

const excluded: Block = (t) => {
  const [a, b] = [t.between(2, 6), t.between(2, 6)];
  const [one, two] = [t.shares(a), t.shares(b)];
  const never: [number, number] = [t.structure.below(a), t.structure.below(b)];
  const pairs = t.each(() => {
    for (;;) {
      const pair = [t.draw(one), t.draw(two)] as const;
      if (pair[0] !== never[0] || pair[1] !== never[1]) return pair;
    }
  });
  const columns: [string, string] = [
    t.texts(
      'sex',
      pairs.map(([i]) => code('x', i)),
    ),
    t.texts(
      'state',
      pairs.map(([, i]) => code('y', i)),
    ),
  ];
  // Few expected rows are no evidence.
  if (t.rows * one[never[0]]! * two[never[1]]! < 60) return;
  t.planted.push({
    kind: 'excluded-combinations',
    columns,
    combinations: [[code('x', never[0]), code('y', never[1])]],
  });
};

const sameText: Block = (t) => {
  const shares = t.shares(30);
  const home = t.each(() => t.draw(shares));
  const work = home.map((i) => (t.values.uniform() < 0.6 ? i : t.draw(shares)));
  const columns: [string, string] = [
    t.texts(
      'home',
      home.map((i) => code('Town', i)),
    ),
    t.texts(
      'work',
      work.map((i) => code('Town', i)),
    ),
  ];
  t.planted.push({ kind: 'often-equal', columns });
};

/** Questions that are asked of some only. */
const survey: Block = (t) => {
  const share = 0.2 + 0.5 * t.structure.uniform();
  const asked = t.each(() => t.values.uniform() < share);
  const by = t.texts(
    'asked',
    asked.map((yes) => (yes ? 'yes' : 'no')),
  );
  const answers = () => asked.map((yes) => (yes ? 1 + t.values.below(5) : Number.NaN));
  const columns = [t.numbers('q', answers()), t.numbers('q', answers()), t.numbers('q', answers())];
  t.planted.push({ kind: 'missing-together', columns });
  t.planted.push({
    kind: 'implied-value',
    column: columns[0]!,
    cell: null,
    by,
    values: ['no'],
    exactly: true,
  });
};

/** A dose of 0 without a drug. */
const dose: Block = (t) => {
  const shares = t.shares(4);
  const drug = t.each(() => t.draw(shares));
  const by = t.texts(
    'drug',
    drug.map((i) => ['none', 'alpha', 'beta', 'gamma'][i]!),
  );
  const column = t.numbers(
    'dose',
    drug.map((i) => (i === 0 ? 0 : 5 * (1 + t.values.below(60)))),
  );
  t.planted.push({ kind: 'implied-value', column, cell: 0, by, values: ['none'], exactly: true });
};

export const VALUE_BLOCKS: readonly Block[] = [
  hierarchy,
  hierarchy,
  oneToOne,
  lookup,
  pairLookup,
  partsOfDate,
  partsOfDate,
  ages,
  calendar,
  oneHot,
  ranks,
  missingTogether,
  skipped,
  skipped,
  excluded,
  sameText,
  survey,
  dose,
  excluded,
];
