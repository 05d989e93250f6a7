import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { uuidOf } from '../../../src/domain/ids';
import { hash, hashText } from '../../../src/domain/random';
import type { OutputColumn } from '../models/artefact';
import type { RowBlock } from '../models/model';
import { type ColumnWriter, openWriters } from '../writers/write-columns';

/**
 * What writes the columns of an output that a model does not draw, ready for a generation.
 * @param seed of the generation run
 * @param rows drawn in all
 */
export function openOutput(
  output: readonly OutputColumn[],
  seed: number,
  rows: number,
): Promise<ReadonlyMap<number, ColumnWriter>> {
  const schemas = outputSchema(output);
  return openWriters(
    new Map(
      output.flatMap(({ writer }, i) => (writer ? [[i, { writer, schema: schemas[i]! }] as const] : [])),
    ),
    seed,
    rows,
  );
}

/**
 * Values of all columns of a block of rows, keys included.
 * @param writers of the same output
 * @param seed of the generation run
 * @param pause called several times a second
 */
export async function outputColumns(
  output: readonly OutputColumn[],
  { columns, row0, rows }: RowBlock,
  writers: ReadonlyMap<number, ColumnWriter>,
  seed: number,
  pause: () => Promise<void> = async () => undefined,
): Promise<ColumnData[]> {
  const features = output.filter(({ role }) => role === 'feature');
  const drawn = new Map(features.map(({ schema }, i) => [schema.name, columns[i]!]));
  const written: ColumnData[] = [];
  for (const [i, { role, schema }] of output.entries()) {
    const write = writers.get(i);
    if (write) written.push(await write({ row0, rows, drawn }, pause));
    else if (role === 'feature') written.push(drawn.get(schema.name)!);
    else written.push(makeKeys(schema.storageType, rows, row0, seed));
  }
  return written;
}

/** Schema of the output; keys become whole numbers or text. */
export function outputSchema(output: readonly OutputColumn[]): ColumnSchema[] {
  return output.map(({ role, schema }) =>
    role === 'primary-key' ? { ...schema, storageType: keyType(schema.storageType) } : schema,
  );
}

function keyType(storageType: StorageType): StorageType {
  return storageType === 'integer' || storageType === 'float' ? 'integer' : 'text';
}

/**
 * Primary keys of consecutive rows: 1, 2, 3, … for whole numbers, else random UUIDs (version 4, RFC 9562) that are a
 * function of seed and row.
 * @param row0 absolute number of the first row
 */
export function makeKeys(storageType: StorageType, rows: number, row0: number, seed: number): ColumnData {
  if (storageType === 'integer' || storageType === 'float') {
    const values = new Float64Array(rows);
    for (let i = 0; i < rows; i++) values[i] = row0 + i + 1;
    return { kind: 'number', values, nulls: null };
  }
  const dictionary: string[] = [];
  const stream = hashText('primary key');
  for (let i = 0; i < rows; i++) {
    dictionary.push(uuidOf([0, 1, 2, 3].map((part) => hash(seed, stream, row0 + i, part))));
  }
  return { kind: 'text', codes: Int32Array.from({ length: rows }, (_, i) => i), dictionary };
}
