import type { Block } from './number-blocks';
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
];
