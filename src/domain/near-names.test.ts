import { expect, it } from 'vitest';
import { nearNames, nearNamesSentence } from './near-names';

const KNOWN = ['email', 'phone', 'customer_id', 'city', 'birth_date'];

it.each([
  ['emial', ['email']],
  ['E-Mail', ['email']],
  ['customer', ['customer_id']],
  ['birthdate', ['birth_date']],
  ['zzz', []],
  ['', []],
])('%s may mean %j', (name, near) => {
  expect(nearNames(name, KNOWN)).toEqual(near);
});

it('names the nearest, else what there is', () => {
  expect(nearNamesSentence('emial', KNOWN)).toBe('Did you mean “email”?');
  expect(nearNamesSentence('zzz', KNOWN)).toContain('Its columns are “email”, “phone”');
  const many = Array.from({ length: 20 }, (_, i) => `column ${i}`);
  expect(nearNamesSentence('zzz', many)).toMatch(/“column 11” …$/);
});
