import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { type ColumnEncoding, decodeColumn } from '../encoding/encoder';
import type { CodeBlock } from '../models/argn/sampling/sample-codes';
import { makeKeys } from './keys';

/** One column of the output: decoded from codes, or a key that is made anew. */
export type OutputColumn =
  | { readonly role: 'feature'; readonly schema: ColumnSchema; readonly encoding: ColumnEncoding }
  | { readonly role: 'primary-key'; readonly schema: ColumnSchema };

/**
 * Values of a block of codes, in output order. A function of codes, seed and absolute row numbers alone.
 * @param seed of the generation run
 */
export function decodeBlock(columns: readonly OutputColumn[], block: CodeBlock, seed: number): ColumnData[] {
  let next = 0;
  return columns.map((column, index) => {
    if (column.role === 'primary-key') {
      return makeKeys(column.schema.storageType, block.rows, block.row0, seed);
    }
    const parts = block.codes.slice(next, next + column.encoding.subColumns.length);
    next += parts.length;
    return decodeColumn(column.encoding, parts, { seed, column: index }, block.row0);
  });
}

/** Schema of the output; a key is whole numbers or text whatever it was. */
export function outputSchema(columns: readonly OutputColumn[]): ColumnSchema[] {
  return columns.map(({ role, schema }) =>
    role === 'primary-key' ? { ...schema, storageType: keyType(schema.storageType) } : schema,
  );
}

function keyType(storageType: StorageType): StorageType {
  return storageType === 'integer' || storageType === 'float' ? 'integer' : 'text';
}
