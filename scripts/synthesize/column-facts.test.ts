import { expect, it } from 'vitest';
import type { HiddenValues } from '../../src/domain/hidden-values';
import { hiddenLines, keyLines } from './column-facts';

const rare = (column: string, become: 'invented' | 'numbered' | 'constant' = 'invented'): HiddenValues => ({
  kind: 'rare',
  column,
  values: 20,
  become,
});

const feature = {
  included: true,
  encodingType: 'TABULAR_CATEGORICAL',
  evidence: '',
  role: 'feature',
} as const;
const generator = {
  tables: [
    {
      columns: [
        { name: 'city', originalName: 'city', decision: feature },
        { name: 'street', originalName: 'street', decision: { ...feature, identifiesSubjects: true } },
      ],
    },
  ],
} as unknown as Parameters<typeof hiddenLines>[0];

it('says what is hidden of columns, placeholders and extremes first', () => {
  expect(hiddenLines(generator)).toEqual([]);
  const extremes = { kind: 'extremes', column: 'pay', rows: 10, sum: 0.5, deviation: 0 } as const;
  expect(hiddenLines(generator, [rare('city'), rare('street'), extremes, rare('time', 'constant')])).toEqual([
    'time: about 20 rare values hidden; _RARE_ stands for them.',
    'pay: about 10 extreme values hidden; about 50 % of the sum goes with them.',
    'city: about 20 rare values hidden; invented ones of the same form stand for them.',
  ]);
});

it('tells of what is not learned only if its values have no form', () => {
  expect(hiddenLines(generator, [rare('street')])).toEqual([]);
  expect(hiddenLines(generator, [rare('street', 'numbered')])).toEqual([
    'street: about 20 rare values hidden; they have no form that many share, so numbers stand for them.',
  ]);
});

it('says of many columns how many more there are', () => {
  const many = Array.from({ length: 13 }, (_, i) => rare(`c${i}`));
  const lines = hiddenLines(generator, [...many, rare('last', 'constant')]);
  expect(lines).toHaveLength(11);
  expect(lines[0]).toMatch(/^last: /);
  expect(lines.at(-1)).toBe('Values of 4 more columns are hidden: see run.json.');
});

it('tells of keys over several columns that had to be drawn again', () => {
  const lines = (keys?: object) => keyLines({ summary: { ...(keys && { keys }) } as never });
  expect(lines()).toEqual([]);
  expect(lines({ drawnAgain: 647, repeated: 0 })).toEqual([
    '647 rows drawn again: their key of several columns stood already.',
  ]);
  expect(lines({ drawnAgain: 9, repeated: 2 })[1]).toContain('2 keys still repeat');
});
