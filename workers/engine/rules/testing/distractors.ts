import type { Block } from './table-builder';
import { DAY, round } from './table-builder';

/** Columns without rules: alone, or related as columns are without a rule. */
export const DISTRACTORS: readonly Block[] = [
  (t) => t.numbers('noise', t.sparse(t.each(() => round(t.values.normal(), 3)))),
  (t) =>
    t.numbers(
      'count',
      t.each(() => Math.floor(t.exponential(3))),
    ),
  (t) =>
    t.numbers(
      'small',
      t.each(() => t.values.below(5)),
    ),
  (t) =>
    t.numbers(
      'flag',
      t.each(() => Number(t.values.uniform() < 0.1)),
    ),
  (t) =>
    t.numbers(
      'spend',
      t.each(() => (t.values.uniform() < 0.9 ? 0 : round(t.exponential(3000), 0))),
    ),
  (t) =>
    t.numbers(
      'date',
      t.each(() => Date.UTC(2018, 0, 1) + t.values.below(1800) * DAY),
      'date',
    ),
  (t) => {
    const shares = t.shares(t.between(2, 30));
    t.texts(
      'group',
      t.each(() => `v${t.draw(shares)}`),
    );
  },
  (t) =>
    t.texts(
      'yes',
      t.each(() => String(t.values.uniform() < 0.4)),
      'boolean',
    ),
  (t) =>
    t.texts(
      'id',
      t.each((row) => `id-${(row * 7919) % 1_000_003}`),
    ),
  // A noisy line.
  (t) => {
    const x = t.each(() => round(50 + 15 * t.values.normal(), 1));
    const noise = 0.5 + 4 * t.structure.uniform();
    t.numbers('x', x);
    t.numbers(
      'y',
      x.map((cell) => round(0.8 * cell + 12 + noise * t.values.normal(), 1)),
    );
  },
  // Ordered in nearly all rows, for no reason.
  (t) => {
    const x = t.each(() => round(100 + 10 * t.values.normal(), 0));
    t.numbers('height', x);
    t.numbers(
      'bound',
      x.map((cell) => round(cell + 9 + 4 * t.values.normal(), 0)),
    );
  },
  // A table of two strongly associated texts.
  (t) => {
    const [a, b] = [t.between(3, 8), t.between(3, 8)];
    const rows = Array.from({ length: a }, () => {
      const weights = Array.from({ length: b }, () => Math.exp(1.6 * t.structure.normal()));
      const sum = weights.reduce((all, weight) => all + weight, 0);
      return weights.map((weight) => weight / sum);
    });
    const one = t.each(() => t.values.below(a));
    t.texts(
      'job',
      one.map((i) => `job${i}`),
    );
    t.texts(
      'field',
      one.map((i) => `field${t.draw(rows[i]!)}`),
    );
  },
  // Age and seniority: thin corners.
  (t) => {
    const age = t.each(() => 18 + t.values.below(50));
    t.numbers('years', age);
    t.numbers(
      'children',
      age.map((cell) => Math.max(0, Math.round((cell - 20) / 15 + 0.9 * t.values.normal()))),
    );
  },
  // A category that another nearly decides, 95 %.
  (t) => {
    const shares = t.shares(12);
    const drawn = t.each(() => t.draw(shares));
    t.texts(
      'branch',
      drawn.map((i) => `b${i}`),
    );
    t.texts(
      'manager',
      drawn.map((i) => `m${t.values.uniform() < 0.05 ? t.values.below(6) : i % 6}`),
    );
  },
  // A product with noise.
  (t) => {
    const months = t.each(() => 1 + t.values.below(72));
    const monthly = t.each(() => round(20 + 90 * t.values.uniform(), 2));
    t.numbers('tenure', months);
    t.numbers('monthly', monthly);
    t.numbers(
      'charged',
      months.map((cell, row) => round(cell * monthly[row]! * (1 + 0.03 * t.values.normal()), 2)),
    );
  },
  // A scale of related answers.
  (t) => {
    const trait = t.each(() => t.values.normal());
    for (let item = 0; item < 4; item++) {
      const ease = t.structure.normal() * 0.7;
      const cells = trait.map((level) =>
        Math.max(1, Math.min(5, Math.round(3 + ease + level + 0.8 * t.values.normal()))),
      );
      t.numbers('item', cells);
    }
  },
  // Towns of very different size, and coordinates around them.
  (t) => {
    const towns = t.between(20, 200);
    const at = Array.from({ length: towns }, () => [t.structure.uniform() * 4, t.structure.uniform() * 6]);
    const drawn = t.each(() => Math.floor(towns * t.values.uniform() ** 3));
    t.texts(
      'town',
      drawn.map((i) => `town${i}`),
    );
    t.numbers(
      'lat',
      drawn.map((i) => round(48 + at[i]![0]! + 0.03 * t.values.normal(), 4)),
    );
    t.numbers(
      'lon',
      drawn.map((i) => round(9 + at[i]![1]! + 0.03 * t.values.normal(), 4)),
    );
  },
  // Two dates that are near, in no order.
  (t) => {
    const first = t.each(() => Date.UTC(2020, 0, 1) + t.values.below(900) * DAY);
    t.numbers('asked', first, 'date');
    t.numbers(
      'given',
      first.map((at) => at + Math.round(1.2 + 2.2 * t.values.normal()) * DAY),
      'date',
    );
  },
  // Bands of a number that was measured again.
  (t) => {
    const weight = t.each(() => round(70 + 12 * t.values.normal(), 1));
    t.numbers('weight', weight);
    t.texts(
      'band',
      weight.map((cell) => `band${Math.floor((cell + 2 * t.values.normal()) / 10)}`),
    );
  },
  // A reading that moves slowly from row to row.
  (t) => {
    let level = 20;
    t.numbers(
      'reading',
      t.each(() => {
        level += 0.3 * t.values.normal() + 0.01 * (20 - level);
        return round(level, 1);
      }),
    );
    t.numbers(
      'second',
      t.each(() => round(level + t.values.normal(), 1)),
    );
  },
  // Ordered grades that go together.
  (t) => {
    const school = t.each(() => t.values.below(6));
    t.texts(
      'school',
      school.map((i) => `s${i}`),
    );
    t.texts(
      'work',
      school.map((i) => `w${Math.max(0, Math.min(7, Math.round(i + 1.3 * t.values.normal())))}`),
    );
  },
  // Zeros that go together more often than not.
  (t) => {
    const active = t.each(() => t.values.uniform() < 0.4);
    t.numbers(
      'visits',
      active.map((yes) => (yes || t.values.uniform() < 0.03 ? 1 + Math.floor(t.exponential(4)) : 0)),
    );
    t.numbers(
      'orders',
      active.map((yes) => (yes && t.values.uniform() < 0.8 ? 1 + Math.floor(t.exponential(2)) : 0)),
    );
  },
];
