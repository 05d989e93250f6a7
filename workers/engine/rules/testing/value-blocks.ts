/** Values that go together, or never do. */
import type { Cell } from '../../../../src/domain/rules';
import { ages, calendar, partsOfDate } from './date-blocks';
import { code, hierarchy, lookup, oneToOne, pairLookup } from './dependency-blocks';
import { type Block, DAY } from './table-builder';

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
