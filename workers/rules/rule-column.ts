import { type ColumnData, columnLength } from '../../src/domain/column-data';
import type { StorageType } from '../../src/domain/columns';
import { UserError } from '../../src/domain/errors';
import type { Cell } from '../../src/domain/rules';

/** A column with its values as rules see them. */
export interface RuleColumn {
  readonly name: string;
  readonly storageType: StorageType;
  readonly data: ColumnData;
}

/** A column as dense codes of its distinct values. */
export interface CodedColumn {
  /** Index into `cells`, −1 = missing. */
  readonly codes: Int32Array;
  /** Distinct values in the order of their first rows. */
  readonly cells: Cell[];
}

/** The column a rule names. @throws UserError `config/invalid` if the table has no such column */
export function columnNamed(columns: readonly RuleColumn[], name: string): RuleColumn {
  const column = columns.find((candidate) => candidate.name === name);
  if (column) return column;
  throw new UserError(
    'config/invalid',
    `A rule names the column “${name}”, which this table does not have. Change the rule or remove it.`,
    { details: { column: name } },
  );
}

export function isDate({ storageType }: Pick<RuleColumn, 'storageType'>): boolean {
  return storageType === 'date' || storageType === 'datetime';
}

/**
 * Numbers, or epoch milliseconds, with NaN where missing or not finite; the column's own array if nothing is missing.
 * @throws UserError `config/invalid` for text
 */
export function numbersOf(column: RuleColumn): Float64Array {
  const { data } = column;
  if (data.kind === 'text') {
    throw new UserError(
      'config/invalid',
      `A rule calculates with the column “${column.name}”, which holds ${column.storageType === 'boolean' ? 'true and false' : 'text'}. Choose a column of numbers or dates.`,
      { details: { column: column.name } },
    );
  }
  const { values, nulls } = data;
  if (!nulls && values.every(Number.isFinite)) return values;
  return Float64Array.from(values, (value, row) =>
    nulls?.[row] === 1 || !Number.isFinite(value) ? Number.NaN : value,
  );
}

/** Milliseconds of a date column. @throws UserError `config/invalid` for a column of another type */
export function instantsOf(column: RuleColumn): Float64Array {
  if (isDate(column)) return numbersOf(column);
  throw new UserError(
    'config/invalid',
    `A rule takes “${column.name}” for dates, and it holds none. Choose a column of dates.`,
    { details: { column: column.name } },
  );
}

/** Distinct values as codes, of all rows or of those given, in their order. */
export function codeColumn(column: RuleColumn, rows: Uint32Array | null = null): CodedColumn {
  const { data } = column;
  const count = rows?.length ?? columnLength(data);
  const codes = new Int32Array(count);
  const cells: Cell[] = [];
  if (data.kind === 'text') {
    const known = new Int32Array(data.dictionary.length).fill(-1);
    for (let i = 0; i < count; i++) {
      const code = data.codes[rows ? rows[i]! : i]!;
      if (code < 0) codes[i] = -1;
      else {
        if (known[code]! < 0) known[code] = cells.push(data.dictionary[code]!) - 1;
        codes[i] = known[code]!;
      }
    }
    return { codes, cells };
  }
  const known = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const row = rows ? rows[i]! : i;
    if (data.nulls?.[row] === 1) {
      codes[i] = -1;
      continue;
    }
    const value = data.values[row]!;
    let code = known.get(value);
    if (code === undefined) {
      code = cells.push(value) - 1;
      known.set(value, code);
    }
    codes[i] = code;
  }
  return { codes, cells };
}

/** 1 where a value is missing. */
export function missingOf(column: RuleColumn): Uint8Array {
  const { data } = column;
  if (data.kind === 'text') {
    const missing = new Uint8Array(data.codes.length);
    for (let row = 0; row < missing.length; row++) if (data.codes[row]! < 0) missing[row] = 1;
    return missing;
  }
  return data.nulls ?? new Uint8Array(data.values.length);
}
