import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import { gainOf, groupRows, informationOf, levelsOf } from './mutual-information';

const ROWS = Uint32Array.from({ length: 10_000 }, (_, r) => r);
const stream = new RandomStream(1, 'columns');
const random = (cardinality: number) => Uint16Array.from(ROWS, () => stream.below(cardinality));

describe('informationOf', () => {
  it('is the entropy for equal columns and about 0 for independent ones', () => {
    const a = random(40);
    const b = random(45);
    const levels = levelsOf(a, ROWS, 40, false);
    expect(informationOf(levels, levels)).toBeCloseTo(Math.log(40), 2);
    expect(levels.entropy).toBeCloseTo(Math.log(40), 2);
    // Without the correction: 39 · 44 / 20,000 = 0.086.
    expect(Math.abs(informationOf(levels, levelsOf(b, ROWS, 45, true)))).toBeLessThan(0.015);
  });

  it('is that of a known table', () => {
    const a = random(2);
    const flipped = a.map((code) => (stream.uniform() < 0.1 ? 1 - code : code));
    const levels = (codes: Uint16Array) => levelsOf(codes, ROWS, 2, false);
    const expected = Math.log(2) + 0.9 * Math.log(0.9) + 0.1 * Math.log(0.1);
    expect(informationOf(levels(a), levels(flipped))).toBeCloseTo(expected, 1);
    expect(informationOf(levels(a), levels(flipped))).toBeCloseTo(
      informationOf(levels(flipped), levels(a)),
      12,
    );
  });

  it('is 0 for a constant column or no rows', () => {
    const constant = levelsOf(new Uint16Array(10_000), ROWS, 3, true);
    expect(informationOf(constant, levelsOf(random(7), ROWS, 7, false))).toBeCloseTo(0, 12);
    const none = levelsOf(new Uint16Array(0), new Uint32Array(0), 3, false);
    expect(informationOf(none, none)).toBe(0);
  });
});

describe('gainOf', () => {
  const many = random(2000);

  it('is 0 for independent columns, however many codes there are', () => {
    const noise = levelsOf(random(30), ROWS, 30, false);
    expect(gainOf(groupRows(many, ROWS, 2000), noise)).toBeLessThan(0.005);
    const once = Uint16Array.from(ROWS, (r) => r);
    expect(gainOf(groupRows(once, ROWS, 10_000), noise)).toBe(0);
  });

  it('comes near the information of codes that say a level, however rare each is', () => {
    const told = Uint16Array.from(many, (code) => (stream.uniform() < 0.9 ? code % 12 : stream.below(12)));
    const levels = levelsOf(told, ROWS, 12, false);
    const same = 0.9 + 0.1 / 12;
    const information = Math.log(12) + same * Math.log(same) + 11 * (0.1 / 12) * Math.log(0.1 / 12);
    const gain = gainOf(groupRows(many, ROWS, 2000), levels);
    expect(gain).toBeLessThan(information);
    expect(gain).toBeGreaterThan(0.7 * information);
    // The frequent codes alone, as the merged levels have them, say nearly nothing.
    expect(informationOf(levelsOf(many, ROWS, 2000, false), levels)).toBeLessThan(0.15 * information);
  });

  it('is 0 for no rows', () => {
    const none = new Uint32Array(0);
    expect(gainOf(groupRows(many, none, 2000), levelsOf(many, none, 2000, false))).toBe(0);
  });
});

describe('levelsOf', () => {
  it('merges ordered codes with their neighbours, evenly by rows', () => {
    const codes = Uint16Array.from(ROWS, (r) => r % 1000);
    const { codes: levels, count } = levelsOf(codes, ROWS, 1000, true);
    expect(count).toBe(50);
    for (let code = 1; code < 1000; code++) expect([0, 1]).toContain(levels[code]! - levels[code - 1]!);
    for (let level = 0; level < count; level++)
      expect(levels.filter((other) => other === level).length).toBe(200);
  });

  it('keeps the most frequent categories apart and merges the rest', () => {
    const codes = Uint16Array.from(ROWS, (r) => (r % 2 === 0 ? 700 + (r % 20) : r % 600));
    const { codes: levels, count } = levelsOf(codes, ROWS, 1000, false);
    expect(count).toBe(50);
    const own = new Set([0, 2, 4, 6, 8, 10, 12, 14, 16, 18].map((r) => levels[r]));
    expect(own.size).toBe(10);
    expect(own.has(49)).toBe(false);
  });

  it('has fewer levels for fewer rows', () => {
    const few = ROWS.subarray(0, 400);
    expect(levelsOf(random(60), few, 60, true).count).toBe(10);
  });
});
