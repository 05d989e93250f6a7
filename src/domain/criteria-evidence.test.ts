import { describe, expect, it } from 'vitest';
import { criteriaParts, guessedRows } from './criteria-evidence';
import type { AnonymisationCriteria, GroupDifference } from './privacy-tests';

const difference = (value: number, half: number): GroupDifference => ({
  ...{ people: 4000, members: 0.4 + value, others: 0.4 },
  difference: { value, low: value - half, high: value + half },
});
const criteria = (value: number, half: number): AnonymisationCriteria => ({
  compared: ['age', 'income'],
  inference: {
    ...difference(value, half),
    attacked: { known: ['age'], sensitive: ['income'] },
    columns: [{ column: 'income', ...difference(value, half) }],
  },
  singlingOut: difference(value, half),
  linkability: difference(value, half),
  rareValues: null,
});
const levels = (value: number, half: number) =>
  criteriaParts(criteria(value, half)).map(({ id, level }) => [id, level]);

describe('criteriaParts', () => {
  it('compares people of the training with unseen ones, each criterion by itself', () => {
    expect(levels(0, 0.02)).toEqual([
      ...[['attributes', 'pass']],
      ...[['singling-out', 'pass']],
      ...[['linkability', 'pass']],
    ]);
    expect(levels(0.08, 0.02).every(([, level]) => level === 'attention')).toBe(true);
    expect(levels(0.03, 0.15).every(([, level]) => level === 'inconclusive')).toBe(true);
  });

  it('says what was known and guessed, with both rates', () => {
    const [part] = criteriaParts(criteria(0.01, 0.02));
    expect(part!.source).toContain('known: age');
    expect(part!.figure).toBe(
      '41.0 % guessed (income), 40.0 % of 4,000 unseen people; difference 1.0 % (95 %: −1.0 to 3.0 %)',
    );
    expect(guessedRows(criteria(0.01, 0.02))).toEqual([
      ['income', '41.0 %', '40.0 %', '1.0 % (95 %: −1.0 to 3.0 %)'],
    ]);
    expect(criteriaParts(null)).toEqual([]);
  });
});
