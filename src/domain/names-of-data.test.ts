import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskData, namesData } from './names-of-data';

describe('namesData', () => {
  it.each([
    'anna.meier@example.at',
    'score of anna@example.at',
    '+43 666 6940992',
    '(0664) 123-4567',
    '4111 1111 1111 1111',
    '123456789',
    'card 4929123456781',
    'AT611904300234573201',
    'balance of DE89370400440532013000',
  ])('%s holds a value', (name) => {
    expect(namesData(name)).toBe(true);
  });

  it.each([
    'age',
    'Beak Length (mm)',
    '2019',
    'sales 2019-2020',
    '2019-2020-2021',
    'rs123456789',
    'ENSG00000139618',
    'AT621904300234573201',
    'export_20240131',
    'export 20240131_1530',
    '2024-01-31 15:30',
    'q1 @ home',
    '12345678',
  ])('%s is a name', (name) => {
    expect(namesData(name)).toBe(false);
  });

  it('leaves no address and no long number, and masks once', () => {
    const part = fc.oneof(
      fc.constantFrom('anna@example.at', '+43 660 1234567', '987654321', 'name ', ' of '),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const masked = maskData(parts.join(' '));
        expect(masked).not.toContain('anna@example');
        expect(masked).not.toMatch(/(?<![\p{L}\d])(?!(?:19|20)\d\d)\d{9,}/u);
        expect(maskData(masked)).toBe(masked);
      }),
    );
  });

  it('keeps the rest of a name', () => {
    expect(maskData('orders of anna@example.at.csv'.replace('.csv', ''))).toBe('orders of …');
    expect(maskData('card 4929123456781 (old)')).toBe('card … (old)');
  });
});
