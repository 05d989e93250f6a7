import { DAY } from '../../src/domain/calendar';
import {
  type ColumnData,
  columnLength,
  type NumberColumn,
  type TextColumn,
} from '../../src/domain/column-data';
import type { StorageType } from '../../src/domain/columns';
import { type ComparedSet, type Reconciled, reconciling } from '../../src/domain/reconcile-types';
import { parseTimeOfDay } from '../../src/domain/time-of-day';
import { asFamily, familyOf } from './columns';

/** A column as one table holds it. */
export interface TypedColumn {
  readonly type: StorageType;
  readonly data: ColumnData;
}

/** A column of all tables in one form, and what was done for that. */
export interface ReconciledColumn {
  /** That of the original, or numbers where its texts are. */
  readonly type: StorageType;
  readonly original: ColumnData;
  readonly others: ReadonlyMap<ComparedSet, ColumnData>;
  readonly reconciled: readonly Reconciled[];
}

/** A text column of so many numbers, beside numbers in the other tables, is one of numbers that a few cells spoil. */
const MOSTLY_NUMBERS = 0.9;
/** Up to so many distinct texts are codes, which are compared as texts. */
const MAX_CODES = 10;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;
const TRUE = new Set(['true', 't', 'yes', 'y', '1']);
const FALSE = new Set(['false', 'f', 'no', 'n', '0']);

/** Brings a column of all tables to the original's type (docs/metrics.md, Any files). Values that cannot be are null. */
export function reconcileColumn(
  column: string,
  original: TypedColumn,
  tables: ReadonlyMap<ComparedSet, TypedColumn>,
): ReconciledColumn {
  const base = { column, original: original.type };
  const others = [...tables.values()];
  const areNumbers = others.length > 0 && others.every(({ type }) => familyOf(type) === 'number');
  const told: Reconciled[] = [];
  let { type, data } = original;
  if (type === 'text' && data.kind === 'text' && areNumbers && holdsNumbers(data)) {
    const read = readTexts(data, readNumber);
    told.push({ ...base, set: 'training', how: 'read', type, unread: lostBetween(data, read) });
    type = 'float';
    data = read;
  }
  // A day alone says less: the finer table gives way.
  const byDay = type === 'date' || others.some((other) => other.type === 'date');
  if (type === 'datetime' && byDay && data.kind === 'number') data = toDays(data);
  const result = new Map<ComparedSet, ColumnData>();
  for (const [set, table] of tables) {
    const how = reconciling(type, table.type);
    const own = how === null ? table.data : converted(how, { type, data }, table);
    const isFiner = table.type === 'datetime' && byDay && own.kind === 'number';
    const fitting = asFamily(isFiner ? toDays(own) : own, familyOf(type));
    result.set(set, fitting);
    // A column without any value has no type of its own.
    if (how !== null && countValues(table.data) > 0)
      told.push({ ...base, set, how, type: table.type, unread: lostBetween(table.data, fitting) });
  }
  return { type, original: asFamily(data, familyOf(type)), others: result, reconciled: told };
}

function converted(how: Reconciled['how'], original: TypedColumn, { type, data }: TypedColumn): ColumnData {
  if (how === 'read' && data.kind === 'text') {
    const read = { number: readNumber, datetime: original.type === 'time' ? parseTimeOfDay : readInstant };
    const family = familyOf(original.type);
    return family === 'category' ? data : readTexts(data, read[family]);
  }
  if (how === 'truth') return matchTruth(original, data);
  if (how === 'codes' && data.kind === 'number' && original.data.kind === 'text')
    return matchCodes(original.data, data, familyOf(type) === 'datetime' ? readInstant : readNumber, type);
  return data;
}

function holdsNumbers({ codes, dictionary }: TextColumn): boolean {
  if (dictionary.length <= MAX_CODES) return false;
  const isNumber = dictionary.map((text) => readNumber(text) !== null);
  let [present, numbers] = [0, 0];
  for (const code of codes) {
    if (code < 0) continue;
    present++;
    if (isNumber[code]) numbers++;
  }
  return present > 0 && numbers / present >= MOSTLY_NUMBERS;
}

function readNumber(text: string): number | null {
  const plain = text.trim();
  return NUMBER.test(plain) ? Number(plain) : null;
}

/** Epoch milliseconds of an ISO 8601 date, with a time or without; UTC where no offset is said. */
function readInstant(text: string): number | null {
  const [, day, time = '00:00', offset = 'Z'] = INSTANT.exec(text.trim()) ?? [];
  if (day === undefined) return null;
  const value = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(value) ? null : value;
}

function readTexts({ codes, dictionary }: TextColumn, read: (text: string) => number | null): NumberColumn {
  const known = dictionary.map(read);
  const values = new Float64Array(codes.length);
  const nulls = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const value = codes[i]! < 0 ? null : known[codes[i]!]!;
    if (value === null) nulls[i] = 1;
    else values[i] = value;
  }
  return { kind: 'number', values, nulls };
}

function toDays(column: NumberColumn): NumberColumn {
  return { ...column, values: column.values.map((value) => Math.floor(value / DAY) * DAY) };
}

/** Truth values in the original's spellings, or as 1 and 0 where it has numbers. */
function matchTruth({ type, data: original }: TypedColumn, data: ColumnData): ColumnData {
  const text = asFamily(data, 'category') as TextColumn;
  const truths = text.dictionary.map(truthOf);
  if (familyOf(type) === 'number') {
    const numbers = text.dictionary.map((word, i) => (truths[i] === null ? word : String(Number(truths[i]))));
    return readTexts({ ...text, dictionary: numbers }, readNumber);
  }
  const spelled = original.kind === 'text' ? original.dictionary : [];
  const spelling = new Map(spelled.map((word) => [truthOf(word), word]));
  return { ...text, dictionary: text.dictionary.map((word, i) => spelling.get(truths[i] ?? null) ?? word) };
}

function truthOf(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  return TRUE.has(word) ? true : FALSE.has(word) ? false : null;
}

/** Numbers as the texts that the original writes for them; others as they are. */
function matchCodes(
  original: TextColumn,
  data: NumberColumn,
  read: (text: string) => number | null,
  type: StorageType,
): TextColumn {
  const spelling = new Map<number, string>();
  for (const text of original.dictionary) {
    const value = read(text);
    if (value !== null && !spelling.has(value)) spelling.set(value, text);
  }
  const { codes, dictionary } = asFamily(data, 'category') as TextColumn;
  const written = dictionary.map((text) => {
    const value = Number(text);
    const known = spelling.get(value);
    if (known !== undefined || familyOf(type) !== 'datetime') return known ?? text;
    const iso = new Date(value).toISOString();
    return type === 'date' ? iso.slice(0, 10) : iso;
  });
  return { kind: 'text', codes, dictionary: written };
}

function countValues(data: ColumnData): number {
  if (data.kind === 'text') return data.codes.reduce((count, code) => count + (code >= 0 ? 1 : 0), 0);
  const nulls = data.nulls?.reduce((count, flag) => count + flag, 0) ?? 0;
  return columnLength(data) - nulls;
}

function lostBetween(before: ColumnData, after: ColumnData): number {
  return countValues(before) - countValues(after);
}
