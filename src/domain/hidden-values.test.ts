import { expect, test } from 'vitest';
import { hiddenSentence } from './hidden-values';

test('says how much goes with hidden extremes', () => {
  const hidden = { kind: 'extremes', column: 'claim', rows: 10, sum: 0.45, deviation: 0.85 } as const;
  expect(hiddenSentence(hidden)).toBe(
    'about 10 extreme values hidden; about 45 % of the sum and 85 % of the spread go with them',
  );
  expect(hiddenSentence({ ...hidden, sum: 0 })).toBe(
    'about 10 extreme values hidden; about 85 % of the spread goes with them',
  );
});

test('says what stands for rare values', () => {
  const hidden = { kind: 'rare', column: 'city', values: 1200, become: 'frequent' } as const;
  expect(hiddenSentence(hidden)).toBe('about 1,200 rare values hidden; frequent ones stand for them');
  expect(hiddenSentence({ kind: 'ends', column: 'day', rows: 20 })).toBe(
    'about 20 dates before the first or after the last shown one hidden; ones within stand for them',
  );
  expect(hiddenSentence({ ...hidden, become: 'redrawn' })).toContain('the same beginning and another end');
  expect(hiddenSentence({ ...hidden, values: 10, become: 'constant' })).toBe(
    'about 10 rare values hidden; _RARE_ stands for them',
  );
});
