import { expect, it } from 'vitest';
import type { OriginalForm } from '../../../src/domain/original-form';
import type { RowBlock } from './exporter';
import { roundedRows } from './rounded-rows';
import { schemaOf } from './testing/export-table';

it('has the decimals of the original, and no other column touched', async () => {
  const columns = (['price', 'share', 'free', 'n'] as const).map((name) => ({
    name,
    type: name === 'n' ? ('integer' as const) : ('float' as const),
    values: [],
  }));
  const layout = {
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    lineEnd: '\n',
    header: true,
    decimal: '.',
  } as const;
  const original: OriginalForm = {
    layout,
    columns: [
      { name: 'price', format: { number: { maxDecimals: 2 } } },
      { name: 'share', format: { number: { maxDecimals: 1, suffix: '%' } } },
    ],
  };
  const values = [
    [12.3456, null, Number.POSITIVE_INFINITY, 1e300],
    [12.345, 7, undefined, -0.5],
    [12.3456, 1, 2, 3],
    [1n, 2n, 3n, 4n],
  ];
  const rows = {
    count: 4,
    async *blocks(): AsyncGenerator<RowBlock> {
      yield { columns: values, rows: 4 };
    },
  };
  const read: unknown[] = [];
  for await (const block of roundedRows(rows, schemaOf(columns), original).blocks())
    read.push(...block.columns);
  expect(read).toEqual([
    [12.35, null, Number.POSITIVE_INFINITY, 1e300],
    [12.3, 7, undefined, -0.5],
    values[2],
    values[3],
  ]);
});
