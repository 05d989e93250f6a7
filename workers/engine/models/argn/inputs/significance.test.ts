import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import { groupsOf, logChance } from './significance';

const ROWS = 1000;
const rows = Uint32Array.from({ length: ROWS }, (_, r) => r);

function groups(codes: ArrayLike<number>, cardinality: number, ordinal: boolean) {
  return groupsOf(Uint16Array.from(codes), rows, cardinality, ordinal);
}

describe('logChance', () => {
  it('finds chance in independent columns as often as it says', () => {
    const stream = new RandomStream(1, 'independent');
    for (const ordinal of [true, false]) {
      let [below, tested] = [0, 0];
      for (let k = 0; k < 1500; k++) {
        const [a, b] = [2 + stream.below(60), 2 + stream.below(60)];
        const skewed = (cardinality: number) =>
          Float64Array.from({ length: ROWS }, () => Math.floor(cardinality * stream.uniform() ** 2));
        const chance = logChance(groups(skewed(a), a, ordinal), groups(skewed(b), b, true));
        below += Number(chance < Math.log(0.05));
        tested++;
      }
      expect(below / tested).toBeLessThan(0.065);
      expect(below / tested).toBeGreaterThan(0.01);
    }
  });

  it('sees a weak slope, a bend and a tie of categories', () => {
    const stream = new RandomStream(2, 'dependent');
    const normal = Float64Array.from({ length: ROWS }, () => stream.normal());
    const binned = (values: Float64Array) =>
      values.map((value) => Math.max(0, Math.min(39, Math.floor(20 + 7 * value))));
    const slope = normal.map((value) => 0.2 * value + stream.normal());
    const bend = normal.map((value) => 0.3 * value * value + stream.normal());
    const x = groups(binned(normal), 40, true);
    expect(logChance(x, groups(binned(slope), 40, true))).toBeLessThan(Math.log(1e-4));
    expect(logChance(x, groups(binned(bend), 40, true))).toBeLessThan(Math.log(1e-4));
    const category = Float64Array.from({ length: ROWS }, () => stream.below(5));
    const tied = category.map((code) => (stream.uniform() < 0.25 ? (code * 3) % 5 : stream.below(5)));
    expect(logChance(groups(category, 5, false), groups(tied, 5, false))).toBeLessThan(Math.log(1e-4));
  });

  it('says nothing of a column with one value', () => {
    const constant = groups(new Float64Array(ROWS), 3, true);
    const other = groups(
      Float64Array.from({ length: ROWS }, (_, r) => r % 4),
      4,
      false,
    );
    expect(logChance(constant, other)).toBe(0);
  });
});
