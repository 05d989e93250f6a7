import { type ColumnData, columnLength, concatenate, takeRows } from '../../../src/domain/column-data';
import { withGivenCells } from './given-cells';
import type { RowBlock } from './model';

/** A column with rows `to` replaced by rows `from` of another. */
export function withRows(
  column: ColumnData,
  to: ArrayLike<number>,
  other: ColumnData,
  from: ArrayLike<number>,
): ColumnData {
  if (to.length === 0) return column;
  const rows = columnLength(column);
  const source = new Uint32Array(rows);
  const replaced = new Uint8Array(rows);
  for (let i = 0; i < to.length; i++) {
    source[to[i]!] = from[i]!;
    replaced[to[i]!] = 1;
  }
  return withGivenCells(column, { data: takeRows(other, source), given: replaced });
}

/** All rows of blocks, by column. */
export async function joined(blocks: AsyncIterable<RowBlock> | Iterable<RowBlock>): Promise<ColumnData[]> {
  let columns: ColumnData[] | null = null;
  for await (const block of blocks) {
    columns = columns ? columns.map((data, k) => concatenate(data, block.columns[k]!)) : [...block.columns];
  }
  return columns ?? [];
}
