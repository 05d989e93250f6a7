import { expect, it } from 'vitest';
import type { EncodingDecision } from './columns';
import { columnFacts, writtenSentences } from './unlearned-words';

const learned = {
  included: true,
  encodingType: 'TABULAR_CATEGORICAL',
  evidence: '',
  role: 'feature',
  isKeyPart: true,
} as const;

function table(writing?: EncodingDecision['writing']) {
  const second: EncodingDecision = writing
    ? { ...learned, included: false, encodingType: null, role: 'excluded', writing }
    : learned;
  return [
    { name: 'shop', decision: learned },
    { name: 'slip', decision: second },
  ];
}

it('says nothing of a key whose columns are all learned', () => {
  expect(writtenSentences(table())).toEqual([]);
});

it('says how a key is kept by a part that is regenerated', () => {
  expect(writtenSentences(table({ as: 'pattern' })).at(-1)).toBe(
    'The key of shop and slip is kept: a row that repeats one gets other values of slip.',
  );
});

it.each([{ as: 'omit' }, { as: 'empty' }, { as: 'constant', text: 'x' }] as const)(
  'says that a key is not kept without values of a part: $as',
  (writing) => {
    expect(writtenSentences(table(writing)).at(-1)).toBe(
      'The key of shop and slip is not kept, so rows may repeat it: slip has no values that tell rows apart. Learn or regenerate all of its columns to keep it.',
    );
  },
);

it('tells the parts of a key in run.json', () => {
  expect(columnFacts(table({ as: 'omit' }))).toMatchObject([{ key_part: true }, { key_part: true }]);
});
