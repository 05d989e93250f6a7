import type { SchemaElement } from 'hyparquet';
import { expect, it } from 'vitest';
import { parquetLeaves } from './parquet-columns';

/** A schema of one column of decimals. */
function leaves(element: Partial<SchemaElement>) {
  const column = { name: 'price', type: 'INT64', converted_type: 'DECIMAL', ...element } as SchemaElement;
  const child = { element: column, children: [], count: 1, path: ['price'] };
  return parquetLeaves({ element: { name: 'root' }, children: [child], count: 2, path: [] });
}

it('takes the digits of a decimal from either description', () => {
  const logical = { type: 'DECIMAL', precision: 9, scale: 2 } as const;
  const digits = { kind: 'decimal', precision: 9, scale: 2 };
  expect(leaves({ precision: 9, scale: 2 })[0]!.reading).toEqual(digits);
  expect(leaves({ converted_type: undefined, logical_type: logical } as never)[0]!.reading).toEqual(digits);
});

it.each([
  { precision: 9, scale: 2_147_483_647 },
  { precision: 9, scale: -1 },
  { precision: 2, scale: 3 },
  { precision: 0, scale: 0 },
  { precision: 1_000, scale: 0 },
])('refuses a decimal of digits that none has: %j', (digits) => {
  expect(() => leaves(digits)).toThrow(/“price” is a decimal of \d+ digits, -?\d+ of them after the point/);
});
