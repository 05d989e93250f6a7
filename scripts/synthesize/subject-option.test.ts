import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InputError } from './setting-options';
import { readSubject, subjectText } from './subject-option';

const NAMES = ['email', 'birth date', 'first, last', 'salary'];

it.each([
  ['auto', null],
  ['None', []],
  ['email', ['email']],
  ['birth date, salary', ['birth date', 'salary']],
  ['first, last', ['first, last']],
  ['email,email', ['email']],
])('reads %j', (text, columns) => {
  expect(readSubject(text, NAMES)).toEqual(columns);
});

it.each([
  ['["none"]', ['none']],
  ['[]', []],
  [' ["a, b","a"]', ['a, b', 'a']],
  ['[id]', ['[id]']],
  ['[1]', ['[1]']],
  ['a,none', ['a', 'none']],
  ['NONE', []],
  ['Auto', null],
])('reads %j where columns are called otherwise than usual', (text, columns) => {
  expect(readSubject(text, ['none', 'a', 'a, b', '[id]', '[1]'])).toEqual(columns);
});

it('refuses what may mean two things, and says how to tell them apart', () => {
  expect(() => readSubject('none', ['none'])).toThrow(
    `--subject “none” may mean two things in this table: say '[]' or say '["none"]'.`,
  );
  expect(() => readSubject('auto', ['auto'])).toThrow(`leave it out or say '["auto"]'`);
  expect(() => readSubject('a, b', ['a', 'b', 'a, b'])).toThrow(`say '["a, b"]' or say '["a","b"]'`);
});

it('writes a text that is read as meant, whatever the columns are called', () => {
  const name = fc.oneof(
    fc.constantFrom('none', 'Auto', 'a', 'b', 'a,b', ' a', '[]', '["a"]', ''),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), fc.nat(63), (names, chosen) => {
      const columns = names.filter((_, index) => chosen & (1 << index));
      expect(readSubject(subjectText(columns, names), names)).toEqual(columns);
    }),
  );
  expect(subjectText(['email', 'birth date'], ['email', 'birth date', 'x'])).toBe('email,birth date');
});

it('names a column that is not there, and near ones', () => {
  expect(() => readSubject('emial', NAMES)).toThrow(InputError);
  expect(() => readSubject('salary,emial', NAMES)).toThrow(
    '--subject: there is no column “emial” in the table. Did you mean “email”?',
  );
  expect(() => readSubject('', NAMES)).toThrow('Its columns are “email”, “birth date”');
});
