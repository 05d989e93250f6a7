import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberFormat } from './cell-format';
import { cellWriter } from './cell-writer';
import { dateWriter } from './date-format';
import { formatNumber } from './number-format';

const number = (value: number | bigint, format: NumberFormat) => formatNumber(value, format, '.');
const AT = Date.UTC(2024, 1, 9, 0, 5, 9, 40);

describe('numbers', () => {
  it.each<[number | bigint, NumberFormat, string]>([
    [4, { minDecimals: 1 }, '4.0'],
    [50_000, { minDecimals: 1 }, '50000.0'],
    [12.3456, { maxDecimals: 2 }, '12.35'],
    [12.5, { maxDecimals: 2 }, '12.5'],
    [12, { minDecimals: 2, maxDecimals: 2 }, '12.00'],
    [-0.001, { maxDecimals: 2 }, '0'],
    [-0.001, { minDecimals: 2, maxDecimals: 2 }, '0.00'],
    [1234567.5, { thousands: ',', maxDecimals: 1 }, '1,234,567.5'],
    [1234567.5, { thousands: ',', grouping: 'indian', maxDecimals: 1 }, '12,34,567.5'],
    [123, { thousands: ',', grouping: 'indian' }, '123'],
    [12_345, { thousands: ',', grouping: 'indian', prefix: '₹' }, '₹12,345'],
    [1234567.5, { thousands: '.', decimal: ',' }, '1.234.567,5'],
    [-1234.5, { prefix: '$', thousands: ',', minDecimals: 2, maxDecimals: 2 }, '-$1,234.50'],
    [-1250, { prefix: '$', thousands: ',', minDecimals: 2, bracketed: true }, '($1,250.00)'],
    [12.5, { suffix: '%' }, '12.5%'],
    [72, { suffix: ' kg' }, '72 kg'],
    [9_007_199_254_740_993n, { thousands: ' ' }, '9 007 199 254 740 993'],
    [12n, { minDecimals: 1 }, '12.0'],
    [1e21, { minDecimals: 1 }, '1000000000000000000000.0'],
    [1e-7, { minDecimals: 1 }, '0.0000001'],
    [1000, { thousands: '$&' }, '1$&000'],
    [Number.POSITIVE_INFINITY, { minDecimals: 1 }, 'Infinity'],
  ])('%s with %o is %s', (value, format, text) => {
    expect(number(value, format)).toBe(text);
  });

  it('read back as the same number, whatever stands around them', () => {
    const value = fc.integer({ min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(
        value,
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom('', '.', ' ', "'"),
        (units, digits, thousands) => {
          const exact = units / 10 ** digits;
          const format = {
            thousands,
            decimal: ',',
            minDecimals: digits,
            maxDecimals: digits,
            suffix: ' €',
          } as const;
          const text = number(exact, format);
          expect(text).toMatch(
            digits === 0 ? /^-?[\d.' ]+ €$/ : new RegExp(`^-?[\\d.' ]+,\\d{${digits}} €$`),
          );
          expect(
            Number(
              text
                .replace(' €', '')
                .replaceAll(thousands || '_', '')
                .replace(',', '.'),
            ),
          ).toBe(exact + 0);
        },
      ),
    );
  });
});

describe('dates', () => {
  it.each([
    ['yyyy-MM-dd', '2024-02-09'],
    ['d.M.yy', '9.2.24'],
    ['MM/dd/yyyy hh:mm a', '02/09/2024 12:05 AM'],
    ["dd MMM yyyy 'at' H:mm:ss.SSS", '09 Feb 2024 at 0:05:09.040'],
    ['EEEE, MMMM d, yyyy', 'Friday, February 9, 2024'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", '2024-02-09T00:05:09.040000Z'],
    ['epoch-milliseconds', String(AT)],
    ['epoch-seconds', '1707437109.04'],
    ["h 'o''clock'", "12 o'clock"],
  ])('by %s', (pattern, text) => {
    expect(dateWriter({ pattern })(AT)).toBe(text);
  });

  it('have names of months in the language of the column, and microseconds', () => {
    const write = (pattern: string, value = AT) =>
      dateWriter({ pattern, locale: 'de', monthCase: 'upper' })(value);
    expect([write('d. MMMM yyyy'), write('MMM')]).toEqual(['9. FEBRUAR 2024', 'FEB']);
    expect(dateWriter({ pattern: 'ss.SSSSSS' })(AT + 0.123)).toBe('09.040123');
  });

  it('stand at their offset', () => {
    expect(dateWriter({ pattern: 'yyyy-MM-dd HH:mmXXX', offsetMinutes: -210 })(AT)).toBe(
      '2024-02-08 20:35-03:30',
    );
    expect(dateWriter({ pattern: 'HHxx', offsetMinutes: 60 })(AT)).toBe('01+0100');
    expect(dateWriter({ pattern: 'HHx' })(AT)).toBe('00+00');
  });
});

it('what the format does not name is written plainly', () => {
  expect(cellWriter('float')(1.5)).toBe('1.5');
  expect(cellWriter('float', {}, ',')(1.5)).toBe('1,5');
  expect(cellWriter('integer')(12n)).toBe('12');
  expect(cellWriter('boolean', { boolean: { yes: 'Ja', no: 'Nein' } })(false)).toBe('Nein');
  expect(cellWriter('boolean')(true)).toBe('true');
  expect(cellWriter('date', {}, ',')(AT)).toBe('2024-02-09');
});
