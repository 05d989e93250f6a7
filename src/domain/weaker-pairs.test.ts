import { expect, test } from 'vitest';
import { weakerPairsSentence } from './weaker-pairs';

const PAIR = { column1: 'income', column2: 'status', original: 0.388, synthetic: 0.05 };

test('names the relations that are weaker, a few of them', () => {
  expect(weakerPairsSentence({ notable: 12, weaker: [PAIR] })).toBe(
    '1 of 12 relations between two columns is weaker than in the original: “income” × “status” (Cramér’s V 0.39, synthetic 0.05).',
  );
  const many = weakerPairsSentence({ notable: 1200, weaker: Array.from({ length: 8 }, () => PAIR) });
  expect(many).toContain('8 of 1,200 relations between two columns are weaker');
  expect(many).toMatch(/ and 3 more\.$/);
});

test('says nothing where none is', () => {
  expect(weakerPairsSentence({ notable: 12, weaker: [] })).toBeNull();
});
