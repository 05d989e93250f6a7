import { expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { analyseColumn } from './encoder';
import { options, textColumn } from './testing';

/** Cases of 60 people, some of each, and 40 of one who writes a word and number of their own. */
function cases() {
  const stream = new RandomStream(5, 'cases');
  const people = [...Array.from({ length: 300 }, (_, i) => i % 60), ...Array<number>(40).fill(60)];
  const words = ['Case', 'Claim'];
  const texts = people.map((person) =>
    person === 60
      ? `Hermitage-77${100 + stream.below(900)}`
      : `${words[stream.below(2)]}-${10_000 + stream.below(60_000)}`,
  );
  return { data: textColumn(texts), texts, subjects: Uint32Array.from(people) };
}

function invented(subjects: Uint32Array | null): readonly string[] {
  const { data } = cases();
  const own = { ...options({ rareCategoryReplacementMethod: 'INVENT' }), subjects };
  const encoding = analyseColumn(data, 'text', 'TABULAR_CATEGORICAL', own);
  return encoding.type === 'TABULAR_CATEGORICAL' ? (encoding.invented?.values ?? []) : [];
}

it('take over nothing that one person alone has, in however many values', () => {
  const values = invented(cases().subjects);
  expect(values.length).toBeGreaterThan(100);
  expect(values.filter((value) => value.startsWith('Hermitage'))).toEqual([]);
  expect(values.some((value) => value.startsWith('Claim-'))).toBe(true);
  const taken = new Set(cases().texts);
  expect(values.filter((value) => taken.has(value))).toEqual([]);
});

it('take it over where each value is somebody’s own', () => {
  expect(invented(null).some((value) => value.startsWith('Hermitage'))).toBe(true);
});
