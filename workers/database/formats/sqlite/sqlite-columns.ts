import type { Database } from 'sql.js';
import type { ReadColumn } from '../table-format';

/** A column of a table as the schema declares it and as its values are. */
export interface SqliteColumn extends ReadColumn {
  readonly sqlName: string;
  /** Some values are bytes, which are read as hexadecimal digits. */
  readonly hasBytes: boolean;
  /** Some whole numbers are beyond 2^53. */
  readonly isWide: boolean;
}

interface Declared {
  readonly name: string;
  readonly type: string;
  readonly isKey: boolean;
  /** Of a key of several columns. */
  readonly isKeyPart: boolean;
}

interface Found {
  readonly integers: number;
  readonly reals: number;
  readonly texts: number;
  readonly blobs: number;
  readonly low: number;
  readonly high: number;
}

/** An identifier in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Columns that a statement counts at a time: SQLite takes 2,000 of a result. */
const COUNTED_AT_A_TIME = 300;
const MAX_SAFE = 2 ** 53;
/** Declared so, whole numbers may be times. */
const IS_TIME = /DATE|TIME/;

/**
 * The columns of a table or view, with types by what is declared and what is there: SQLite keeps to neither.
 * @throws Error if the table is damaged
 */
export function sqliteColumns(database: Database, table: string): SqliteColumn[] {
  const declared = declaredColumns(database, table);
  const found = foundValues(database, table, declared);
  // What was brought in from a text file is all text, whatever it holds.
  const isAllText = declared.every(
    ({ type }, i) => isTextType(type) && found[i]!.integers + found[i]!.reals === 0,
  );
  return declared.map((column, i) => {
    const values = found[i]!;
    return {
      name: column.name,
      sqlName: column.name,
      hasBytes: values.blobs > 0,
      isWide: values.low < -MAX_SAFE || values.high > MAX_SAFE,
      ...(column.isKey && { isKey: true }),
      ...(column.isKeyPart && { isKeyPart: true }),
      ...typeOf(column.type, values, isAllText),
    };
  });
}

function declaredColumns(database: Database, table: string): Declared[] {
  const [result] = database.exec(`PRAGMA table_xinfo(${quoted(table)})`);
  const rows = (result?.values ?? []).map(([, name, type, , , key, hidden]) => ({
    name: String(name),
    type: String(type ?? '').toUpperCase(),
    key: Number(key),
    hidden: Number(hidden),
  }));
  const isSingle = rows.filter(({ key }) => key > 0).length === 1;
  return rows
    .filter(({ hidden }) => hidden !== 1)
    .map(({ name, type, key }) => ({
      name,
      type,
      isKey: isSingle && key > 0,
      isKeyPart: !isSingle && key > 0,
    }));
}

function foundValues(database: Database, table: string, columns: readonly Declared[]): Found[] {
  const found: Found[] = [];
  for (let from = 0; from < columns.length; from += COUNTED_AT_A_TIME) {
    const some = columns.slice(from, from + COUNTED_AT_A_TIME);
    const select = some.flatMap(({ name }) => {
      const id = quoted(name);
      const counts = ['integer', 'real', 'text', 'blob'].map((type) => `total(typeof(${id}) = '${type}')`);
      const whole = `CASE WHEN typeof(${id}) = 'integer' THEN ${id} END`;
      return [...counts, `min(${whole})`, `max(${whole})`];
    });
    const [result] = database.exec(`SELECT ${select.join(', ')} FROM ${quoted(table)}`);
    const row = result?.values[0] ?? [];
    some.forEach((_, i) => {
      const [integers = 0, reals = 0, texts = 0, blobs = 0, low, high] = row
        .slice(6 * i, 6 * i + 6)
        .map(Number);
      found.push({ integers, reals, texts, blobs, low: low ?? 0, high: high ?? 0 });
    });
  }
  return found;
}

function isTextType(type: string): boolean {
  return type === '' || /CHAR|CLOB|TEXT/.test(type);
}

function typeOf(
  declared: string,
  { integers, reals, texts, blobs, low, high }: Found,
  isAllText: boolean,
): Pick<ReadColumn, 'type' | 'isText' | 'format'> {
  if (texts + blobs > 0) {
    // Numbers among texts, or texts in a column of numbers, are told by what they read as.
    const isText = !isAllText && integers + reals === 0 && isTextType(declared);
    return { type: null, isText: isText || blobs > 0 };
  }
  if (integers + reals === 0) return { type: null };
  const scale = Number(/\(\s*\d+\s*,\s*(\d+)\s*\)/.exec(declared)?.[1] ?? 0);
  if (reals > 0 || (scale > 0 && Math.max(-low, high) < MAX_SAFE)) {
    const isDecimal = scale > 0 && scale <= 20 && /DEC|NUM/.test(declared);
    return {
      type: 'float',
      ...(isDecimal && { format: { number: { minDecimals: scale, maxDecimals: scale } } }),
    };
  }
  if (/BOOL/.test(declared) && low >= 0 && high <= 1) return { type: 'boolean' };
  return { type: IS_TIME.test(declared) ? null : 'integer' };
}
