import { expect, it } from 'vitest';
import type { ColumnProfile } from './columns';
import { decideEncoding } from './decide-encoding';
import { atThreshold, raisedBy } from './rarity';
import { numberProfile, textProfile } from './testing/column-profile';

const AUTO = { included: true, modelEncodingType: 'AUTO' } as const;

function decide(profile: ColumnProfile, rareThreshold: number) {
  const context = { isPrimaryKey: false, isIdentifying: false, valueProtection: true, rareThreshold };
  return decideEncoding(profile, AUTO, context);
}

it('counts what is not rare at the threshold of the settings', () => {
  const profile = textProfile('word', [
    ...new Array(30).fill('often'),
    ...new Array(10).fill('some'),
    ...new Array(7).fill('few'),
    'one',
  ]);
  expect(atThreshold(profile, 0)).toBe(profile);
  expect(atThreshold(profile, 3)).toMatchObject({ nonRareDistinct: 2, nonRareShare: 40 / 48 });
  expect(atThreshold(profile, 5).nonRareDistinct).toBe(1);
  expect(decide(profile, 5)).toMatchObject({ encodingType: 'TABULAR_CATEGORICAL' });
  expect(decide(profile, 50)).toMatchObject({ encodingType: null, writing: { as: 'pattern' } });
});

it('leaves to training what the frequent values do not tell', () => {
  const words = Array.from({ length: 400 }, (_, row) => `word ${row % 20}`);
  const profile = textProfile('word', words);
  expect(atThreshold(profile, 5)).toBe(profile);
  expect(atThreshold(profile, 15).nonRareDistinct).toBe(0);
});

it('wants more values of a range at a higher threshold', () => {
  const amounts = numberProfile(
    'amount',
    Array.from({ length: 40 }, (_, row) => 17 * row * row),
  );
  expect(decide(amounts, 5).encodingType).toBe('TABULAR_NUMERIC_BINNED');
  const raised = decide(amounts, 16);
  expect(raised.encodingType).toBe(null);
  expect(raised.evidence).toContain('fewer than 42');
});

it('is raised from 5 on', () => {
  expect([undefined, 3, 5, 6, 50].map(raisedBy)).toEqual([0, 0, 0, 1, 45]);
});
