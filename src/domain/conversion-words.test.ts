import { describe, expect, it } from 'vitest';
import { conversionExample } from './conversion-example';
import { conversionChoices, conversionSentence } from './conversion-words';
import type { Conversion } from './conversions';
import type { CsvDialect } from './sources';

const price: Conversion = {
  position: 2,
  column: 'price',
  kind: 'currency',
  cells: 1200,
  example: ['$1,234.50', '1234.5'],
};
const dialect = { header: true, delimiter: ',' } as CsvDialect;

describe('conversionSentence', () => {
  it('says what was done to how many cells, with an example', () => {
    expect(conversionSentence(price)).toBe(
      'Amounts with a currency in 1,200 cells: $1,234.50 is read as 1234.5.',
    );
    expect(conversionSentence({ ...price, cells: 1, undone: true })).toBe(
      'Kept as text, as you said: 1 cell would read $1,234.50 as 1234.5.',
    );
  });

  it('says which order of day and month was assumed', () => {
    const dates: Conversion = { ...price, kind: 'date', order: 'month-first' };
    expect(conversionSentence(dates)).toContain('the month first was assumed');
  });

  it('says what NA is', () => {
    const code: Conversion = { ...price, kind: 'code', cells: 1 };
    expect(conversionSentence(code)).toContain('“NA” is a value in 1 cell');
    expect(conversionSentence({ ...code, undone: true })).toContain('“NA” means “no value”');
  });
});

describe('conversionChoices', () => {
  it('undo keeps the texts of the column, redo forgets it', () => {
    const [undo] = conversionChoices(price, dialect);
    expect(undo).toEqual({ label: 'Undo', columns: { 2: { keepText: true } } });
    const [redo] = conversionChoices({ ...price, undone: true }, undo!);
    expect(redo).toEqual({ label: 'Redo', columns: undefined });
  });

  it('leave what was said of other columns, and of this one otherwise', () => {
    const said = { ...dialect, columns: { 1: { keepText: true as const }, 2: { nulls: ['x'] } } };
    expect(conversionChoices(price, said)[0]!.columns).toEqual({
      1: { keepText: true },
      2: { nulls: ['x'], keepText: true },
    });
  });

  it('turn day and month round', () => {
    const dates: Conversion = { ...price, kind: 'date', order: 'day-first' };
    expect(conversionChoices(dates, dialect)).toEqual([
      { label: 'Month first', columns: { 2: { dayFirst: false } } },
      { label: 'Undo', columns: { 2: { keepText: true } } },
    ]);
  });

  it('make NA no value, and a value again', () => {
    const code: Conversion = { ...price, kind: 'code' };
    const [undo] = conversionChoices(code, dialect);
    expect(undo!.columns).toEqual({ 2: { nulls: ['NA'] } });
    expect(conversionChoices({ ...code, undone: true }, undo!)).toEqual([
      { label: 'Redo', columns: undefined },
    ]);
  });
});

describe('conversionExample', () => {
  it.each([
    [
      'currency',
      { number: { prefix: '$', thousands: ',', minDecimals: 2, maxDecimals: 2 } },
      'float',
      ['$1,234.56', '1234.56'],
    ],
    [
      'percent',
      { number: { suffix: ' %', decimal: ',' as const, maxDecimals: 1 } },
      'float',
      ['12,5 %', '12.5'],
    ],
    ['thousands', { number: { thousands: "'" } }, 'integer', ["1'234", '1234']],
    ['brackets', { number: { bracketed: true as const, maxDecimals: 0 } }, 'float', ['(1234)', '-1234']],
    ['boolean', { boolean: { yes: 'ja', no: 'nein' } }, 'boolean', ['ja', 'true']],
    [
      'date',
      { date: { pattern: 'd. MMMM yyyy', locale: 'de' } },
      'date',
      ['31. Dezember 2024', '2024-12-31'],
    ],
    [
      'date',
      { date: { pattern: 'MM/dd/yy hh:mm a' } },
      'datetime',
      ['12/31/24 02:05 PM', '2024-12-31 14:05:00'],
    ],
    [
      'zone',
      { date: { pattern: "yyyy-MM-dd'T'HH:mm:ssXXX", offsetMinutes: 120 } },
      'datetime',
      ['2024-12-31T16:05:09+02:00', '2024-12-31 14:05:09'],
    ],
    ['epoch', { date: { pattern: 'epoch-seconds' } }, 'datetime', ['1735653909', '2024-12-31 14:05:09']],
  ] as const)('%s %j', (kind, format, type, expected) => {
    expect(conversionExample(kind, format, type)).toEqual(expected);
  });
});
