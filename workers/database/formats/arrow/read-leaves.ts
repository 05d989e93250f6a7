import type { Batch } from '@uwdata/flechette';
import { sliceValues } from '../slice-values';
import type { ColumnValues } from '../table-format';
import { valueSink } from '../value-sinks';
import { type ArrowLeaf, MILLISECONDS_A_DAY } from './arrow-columns';
import { checkBatch } from './batch-guard';

/** Rows `from … to − 1` of batches of columns, by their position. */
interface Piece {
  readonly batches: readonly (Batch<unknown> | undefined)[];
  readonly from: number;
  readonly to: number;
}

/**
 * Values of rows, column by column, those of each piece behind those before.
 * @throws Error if they are damaged
 */
export function readLeaves(leaves: readonly ArrowLeaf[], pieces: readonly Piece[]): ColumnValues[] {
  const length = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  return leaves.map(({ top, fields, reading, column }) => {
    const sink = valueSink(reading, column.type, length);
    for (const { batches, from, to } of pieces) {
      const batch = batches[top];
      if (!batch || batch.length < to) throw new Error('its columns are not equally long');
      checkBatch(batch);
      const run: unknown[] = [];
      for (let row = from; row < to; row++) {
        const value = fieldOf(batch.at(row), fields);
        run.push(
          reading.kind === 'date' && typeof value === 'number'
            ? Math.floor(value / MILLISECONDS_A_DAY)
            : value,
        );
      }
      sink.take(run, 0, run.length);
    }
    return sliceValues(sink.finish(), 0, length);
  });
}

function fieldOf(value: unknown, fields: readonly string[]): unknown {
  let inner = value;
  for (const field of fields) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, field)) return null;
    inner = (inner as Record<string, unknown>)[field];
  }
  return inner;
}
