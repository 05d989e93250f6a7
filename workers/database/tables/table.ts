import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import type { TablePreview } from '../../../src/domain/sources';

/** Rows of a preview at most. */
export const MAX_PREVIEW_ROWS = 1_000;

/** A table that can be read: an imported source, or the sample kept of a synthetic dataset. */
export interface Table {
  readonly rowCount: number;
  readonly columns: readonly ColumnSchema[];
  /** @param parts ascending row numbers, null for all; the column is read once for all of them */
  readParts(index: number, parts: readonly (Uint32Array | null)[]): Promise<ColumnData[]>;
  preview(offset: number, limit: number): Promise<TablePreview>;
  drop(): Promise<void>;
}

/** Offset and limit within bounds. */
export function clampRange(offset: number, limit: number, rowCount: number): { from: number; to: number } {
  const from = Math.min(Math.max(0, Math.floor(offset) || 0), rowCount);
  const size = Math.min(Math.max(0, Math.floor(limit) || 0), MAX_PREVIEW_ROWS);
  return { from, to: Math.min(rowCount, from + size) };
}
