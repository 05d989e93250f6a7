import { describe, expect, it } from 'vitest';
import { seededBits } from '../../privacy/dp/random-bits';
import { boundSubjects } from './bound-subjects';

describe('boundSubjects', () => {
  it('keeps as many rows of each subject as are allowed, ascending, and each of them equally often', () => {
    const subjects = Uint32Array.of(7, 7, 2, 7, 7, 3, 2);
    const bits = seededBits(1);
    const counts = new Uint32Array(subjects.length);
    const draws = 500;
    for (let k = 0; k < draws; k++) {
      const kept = boundSubjects(subjects, 2, bits);
      expect([...kept].sort((a, b) => a - b)).toEqual([...kept]);
      expect([...kept].map((row) => subjects[row]).sort()).toEqual([2, 2, 3, 7, 7]);
      for (const row of kept) counts[row]!++;
    }
    // Two of four rows of subject 7: Binomial(500, ½).
    for (const row of [0, 1, 3, 4])
      expect(Math.abs(counts[row]! - draws / 2)).toBeLessThan(6 * Math.sqrt(draws / 4));
    for (const row of [2, 5, 6]) expect(counts[row]).toBe(draws);
  });
});
