import { expect, it } from 'vitest';
import { UserError } from './errors';
import { onlyTable } from './only-table';

it('gives the one table there is, and says so where there are more', () => {
  expect(onlyTable({ tables: ['a'] })).toBe('a');
  for (const tables of [['a', 'b'], []]) {
    expect(() => onlyTable({ tables })).toThrow(UserError);
    expect(() => onlyTable({ tables })).toThrow(`${tables.length} tables`);
    expect(() => onlyTable({ tables })).toThrow('one table at a time for now');
  }
});
