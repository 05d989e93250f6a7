import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMN_FILTERS, COLUMN_ORDERS, type ColumnFacts, viewColumns, WHOLE_FILE } from './column-view';

const facts = (name: string, others: Partial<ColumnFacts> = {}): { facts: ColumnFacts } => ({
  facts: {
    ...{ name, storageType: 'text', missing: 0, decision: 'categorical' },
    ...{ isUnlearned: false, isPersonal: false, isConverted: false },
    ...others,
  },
});
const COLUMNS = [
  facts('Price 10', { storageType: 'float', missing: 0.2, isConverted: true }),
  facts('mail of the payer', { isUnlearned: true, isPersonal: true, decision: 'made-up e-mail addresses' }),
  facts('price 9', { storageType: 'float', missing: null }),
  facts('day', { storageType: 'date', missing: 0.9, isConverted: true }),
];
const names = (view: object) =>
  viewColumns(COLUMNS, { ...WHOLE_FILE, ...view }).map(({ facts: { name } }) => name);

describe('viewColumns', () => {
  it('finds every word of the text, whatever their case and order', () => {
    expect(names({ text: 'PRICE' })).toEqual(['Price 10', 'price 9']);
    expect(names({ text: ' payer  mail ' })).toEqual(['mail of the payer']);
    expect(names({ text: 'price payer' })).toEqual([]);
  });

  it('filters', () => {
    expect(names({ filter: 'unlearned' })).toEqual(['mail of the payer']);
    expect(names({ filter: 'personal' })).toEqual(['mail of the payer']);
    expect(names({ filter: 'converted' })).toEqual(['Price 10', 'day']);
  });

  it('sorts numbers in names by their size, the emptiest first, what is not known last', () => {
    expect(names({ order: 'name' })).toEqual(['day', 'mail of the payer', 'price 9', 'Price 10']);
    expect(names({ order: 'missing' })).toEqual(['day', 'Price 10', 'mail of the payer', 'price 9']);
    expect(names({ order: 'type' })).toEqual(['day', 'Price 10', 'price 9', 'mail of the payer']);
    expect(names({ order: 'decision' }).at(-1)).toBe('mail of the payer');
  });

  it('loses and doubles no column, and leaves what it is given as it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.string(), missing: fc.option(fc.double({ min: 0, max: 1 })) })),
        fc.constantFrom(...COLUMN_FILTERS),
        fc.constantFrom(...COLUMN_ORDERS),
        (given, filter, order) => {
          const columns = given.map(({ name, missing }, at) =>
            facts(name, { missing, isPersonal: at % 2 === 0 }),
          );
          const before = [...columns];
          const found = viewColumns(columns, { text: '', filter, order });
          expect(columns).toEqual(before);
          expect(new Set(found).size).toBe(found.length);
          expect(found.length).toBe(
            filter === 'all' ? columns.length : filter === 'personal' ? Math.ceil(columns.length / 2) : 0,
          );
        },
      ),
    );
  });
});
