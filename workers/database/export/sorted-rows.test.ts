import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from './csv';
import { sortedOrder } from './sorted-rows';
import { exported, type TestValue } from './testing/export-table';

const LAYOUT = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  lineEnd: '\n',
  header: false,
  decimal: '.',
} as const;

async function sorted(values: readonly TestValue[], type: 'float' | 'text', descending: boolean) {
  const numbers = { name: 'row', type: 'integer' as const, values: values.map((_, row) => row) };
  const sortedBy = { column: 'key', ...(descending && { descending: true as const }) };
  const { bytes } = await exported(csv, [numbers, { name: 'key', type, values }], {
    ...{ sorted: true, groupRows: 4 },
    original: { layout: LAYOUT, columns: [], sortedBy },
  });
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
  return lines.map((line) => Number(line.split(',')[0]));
}

describe('sortedRows', () => {
  it('puts rows in the order of a column, equal ones as they were, none last', async () => {
    const texts = ['b', null, 'a', 'b', 'Z', 'a'];
    expect(await sorted(texts, 'text', false)).toEqual([4, 2, 5, 0, 3, 1]);
    expect(await sorted(texts, 'text', true)).toEqual([0, 3, 2, 5, 4, 1]);
    expect(await sorted([2, -1.5, null, 0, -1.5, 1e300], 'float', false)).toEqual([1, 4, 3, 0, 5, 2]);
  });

  it('orders any numbers as a comparison does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: true }), { maxLength: 40 }), async (keys) => {
        const expected = keys.map((_, row) => row).sort((a, b) => keys[a]! - keys[b]! || a - b);
        const isOrdered = (order: readonly number[]) => order.map((row) => keys[row]! + 0);
        expect(isOrdered([...(await sortedOrder(Float64Array.from(keys)))])).toEqual(isOrdered(expected));
      }),
      { numRuns: 50 },
    );
  });
});
