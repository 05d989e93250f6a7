import { expect, it } from 'vitest';
import { InputError } from './setting-options';
import { readSubject } from './subject-option';

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

it('names a column that is not there, and near ones', () => {
  expect(() => readSubject('emial', NAMES)).toThrow(InputError);
  expect(() => readSubject('salary,emial', NAMES)).toThrow(
    '--subject: there is no column “emial” in the table. Did you mean “email”?',
  );
  expect(() => readSubject('', NAMES)).toThrow('Its columns are “email”, “birth date”');
});
