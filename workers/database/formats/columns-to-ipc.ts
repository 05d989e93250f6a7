import {
  batchType,
  bool,
  Column,
  type DataType,
  dateDay,
  float64,
  int64,
  TimeUnit,
  tableFromColumns,
  tableToIPC,
  timestamp,
  uint64,
  utf8,
} from '@uwdata/flechette';
import type { ColumnValues, ValueType } from './table-format';

type TypedValues = Exclude<ColumnValues, { readonly type: null }>;

/** Types of Arrow and DuckDB for each type of values. */
const TYPES: Readonly<Record<ValueType, { readonly arrow: () => DataType; readonly sql: string }>> = {
  integer: { arrow: int64, sql: 'BIGINT' },
  unsigned: { arrow: uint64, sql: 'UBIGINT' },
  float: { arrow: float64, sql: 'DOUBLE' },
  boolean: { arrow: bool, sql: 'BOOLEAN' },
  date: { arrow: dateDay, sql: 'DATE' },
  datetime: { arrow: () => timestamp(TimeUnit.MICROSECOND, null), sql: 'TIMESTAMP' },
  text: { arrow: utf8, sql: 'VARCHAR' },
};

/** DuckDB's type for values of a type; null = texts whose type is told later. */
export function sqlType(type: ValueType | null): string {
  return TYPES[type ?? 'text'].sql;
}

/** One Arrow IPC stream (schema, one batch) of columns named `c0 … cN`. */
export function columnsToIpc(columns: readonly TypedValues[], rowCount: number): Uint8Array {
  const table = tableFromColumns(
    columns.map((column, i): [string, Column<unknown>] => {
      const type = TYPES[column.type].arrow();
      const BatchClass = batchType(type);
      const { nulls } = column;
      const nullCount = nulls ? countSet(nulls) : 0;
      return [
        `c${i}`,
        new Column<unknown>([
          new BatchClass({
            length: rowCount,
            nullCount,
            type,
            validity: nulls && nullCount > 0 ? packBits(nulls, 0) : new Uint8Array(0),
            values: column.type === 'boolean' ? packBits(column.values, 1) : column.values,
            ...(column.type === 'text' && { offsets: column.offsets }),
          }),
        ]),
      ];
    }),
  );
  return tableToIPC(table, { format: 'stream' })!;
}

function countSet(flags: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i]!;
  return count;
}

/** A bit per flag, set where the flag is `set`, least significant first. */
function packBits(flags: Uint8Array, set: 0 | 1): Uint8Array {
  const bits = new Uint8Array((flags.length + 7) >> 3);
  for (let i = 0; i < flags.length; i++) if (flags[i] === set) bits[i >> 3]! |= 1 << (i & 7);
  return bits;
}
