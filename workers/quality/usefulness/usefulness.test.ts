import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/domain/report-limits';
import { aucOf, separation } from '../attacks/attack-figures';
import { KeptRows } from '../kept-rows';
import { numbers, texts } from '../testing/make-columns';
import { quietPacer } from '../testing/quiet-pacer';
import { quietParts } from '../testing/quiet-parts';
import { boost, DEFAULT_BOOSTING, predict } from '../trees/boosting';
import { bordersOf, codesOf, type Feature } from '../trees/features';
import { detect } from './detection';
import { explained, usefulness } from './usefulness';

const ROWS = 3000;

/** Rows of a linear congruential generator: a number that depends on three others and twelve categories. */
function rowsOf(shift: number): number[][] {
  let state = 12_345 + shift;
  const next = () => {
    state = Number((BigInt(state) * 1_103_515_245n + 12_345n) % 2_147_483_648n);
    return state / 2_147_483_648;
  };
  return Array.from({ length: ROWS }, () => {
    const [a, b, c, d] = [next(), next(), Math.floor(next() * 12), next()];
    const noise = next() + next() - 1;
    return [a * 10, b, c, d, 3 * a * b + ([1, 4, 7, 8].includes(c) ? 1 : 0) - 1.5 * d * a + noise];
  });
}

const [training, holdout] = [rowsOf(0), rowsOf(99_999)];
const column = (rows: readonly number[][], c: number) => Float64Array.from(rows, (row) => row[c]!);

/** Of training and holdout. */
function featuresOf(c: number): [Feature, Feature] {
  if (c === 2) {
    const codes = (rows: readonly number[][]) => Uint8Array.from(column(rows, 2));
    return [training, holdout].map((rows) => ({ codes: codes(rows), bins: 13, isCategory: true })) as [
      Feature,
      Feature,
    ];
  }
  const borders = bordersOf(column(training, c).sort());
  return [training, holdout].map((rows) => codesOf(column(rows, c), null, borders)) as [Feature, Feature];
}

describe('boosted trees', () => {
  const pairs = [0, 1, 2, 3].map(featuresOf);
  const [learned, asked] = [pairs.map(([of]) => of), pairs.map(([, of]) => of)];

  // scikit-learn 1.x, HistGradientBoosting of 100 trees, the third column a category, no early stopping, on the same rows.
  it('have the AUC of scikit-learn', async () => {
    const isHigh = column(training, 4).map((y) => Number(y > 0.8));
    const sums = predict(
      await boost(learned, isHigh, 'logistic', DEFAULT_BOOSTING, quietPacer()),
      asked,
      ROWS,
    );
    const of = (wanted: boolean) => sums.filter((_, i) => holdout[i]![4]! > 0.8 === wanted);
    expect(Math.abs(aucOf(separation(of(true), of(false))).value - 0.92554)).toBeLessThan(0.01);
  });

  it('have the R² of scikit-learn', async () => {
    const boosted = await boost(learned, column(training, 4), 'squares', DEFAULT_BOOSTING, quietPacer());
    const { value, error } = explained(column(holdout, 4), predict(boosted, asked, ROWS));
    expect(Math.abs(value - 0.746)).toBeLessThan(0.01);
    expect(error).toBeGreaterThan(0.004);
    expect(error).toBeLessThan(0.02);
  });
});

/** Training, holdout and synthetic rows of five columns; with `noise` the synthetic outcome is chance. */
function keptRows(noise: boolean): KeptRows {
  const kept = new KeptRows(4, 1);
  const table = (rows: readonly number[][], isNoise: boolean) => [
    numbers('a', [...column(rows, 0)]),
    numbers('b', [...column(rows, 1)]),
    texts(
      'c',
      rows.map((row) => `c${row[2]}`),
    ),
    texts(
      'high',
      rows.map((row, i) => ((isNoise ? i % 2 === 0 : row[4]! > 0.8) ? 'yes' : 'no')),
    ),
  ];
  const [real, unseen, drawn] = [table(training, false), table(holdout, false), table(rowsOf(7), noise)];
  for (const [c, own] of real.entries()) kept.add(own, unseen[c]!.data, drawn[c]!.data);
  return kept;
}

const CORRELATIONS = {
  columns: ['a', 'b', 'c', 'high'],
  original: new Array<number>(16).fill(0.3),
  synthetic: [],
};

describe('usefulness', () => {
  it('is as good as real rows for rows of one distribution, with what matters first', async () => {
    const [found] = await usefulness(keptRows(false), CORRELATIONS, null, 1, DEFAULT_LIMITS, quietParts());
    expect(found).toMatchObject({ target: 'high', metric: 'AUC', rows: { learned: ROWS, predicted: ROWS } });
    expect(found!.real.value).toBeGreaterThan(0.85);
    expect(Math.abs(found!.real.value - found!.synthetic.value)).toBeLessThan(0.02);
    expect(found!.importance[0]!.real).toBeGreaterThan(0.2);
  });

  it('is chance where the synthetic outcome is', async () => {
    const [found] = await usefulness(keptRows(true), CORRELATIONS, ['high'], 1, DEFAULT_LIMITS, quietParts());
    expect(found!.synthetic.value).toBeLessThan(0.6);
    expect(found!.real.value).toBeGreaterThan(0.85);
  });

  it('is nothing without a holdout', async () => {
    const kept = new KeptRows(2, 1);
    for (const name of ['a', 'b']) kept.add(numbers(name, [1, 2, 3]), null, numbers(name, [1, 2, 3]).data);
    expect(await usefulness(kept, CORRELATIONS, ['a'], 1, DEFAULT_LIMITS, quietParts())).toEqual([]);
    expect(await detect(kept, 1, DEFAULT_LIMITS, quietParts())).toBeNull();
  });
});

describe('detect', () => {
  it('tells rows of another distribution apart, and those of the same not', async () => {
    const [same, other] = [
      await detect(keptRows(false), 1, DEFAULT_LIMITS, quietParts()),
      await detect(keptRows(true), 1, DEFAULT_LIMITS, quietParts()),
    ];
    expect(same!.synthetic.low).toBeLessThan(0.5);
    expect(same!.reference!.low).toBeLessThan(0.5);
    expect(other!.synthetic.low).toBeGreaterThan(0.55);
    expect(other).toMatchObject({ against: 'holdout', rows: ROWS });
  });
});
