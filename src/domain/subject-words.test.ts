import { expect, it } from 'vitest';
import { namesInWords, peopleInWords, protectedUnitInWords, questionInWords } from './subject-words';
import type { Subject } from './subjects';

const email: Subject = {
  ...{ columns: ['email'], identifying: ['email', 'phone'], constant: ['salary'] },
  ...{ subjects: 2000, rowsEach: 10, source: 'found', isSure: true },
};
const pair: Subject = { ...email, columns: ['birth_date', 'salary'], isSure: false };
const plain = { isDeclared: false, valueProtection: true, privacyGuard: true };

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], 'a, b, c, d, e, f and 2 more'],
])('%j reads “%s”', (names, words) => {
  expect(namesInWords(names)).toBe(words);
});

it('counts people, and only at least where several columns tell them apart', () => {
  expect(peopleInWords(email)).toBe('2,000 people, 10.0 rows each');
  expect(peopleInWords(pair)).toBe('at least 2,000 people, about 10.0 rows each');
});

it('asks about one column and about several', () => {
  expect(questionInWords(pair)).toMatch(/^Rows with the same birth_date and salary seem to be one person’s/);
  expect(questionInWords({ ...email, columns: ['ref'] })).toMatch(/^Rows with the same value of ref seem/);
});

it('says in a report what was counted', () => {
  const [counted] = protectedUnitInWords({ ...plain, subject: email });
  expect(counted).toBe(
    'Protection, split and guard counted people, not rows: rows that share email are one person’s (2,000 people, 10.0 rows each).',
  );
  expect(protectedUnitInWords({ ...plain, subject: pair })[0]).toContain('not confirmed');
});

it('names as counting only what was switched on, and warns without value protection', () => {
  const off = { ...plain, valueProtection: false, privacyGuard: false };
  const [counted, warning] = protectedUnitInWords({ ...off, subject: email });
  expect(counted).toMatch(/^Split counted people/);
  expect(warning).toMatch(/are not protected: .* email included/);
});

it('tells an assumed row per person from a declared one', () => {
  const assumed = protectedUnitInWords({ ...plain, subject: null });
  expect(assumed).toEqual([
    expect.stringMatching(/was assumed: protection, split and guard counted rows\. If/),
  ]);
  const declared = protectedUnitInWords({ ...plain, subject: null, isDeclared: true });
  expect(declared).toEqual(['One row per person, as declared: protection, split and guard counted rows.']);
});
