import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_THRESHOLD } from '../../../src/domain/rarity';
import { drawCountNoise, noiseFactor } from './count-noise';
import { KeyedRandom } from './keyed-random';
import { THRESHOLD_CHANCES } from './protection';

const KEY = '0123456789abcdef'.repeat(4);
const pause = async () => undefined;

/** Equally likely draws of a standard normal, by the quantiles of a logistic curve refined by bisection. */
function normalGrid(points: number): number[] {
  const cumulative = (z: number) => {
    // Abramowitz & Stegun 7.1.26, error below 1.5e-7.
    const t = 1 / (1 + 0.3275911 * Math.abs(z / Math.SQRT2));
    const tail =
      ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
      t *
      Math.exp((-z * z) / 2);
    return z > 0 ? 1 - tail / 2 : tail / 2;
  };
  return Array.from({ length: points }, (_, k) => {
    let [low, high] = [-8, 8];
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2;
      if (cumulative(middle) < (k + 0.5) / points) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
}

/** Area under the curve of whoever tells two counts apart by the frequency that a code comes out with. */
function areaUnderCurve(fewer: number, more: number): number {
  const grid = normalGrid(600);
  const [low, high] = [fewer, more].map((count) => grid.map((z) => count * noiseFactor(count, z)));
  let wins = 0;
  for (const a of low!) for (const b of high!) wins += b > a ? 1 : b === a ? 0.5 : 0;
  return wins / grid.length ** 2;
}

describe('the noise on a count', () => {
  it('lets one row more be told with an AUC of at most .62, at any number of rows drawn', () => {
    for (const count of [5, 6, 7, 10, 20, 50, 400]) {
      const area = areaUnderCurve(count, count + 1);
      expect(area).toBeLessThan(0.62);
      expect(area).toBeGreaterThan(0.57);
    }
    // The measure sees what noise does not hide.
    expect(areaUnderCurve(5, 15)).toBeGreaterThan(0.95);
  });

  it('costs a frequent code nothing and keeps the mean', () => {
    const grid = normalGrid(600);
    for (const count of [5, 8, 30, 1000]) {
      const mean = grid.reduce((sum, z) => sum + count * noiseFactor(count, z), 0) / grid.length;
      expect(Math.abs(mean - count)).toBeLessThan(0.15);
    }
    expect(noiseFactor(10_000, 3)).toBeLessThan(1.001);
    expect(noiseFactor(5, -10)).toBe(0.2);
  });
});

/** Chance that so many people's value is shown. */
const shownOf = (count: number) =>
  THRESHOLD_CHANCES.slice(0, Math.max(0, count - MIN_THRESHOLD + 1)).reduce((sum, c) => sum + c / 100, 0);

/**
 * AUC of the best test (Neyman and Pearson 1933: by the ratio of likelihoods) of `count` people against one more, who
 * sees whether the value is shown and, if so, its frequency at as many rows as they like.
 */
function bestTest(count: number): number {
  const grid = normalGrid(1500);
  // How often the value comes out, in small bins from −∞ to ∞, and after them whether it is missing.
  const bins = 84;
  const lengthOf = (people: number) => {
    const chances = new Float64Array(bins + 1);
    for (const z of grid) {
      const noisy = people * noiseFactor(people, z);
      const bin = Math.max(0, Math.min(bins - 1, Math.floor(((noisy - count + 10) / 21) * bins)));
      chances[bin]! += shownOf(people) / grid.length;
    }
    chances[bins] = 1 - shownOf(people);
    return chances;
  };
  const [fewer, more] = [lengthOf(count), lengthOf(count + 1)];
  const order = [...fewer.keys()]
    .filter((bin) => fewer[bin]! + more[bin]! > 0)
    .sort((a, b) => more[a]! * fewer[b]! - more[b]! * fewer[a]!);
  let below = 0;
  let area = 0;
  for (const bin of order) {
    area += more[bin]! * (below + fewer[bin]! / 2);
    below += fewer[bin]!;
  }
  return area;
}

describe('thresholds and noise together', () => {
  it('let one person more be told with an AUC of at most .62, shown or not', () => {
    for (let count = 4; count <= 16; count++) {
      expect(bestTest(count)).toBeLessThan(0.62);
      expect(bestTest(count)).toBeGreaterThan(0.58);
    }
  });

  it('do so also where the threshold of the column is known from its other values', () => {
    for (let count = 4; count <= 16; count++) {
      let mean = 0;
      THRESHOLD_CHANCES.forEach((chance, i) => {
        const threshold = MIN_THRESHOLD + i;
        const area = threshold === count + 1 ? 1 : threshold > count ? 0.5 : areaUnderCurve(count, count + 1);
        mean += (chance / 100) * area;
      });
      expect(mean).toBeLessThan(0.62);
    }
  });

  it('never show what fewer than 5 hold', () => {
    expect(shownOf(4)).toBe(0);
    expect(shownOf(5)).toBeGreaterThan(0.2);
  });
});

/** Codes of one sub-column. */
const columnOf = (...parts: number[][]) => {
  const rows = parts[0]!.length;
  return {
    codes: Uint16Array.from(parts.flat()),
    rowCount: rows,
    trainingRows: rows,
    holders: Uint32Array.from({ length: rows }, (_, row) => row),
    cardinalities: parts.map((codes) => Math.max(...codes) + 1),
  };
};

describe('drawCountNoise', () => {
  it('depends on the set of rows alone, whatever the code and the column', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(6), { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat(1e6), { minLength: 7, maxLength: 7 }),
        async (codes, order) => {
          // The same rows under other codes.
          const renamed = order
            .map((weight, code) => [weight, code] as const)
            .sort(([a, x], [b, y]) => a - b || x - y)
            .map(([, code]) => code);
          const table = columnOf(
            codes,
            codes.map((code) => renamed[code]!),
          );
          const [first, second] = await drawCountNoise(table, new KeyedRandom(KEY), pause);
          codes.forEach((code) => {
            expect(second![renamed[code]!]).toBe(first![code]);
            expect(Number.isFinite(first![code]!)).toBe(true);
          });
        },
      ),
    );
  });

  it('differs by key and by a single row, and leaves codes of no row alone', async () => {
    const codes = Array.from({ length: 50 }, (_, row) => (row < 5 ? 2 : 0));
    const [first] = await drawCountNoise(columnOf(codes), new KeyedRandom(KEY), pause);
    expect(first![1]).toBe(0);
    expect([...(await drawCountNoise(columnOf(codes), new KeyedRandom(KEY), pause))[0]!]).toEqual([
      ...first!,
    ]);
    const [other] = await drawCountNoise(columnOf(codes), new KeyedRandom(KEY.replace('0', 'f')), pause);
    expect(other![2]).not.toBe(first![2]);
    const moved = codes.map((code, row) => (row === 0 ? 0 : row === 9 ? 2 : code));
    const [next] = await drawCountNoise(columnOf(moved), new KeyedRandom(KEY), pause);
    expect(next![2]).not.toBe(first![2]);
  });

  it('counts subjects, however many rows they have and wherever these stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(19), { minLength: 1, maxLength: 60 }),
        async (codeOf, repeated) => {
          // Every subject has a row, and some have more, in any order.
          const subjects = [...codeOf.keys(), ...repeated.map((subject) => subject % codeOf.length)];
          const table = columnOf(subjects.map((subject) => codeOf[subject]!));
          const random = new KeyedRandom(KEY);
          const [once] = await drawCountNoise(columnOf([...codeOf]), random, pause);
          const counted = { ...table, holders: Uint32Array.from(subjects) };
          expect([...(await drawCountNoise(counted, random, pause))[0]!]).toEqual([...once!]);
        },
      ),
    );
  });

  it('looks at training rows alone', async () => {
    const codes = Uint16Array.from([0, 1, 1, 0, 1, 1]);
    const table = {
      codes,
      rowCount: 6,
      trainingRows: 3,
      holders: Uint32Array.of(0, 1, 2),
      cardinalities: [2],
    };
    const [noise] = await drawCountNoise(table, new KeyedRandom(KEY), pause);
    const [same] = await drawCountNoise(
      { ...table, codes: Uint16Array.from([0, 1, 1]), rowCount: 3 },
      new KeyedRandom(KEY),
      pause,
    );
    expect([...noise!]).toEqual([...same!]);
  });
});
