import type { ColumnValues } from '../formats/table-format';
import { resized } from './growing-arrays';

/** Notations whose cells are read while a file is scanned; `ValueParser.bytes` of the SQL that reads the same. */
export type BytesNotation = 'integer' | 'decimal' | 'boolean' | 'iso-date' | 'iso-datetime';

/** More digits after the mark are counted as so many. */
const MAX_DECIMALS = 63;

/**
 * Reads the cells of one column as values. What it reads is what the notation's SQL reads; it may take fewer texts: one
 * that it does not take has to be read by SQL, and so has its column.
 */
export abstract class TypedColumnBuilder {
  length = 0;
  /** Every text so far is the one that DuckDB prints for its value, and every cell without a value was empty. */
  isCanonical = true;
  /** Values that the plainer type of the notation could not hold. */
  finer = 0;
  /** Values by digits after the decimal mark; of those without an exponent. */
  readonly decimals = new Float64Array(MAX_DECIMALS + 1);
  protected nulls = new Uint8Array(0);
  #nullCount = 0;

  constructor(readonly notation: BytesNotation) {}

  /** Makes room for so many values more, which has to be asked for. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.nulls.length) return;
    const capacity = Math.max(needed, 2 * this.nulls.length);
    this.nulls = resized(this.nulls, capacity);
    this.grow(capacity);
  }

  protected abstract grow(capacity: number): void;

  /** Appends the value of `bytes[start … end)`, for which there is room; false if it reads none. */
  abstract append(bytes: Uint8Array, start: number, end: number): boolean;

  /** Text of a value in a canonical column. */
  protected abstract textAt(row: number): string;

  protected abstract values(): Exclude<ColumnValues, { readonly type: null | 'text' }>;

  /** @param isCanonical the cell was empty */
  appendNull(isCanonical: boolean): void {
    this.nulls[this.length++] = 1;
    this.#nullCount++;
    if (!isCanonical) this.isCanonical = false;
  }

  /** Values since the last call, valid until the next one is appended. */
  take(): Exclude<ColumnValues, { readonly type: null }> {
    const values = this.values();
    const nulls = this.#nullCount > 0 ? this.nulls.slice(0, this.length) : null;
    this.#clear();
    return { ...values, nulls };
  }

  /** Texts since the last `take`, null for none; of a canonical column. */
  takeTexts(): (string | null)[] {
    const texts = Array.from({ length: this.length }, (_, row) =>
      this.nulls[row] === 1 ? null : this.textAt(row),
    );
    this.#clear();
    return texts;
  }

  protected noteDecimals(count: number): void {
    this.decimals[Math.min(count, MAX_DECIMALS)]!++;
  }

  #clear(): void {
    this.nulls.fill(0, 0, this.length);
    this.length = 0;
    this.#nullCount = 0;
  }
}

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const MAX_BIGINT = 2n ** 63n;

/** Whether a byte is a digit. */
function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 57;
}

/** Digits that a double holds exactly, whatever they are. */
const EXACT_DIGITS = 15;
/** Powers of ten that are exact doubles. */
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => Number(`1e${i}`));

const decoder = new TextDecoder();

class IntegerBuilder extends TypedColumnBuilder {
  #values = new BigInt64Array(0);
  /** Low and high halves of the values: no BigInt is made for one. */
  #halves = new Int32Array(0);

  constructor() {
    super('integer');
  }

  protected override grow(capacity: number): void {
    this.#values = resized(this.#values, capacity);
    this.#halves = new Int32Array(this.#values.buffer);
  }

  append(bytes: Uint8Array, start: number, end: number): boolean {
    const isNegative = bytes[start] === MINUS;
    const first = isNegative ? start + 1 : start;
    const digits = end - first;
    if (digits < 1 || (bytes[first] === ZERO && (digits > 1 || isNegative))) return false;
    let value = 0;
    for (let at = first; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return false;
      value = value * 10 + digit;
    }
    if (digits > EXACT_DIGITS) return this.#appendLong(bytes, start, end);
    if (isNegative) value = -value;
    const at = 2 * this.length++;
    this.#halves[at] = value;
    this.#halves[at + 1] = Math.floor(value / 4294967296);
    return true;
  }

  #appendLong(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > 20) return false;
    const value = BigInt(decoder.decode(bytes.subarray(start, end)));
    if (value >= MAX_BIGINT || value < -MAX_BIGINT) return false;
    this.#values[this.length++] = value;
    return true;
  }

  protected override textAt(row: number): string {
    return String(this.#values[row]);
  }

  protected override values() {
    return { type: 'integer', values: this.#values.subarray(0, this.length), nulls: null } as const;
  }
}

/** Numbers with a decimal point; with an exponent, too. */
class DecimalBuilder extends TypedColumnBuilder {
  #values = new Float64Array(0);

  constructor() {
    super('decimal');
  }

  protected override grow(capacity: number): void {
    this.#values = resized(this.#values, capacity);
  }

  append(bytes: Uint8Array, start: number, end: number): boolean {
    let at = bytes[start] === MINUS ? start + 1 : start;
    const first = at;
    let digits = 0;
    let value = 0;
    while (at < end && isDigit(bytes[at]!)) value = value * 10 + bytes[at++]! - ZERO;
    const whole = at - first;
    if (whole === 0 || (bytes[first] === ZERO && whole > 1)) return false;
    if (at < end) {
      if (bytes[at] !== POINT) return this.#appendLong(bytes, start, end);
      const mark = at++;
      while (at < end && isDigit(bytes[at]!)) value = value * 10 + bytes[at++]! - ZERO;
      digits = at - mark - 1;
      if (digits === 0) return false;
      if (at < end) return this.#appendLong(bytes, start, end);
    }
    if (whole + digits > EXACT_DIGITS) return this.#appendLong(bytes, start, end);
    if (digits > 0) this.finer++;
    // Both are exact, so that the one division rounds correctly (Clinger 1990, How to read floating point numbers accurately).
    value /= POWERS[digits]!;
    this.isCanonical = false;
    this.#values[this.length++] = first > start ? -value : value;
    this.noteDecimals(digits);
    return true;
  }

  #appendLong(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > 60) return false;
    const [text, decimals, exponent] =
      /^-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?([eE][+-]?[0-9]+)?$/.exec(
        decoder.decode(bytes.subarray(start, end)),
      ) ?? [];
    if (text === undefined) return false;
    const value = Number(text);
    // Near the ends of what a double holds, and of 64 bits, SQL decides.
    if (!(Math.abs(value) < 1e300) || Math.abs(value) < 1e-290) return false;
    const isWhole = decimals === undefined && exponent === undefined;
    if (isWhole && Math.abs(value) >= 2 ** 62) return false;
    this.isCanonical = false;
    if (!isWhole) this.finer++;
    if (exponent === undefined) this.noteDecimals(decimals?.length ?? 0);
    this.#values[this.length++] = value;
    return true;
  }

  protected override textAt(): string {
    throw new Error('numbers with decimals are not canonical');
  }

  protected override values() {
    return { type: 'float', values: this.#values.subarray(0, this.length), nulls: null } as const;
  }
}

const WORDS = [
  { value: 1, lower: [...'true'].map((letter) => letter.charCodeAt(0)) },
  { value: 0, lower: [...'false'].map((letter) => letter.charCodeAt(0)) },
] as const;

class BooleanBuilder extends TypedColumnBuilder {
  #values = new Uint8Array(0);

  constructor() {
    super('boolean');
  }

  protected override grow(capacity: number): void {
    this.#values = resized(this.#values, capacity);
  }

  append(bytes: Uint8Array, start: number, end: number): boolean {
    const { value, lower } = WORDS[end - start === 4 ? 0 : 1];
    if (end - start !== lower.length) return false;
    for (let i = 0; i < lower.length; i++) {
      const byte = bytes[start + i]!;
      if (byte === lower[i]) continue;
      if (byte + 32 !== lower[i]) return false;
      this.isCanonical = false;
    }
    this.#values[this.length++] = value;
    return true;
  }

  protected override textAt(row: number): string {
    return this.#values[row] === 1 ? 'true' : 'false';
  }

  protected override values() {
    return { type: 'boolean', values: this.#values.subarray(0, this.length), nulls: null } as const;
  }
}

const NO_DAY = Number.NaN;
const DASH = 45;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The two digits at `at`, or NaN. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? Number.NaN : 10 * tens + ones;
}

/** Days from 1970 of `yyyy-MM-dd` at `at`, or NaN: of the calendar that DuckDB uses, from year 1 on. */
function dayAt(bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return NO_DAY;
  const year = 100 * twoDigits(bytes, at) + twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return NO_DAY;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > DAYS[month - 1]! + (isLeap && month === 2 ? 1 : 0)) return NO_DAY;
  // Years that begin in March end with the leap day (Hinnant 2013, chrono-compatible low-level date algorithms).
  const shifted = month > 2 ? year : year - 1;
  const century = Math.floor(shifted / 100);
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return 365 * shifted + Math.floor(shifted / 4) - century + Math.floor(century / 4) + dayOfYear - 719_468;
}

class DateBuilder extends TypedColumnBuilder {
  #values = new Int32Array(0);

  constructor() {
    super('iso-date');
  }

  protected override grow(capacity: number): void {
    this.#values = resized(this.#values, capacity);
  }

  append(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start !== 10) return false;
    const day = dayAt(bytes, start);
    if (Number.isNaN(day)) return false;
    this.#values[this.length++] = day;
    return true;
  }

  protected override textAt(row: number): string {
    return new Date(this.#values[row]! * 86_400_000).toISOString().slice(0, 10);
  }

  protected override values() {
    return { type: 'date', values: this.#values.subarray(0, this.length), nulls: null } as const;
  }
}

const COLON = 58;

class DatetimeBuilder extends TypedColumnBuilder {
  #values = new BigInt64Array(0);
  #halves = new Int32Array(0);

  constructor() {
    super('iso-datetime');
  }

  protected override grow(capacity: number): void {
    this.#values = resized(this.#values, capacity);
    this.#halves = new Int32Array(this.#values.buffer);
  }

  append(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (length < 10) return false;
    const day = dayAt(bytes, start);
    if (Number.isNaN(day)) return false;
    let micros = 0;
    if (length > 10) {
      const between = bytes[start + 10];
      if ((between !== 84 && between !== 32) || length < 19) return false;
      if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return false;
      const hour = twoDigits(bytes, start + 11);
      const minute = twoDigits(bytes, start + 14);
      const second = twoDigits(bytes, start + 17);
      if (!(hour <= 23 && minute <= 59 && second <= 59)) return false;
      let at = start + 19;
      let fraction = 0;
      if (at < end && bytes[at] === POINT) {
        const mark = at++;
        while (at < end && isDigit(bytes[at]!)) fraction = fraction * 10 + bytes[at++]! - ZERO;
        const digits = at - mark - 1;
        if (digits < 1 || digits > 6) return false;
        fraction *= POWERS[6 - digits]!;
      }
      if (at < end && (bytes[at] !== 90 || ++at < end)) return false;
      micros = 1e6 * (3600 * hour + 60 * minute + second) + fraction;
      this.finer++;
    }
    this.isCanonical = false;
    const at = this.length++;
    const total = day * 86_400_000_000 + micros;
    // Far from 1970 there are more microseconds than a double tells apart.
    if (Number.isSafeInteger(total)) {
      this.#halves[2 * at] = total;
      this.#halves[2 * at + 1] = Math.floor(total / 4294967296);
    } else {
      this.#values[at] = BigInt(day) * 86_400_000_000n + BigInt(micros);
    }
    return true;
  }

  protected override textAt(): string {
    throw new Error('times are not canonical');
  }

  protected override values() {
    return { type: 'datetime', values: this.#values.subarray(0, this.length), nulls: null } as const;
  }
}

const BUILDERS: Readonly<Record<BytesNotation, new () => TypedColumnBuilder>> = {
  integer: IntegerBuilder,
  decimal: DecimalBuilder,
  boolean: BooleanBuilder,
  'iso-date': DateBuilder,
  'iso-datetime': DatetimeBuilder,
};

export function typedColumnBuilder(notation: BytesNotation): TypedColumnBuilder {
  return new BUILDERS[notation]();
}
