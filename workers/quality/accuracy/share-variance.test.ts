import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renumbered } from '../../../src/domain/number-subjects';
import { RandomStream } from '../../../src/domain/random';
import { quietPacer } from '../testing/quiet-pacer';
import { scoreJoint } from './joint-scores';
import { ShareVariance } from './share-variance';

const CELLS = 4;

function countsOf(cells: Uint8Array): Int32Array {
  const counts = new Int32Array(CELLS);
  for (const cell of cells) counts[cell]!++;
  return counts;
}

it('is p(1 − p)/N with one row each, and the sum over subjects whatever their order', () => {
  const rows = fc.array(fc.tuple(fc.nat(5), fc.nat(CELLS - 1)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(rows, (table) => {
      const n = table.length;
      const subjects = Uint32Array.from(table, ([subject]) => subject);
      const variance = new ShareVariance(renumbered(subjects), 1);
      const cells = Uint8Array.from(variance.order, (row) => table[row]![1]);
      const counts = countsOf(cells);
      const found = variance.of(cells, counts);
      const alone = new ShareVariance(Uint32Array.from(table.keys()), 1);
      const independent = alone.of(
        Uint8Array.from(alone.order, (row) => table[row]![1]),
        counts,
      );
      for (let cell = 0; cell < CELLS; cell++) {
        const share = counts[cell]! / n;
        expect(independent[cell]).toBeCloseTo((share * (1 - share)) / n, 12);
        let sum = 0;
        for (const subject of new Set(subjects)) {
          const own = table.filter(([other]) => other === subject);
          sum += (own.filter(([, at]) => at === cell).length - share * own.length) ** 2;
        }
        expect(found[cell]).toBeCloseTo(sum / n ** 2, 12);
      }
    }),
  );
});

it('is told by some of many subjects, within what these vary by', () => {
  const [town] = sample(3, 2000, 5);
  const subjects = Uint32Array.from({ length: town.length }, (_, row) => row % 2000);
  const counts = countsOf(town);
  const all = new ShareVariance(subjects, 4);
  const some = new ShareVariance(subjects, 4, 2003);
  expect([all.order.length, some.order.length]).toEqual([10_000, 2000]);
  const told = [all, some].map((variance) =>
    variance.of(
      Uint8Array.from(variance.order, (row) => town[row]!),
      counts,
    ),
  );
  for (let cell = 0; cell < CELLS; cell++) {
    expect(told[1]![cell]! / told[0]![cell]!).toBeGreaterThan(0.85);
    expect(told[1]![cell]! / told[0]![cell]!).toBeLessThan(1.15);
  }
});

/** Bins of columns: one that is the same in all rows of a person, one by row, both together a pair. */
function sample(seed: number, people: number, each: number) {
  const stream = new RandomStream(seed, 'people');
  const towns = Array.from({ length: people }, () => stream.below(CELLS));
  const town = Uint8Array.from({ length: people * each }, (_, row) => towns[row % people]!);
  return [town, town.map(() => stream.below(3))] as const;
}

it('makes the highest accuracy that of a fresh sample of as many people', async () => {
  const subjects = Uint32Array.from({ length: 2000 }, (_, row) => row % 100);
  const samples = 60;
  const means = { town: 0, visit: 0, pair: 0 };
  const maxima = { town: 0, visit: 0, pair: 0 };
  for (let seed = 0; seed < samples; seed++) {
    const [original, fresh] = [sample(seed, 100, 20), sample(1000 + seed, 100, 20)];
    const columns = [CELLS, 3].map((size, i) => ({ size, original: original[i]!, synthetic: fresh[i]! }));
    const { univariate, bivariate } = await scoreJoint(columns, 1, quietPacer(), subjects);
    const scores = { town: univariate[0]!, visit: univariate[1]!, pair: bivariate[0]! };
    for (const name of ['town', 'visit', 'pair'] as const) {
      means[name] += scores[name].accuracy / samples;
      maxima[name] += scores[name].accuracyMax / samples;
    }
  }
  for (const name of ['town', 'visit', 'pair'] as const) {
    expect(Math.abs(means[name] - maxima[name])).toBeLessThan(0.15 * (1 - means[name]));
  }
  // Rows of the same people alone would be far nearer: .98.
  expect(maxima.town).toBeLessThan(0.93);
  expect(maxima.visit).toBeGreaterThan(0.97);
});
