import { numberText } from '../../../../src/domain/cell-text';
import type { UnionPart } from '../../../../src/domain/union-parts';
import {
  type ColumnValues,
  type ReadBatch,
  type ReadColumn,
  type ReadTable,
  RejectedRecords,
  type ValueType,
} from '../../formats/table-format';
import { TextBuffer } from '../../formats/text-buffer';
import type { ColumnMember } from './open-members';
import { UnionColumns } from './union-columns';

/** Tables that have columns as one, matched by name, and what each gave. Parts are complete once all batches are read. */
export interface UnionTable {
  readonly table: ReadTable;
  parts(): readonly UnionPart[];
}

/**
 * The rows of several tables one after the other. Columns of one name that differ in type become floats if all are numbers, and
 * texts otherwise; those of tables that are told their types by all of their values (JSON) stay untyped.
 */
export function unionTable(members: readonly ColumnMember[]): UnionTable {
  const columns = new UnionColumns();
  const isOpen = members.some(({ format }) => format === 'json' || format === 'jsonl');
  const types: (ValueType | null)[] = [];
  const texts: boolean[] = [];
  const locate = (of: readonly ReadColumn[]) =>
    columns.add(of.map(({ name }) => name)).map((position, i) => {
      const { type, isText = false } = of[i]!;
      const known = types[position];
      types[position] = isOpen ? null : known === undefined ? type : common(known, type);
      texts[position] = (texts[position] ?? true) && (isText || type === 'text');
      return position;
    });
  for (const { table } of members) locate(table.columns);
  const rejected = new RejectedRecords();
  const counts = members.map(() => 0);
  const listed: ReadColumn[] = [];
  const list = () => {
    listed.splice(
      0,
      listed.length,
      ...columns.names.map((name, i) => described(name, types[i]!, texts[i]!, i, members)),
    );
    return listed;
  };
  list();
  async function* batches(): AsyncGenerator<ReadBatch> {
    for (const [index, { table, path }] of members.entries()) {
      for await (const { rowCount, columns: values, done } of table.batches()) {
        const positions = locate(table.columns);
        list();
        counts[index]! += rowCount;
        const at = new Map(positions.map((position, i) => [position, i]));
        yield {
          rowCount,
          columns: columns.names.map((_, position) => {
            const i = at.get(position);
            const own = i === undefined ? undefined : values[i];
            return own ? as(own, types[position]!, rowCount) : missing(types[position]!, rowCount);
          }),
          done: (index + done) / members.length,
        };
      }
      for (const { line, reason, text } of table.rejected.list) rejected.add(line, reason, text, path);
      rejected.count += table.rejected.count - table.rejected.list.length;
    }
  }
  const parts = () =>
    members.map(({ table, path }, i): UnionPart => {
      const own = new Set(locate(table.columns));
      const absent = columns.names.flatMap((_, position) => (own.has(position) ? [] : [position]));
      const numbers = isOpen ? [] : mixedNumbers(table.columns, locate(table.columns), types);
      return {
        name: path,
        rowCount: counts[i]!,
        ...(table.rejected.count > 0 && { rejectedCount: table.rejected.count }),
        ...(absent.length > 0 && { absent }),
        ...(numbers.length > 0 && { numbers }),
      };
    });
  return { table: { kind: 'columns', columns: listed, batches, rejected, notes: () => [] }, parts };
}

/** Format of cells where all tables say the same; keys of one table may be those of another, so they are none. */
function described(
  name: string,
  type: ValueType | null,
  isText: boolean,
  position: number,
  members: readonly ColumnMember[],
): ReadColumn {
  const formats = members.flatMap(({ table }) =>
    table.columns
      .filter((column) => column.name === name)
      .map(({ format }) => JSON.stringify(format ?? null)),
  );
  const isSame = position >= 0 && formats.length > 0 && new Set(formats).size === 1;
  const format = isSame ? JSON.parse(formats[0]!) : null;
  return { name, type, ...(type === null && isText && { isText }), ...(format && { format }) };
}

const NUMBERS: readonly (ValueType | null)[] = ['integer', 'unsigned', 'float'];

function common(a: ValueType | null, b: ValueType | null): ValueType | null {
  if (a === b) return a;
  if (NUMBERS.includes(a) && NUMBERS.includes(b)) return 'float';
  return 'text';
}

/** Positions of columns that are text as others are, and numbers here. */
function mixedNumbers(
  columns: readonly ReadColumn[],
  positions: readonly number[],
  types: readonly (ValueType | null)[],
): number[] {
  return positions.filter((position, i) => types[position] === 'text' && NUMBERS.includes(columns[i]!.type));
}

function missing(type: ValueType | null, rows: number): ColumnValues {
  if (type === null) return { type, values: Array.from({ length: rows }, () => null) };
  const nulls = new Uint8Array(rows).fill(1);
  switch (type) {
    case 'text':
      return { type, values: new Uint8Array(0), offsets: new Int32Array(rows + 1), nulls };
    case 'integer':
    case 'datetime':
      return { type, values: new BigInt64Array(rows), nulls };
    case 'unsigned':
      return { type, values: new BigUint64Array(rows), nulls };
    case 'float':
      return { type, values: new Float64Array(rows), nulls };
    case 'date':
      return { type, values: new Int32Array(rows), nulls };
    case 'boolean':
      return { type, values: new Uint8Array(rows), nulls };
  }
}

/** Values in the type of their column. */
function as(column: ColumnValues, type: ValueType | null, rows: number): ColumnValues {
  if (column.type === type) return column;
  if (type === 'float' && (column.type === 'integer' || column.type === 'unsigned'))
    return { type, values: Float64Array.from(column.values, Number), nulls: column.nulls };
  const texts = textsOf(column, rows);
  if (type === null) return { type, values: texts };
  const buffer = new TextBuffer(rows);
  for (const text of texts) buffer.append(text);
  return buffer.finish();
}

function textsOf(column: ColumnValues, rows: number): (string | null)[] {
  if (column.type === null) return [...column.values];
  const text = cellOf(column);
  return Array.from({ length: rows }, (_, row) => (column.nulls?.[row] ? null : text(row)));
}

function cellOf(column: Exclude<ColumnValues, { readonly type: null }>): (row: number) => string {
  switch (column.type) {
    case 'text': {
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      return (row) => decoder.decode(column.values.subarray(column.offsets[row], column.offsets[row + 1]));
    }
    case 'boolean':
      return (row) => (column.values[row] === 1 ? 'true' : 'false');
    case 'float':
      return (row) => numberText(column.values[row]!, 'float');
    case 'date':
      return (row) => numberText(column.values[row]! * 86_400_000, 'date');
    case 'datetime':
      return (row) => numberText(Number(column.values[row]!) / 1000, 'datetime');
    default:
      return (row) => String(column.values[row]);
  }
}
