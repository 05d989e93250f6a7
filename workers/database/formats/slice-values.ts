import type { ColumnValues } from './table-format';

/** Values `from … to − 1` of a column, as views where they can be. */
export function sliceValues(column: ColumnValues, from: number, to: number): ColumnValues {
  if (column.type === null) return { type: null, values: column.values.slice(from, to) };
  const nulls = column.nulls?.subarray(from, to) ?? null;
  if (column.type !== 'text') {
    return { ...column, values: column.values.subarray(from, to), nulls } as ColumnValues;
  }
  const { offsets, values } = column;
  const begin = offsets[from]!;
  const own = offsets.slice(from, to + 1);
  if (begin > 0) for (let i = 0; i < own.length; i++) own[i]! -= begin;
  return { type: 'text', values: values.subarray(begin, offsets[to]!), offsets: own, nulls };
}
