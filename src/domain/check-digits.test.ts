import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ibanOf, isIban, isLuhn, withLuhn } from './check-digits';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

test('published examples pass', () => {
  expect(isLuhn('4242424242424242')).toBe(true);
  expect(isLuhn('378282246310005')).toBe(true);
  expect(isIban('GB82WEST12345698765432')).toBe(true);
  expect(isIban('DE89370400440532013000')).toBe(true);
  expect(isIban('DE88370400440532013000')).toBe(false);
});

test('a number with its check digit passes, and none with one digit changed does', () => {
  fc.assert(
    fc.property(digits(15), fc.nat(15), fc.integer({ min: 1, max: 9 }), (text, at, by) => {
      const number = withLuhn(text);
      expect(isLuhn(number)).toBe(true);
      const other = String((Number(number[at]) + by) % 10);
      expect(isLuhn(number.slice(0, at) + other + number.slice(at + 1))).toBe(false);
    }),
  );
});

test('an IBAN passes, and none with one digit of the account changed does', () => {
  fc.assert(
    fc.property(digits(18), fc.nat(17), fc.integer({ min: 1, max: 9 }), (account, at, by) => {
      const iban = ibanOf('DE', account);
      expect(iban).toMatch(/^DE\d{20}$/);
      expect(isIban(iban)).toBe(true);
      const index = 4 + at;
      const other = String((Number(iban[index]) + by) % 10);
      expect(isIban(iban.slice(0, index) + other + iban.slice(index + 1))).toBe(false);
    }),
  );
});
