import { DateSink, DatetimeSink } from './date-sinks';
import type { ColumnValues } from './table-format';
import { TextBuffer } from './text-buffer';
import type { Reading, TimeUnit } from './value-reading';
import { type Decoded, NumberSink, type ValueSink } from './value-sink';

/** @param length rows to come */
export function valueSink(reading: Reading, type: ColumnValues['type'], length: number): ValueSink {
  if (type === null)
    return new StringSink(length, (value) =>
      reading.kind === 'time' ? clockText(value, reading.unit) : decimalText(value, reading),
    );
  switch (type) {
    case 'text':
      return reading.kind === 'text'
        ? new BytesSink(length)
        : new TextSink(length, (value) => textOf(value, reading));
    case 'float':
      return new FloatSink(length, reading);
    case 'date':
      return new DateSink(length);
    case 'boolean':
      return new BooleanSink(length);
    case 'datetime':
      return new DatetimeSink(length, reading.kind === 'datetime' ? reading.unit : 'us');
    default:
      return new IntegerSink(length, type, reading);
  }
}

class FloatSink extends NumberSink implements ValueSink {
  readonly #values: Float64Array;
  readonly #reading: Reading;

  constructor(length: number, reading: Reading) {
    super(length);
    this.#values = new Float64Array(length);
    this.#reading = reading;
  }

  take(run: Decoded, from: number, to: number, nulls: Uint8Array | null = null): void {
    const values = this.#values;
    const { kind } = this.#reading;
    for (let i = from; i < to; i++) {
      const value = run[i];
      if (value === null || value === undefined || nulls?.[i] === 1) {
        this.skip();
        continue;
      }
      const number = kind === 'float' ? (value as number) : this.#number(value);
      // As in delimited text, "not a number" is no value.
      if (Number.isNaN(number)) this.skip();
      else values[this.at++] = number;
    }
  }

  finish(): ColumnValues {
    return { type: 'float', values: this.#values, nulls: this.nulls };
  }

  #number(value: unknown): number {
    if (this.#reading.kind === 'decimal') return decimalNumber(value, this.#reading.scale);
    return value instanceof Uint8Array ? halfFloat(value) : Number(value);
  }
}

class IntegerSink extends NumberSink implements ValueSink {
  readonly #values: BigInt64Array;
  readonly #type: 'integer' | 'unsigned';
  readonly #reading: Reading;

  constructor(length: number, type: 'integer' | 'unsigned', reading: Reading) {
    super(length);
    this.#type = type;
    this.#reading = reading;
    this.#values = new BigInt64Array(length);
  }

  take(run: Decoded, from: number, to: number, nulls: Uint8Array | null = null): void {
    const values = this.#values;
    if (run instanceof BigInt64Array && this.#reading.kind !== 'decimal') {
      values.set(run.subarray(from, to), this.at);
      this.pass(to - from, nulls?.subarray(from, to));
      return;
    }
    const words = new Int32Array(values.buffer);
    const isUnsigned = this.#reading.kind === 'uint32';
    for (let i = from; i < to; i++) {
      const value = nulls?.[i] === 1 ? null : run[i];
      if (typeof value === 'number') {
        // Two words are written several times faster than a bigint.
        words[2 * this.at] = value;
        words[2 * this.at + 1] = value < 0 && !isUnsigned ? -1 : 0;
        this.at++;
      } else if (typeof value === 'bigint') values[this.at++] = value;
      else if (value instanceof Uint8Array) values[this.at++] = bigEndian(value);
      else this.skip();
    }
  }

  finish(): ColumnValues {
    const values = this.#values;
    if (this.#type === 'integer') return { type: 'integer', values, nulls: this.nulls };
    return { type: 'unsigned', values: new BigUint64Array(values.buffer), nulls: this.nulls };
  }
}

class BooleanSink extends NumberSink implements ValueSink {
  readonly #values = new Uint8Array(this.length);

  take(run: Decoded, from: number, to: number, nulls: Uint8Array | null = null): void {
    for (let i = from; i < to; i++) {
      const value = run[i];
      if (value === null || value === undefined || nulls?.[i] === 1) this.skip();
      else this.#values[this.at++] = value ? 1 : 0;
    }
  }

  finish(): ColumnValues {
    return { type: 'boolean', values: this.#values, nulls: this.nulls };
  }
}

/** UTF-8 as it stands in the file. */
class BytesSink implements ValueSink {
  readonly left = 0;
  readonly #buffer: TextBuffer;

  constructor(length: number) {
    this.#buffer = new TextBuffer(length, 1 << 20);
  }

  take(run: Decoded, from: number, to: number, nulls: Uint8Array | null = null): void {
    for (let i = from; i < to; i++) {
      const value = nulls?.[i] === 1 ? null : (run[i] as Uint8Array | string | null | undefined);
      if (typeof value === 'string') this.#buffer.append(value);
      else this.#buffer.appendBytes(value);
    }
  }

  finish(): ColumnValues {
    return wellFormed(this.#buffer.finish());
  }
}

type TextColumn = ReturnType<TextBuffer['finish']>;

/** The texts, with a replacement character for each byte that is no UTF-8: DuckDB does not check. */
export function wellFormed(column: TextColumn): TextColumn {
  const { values, offsets, nulls } = column;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(values);
    if (areWhole(values, offsets)) return column;
  } catch {
    // Told below, value by value.
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const buffer = new TextBuffer(offsets.length - 1, values.length);
  for (let i = 0; i + 1 < offsets.length; i++) {
    buffer.append(nulls?.[i] ? null : decoder.decode(values.subarray(offsets[i], offsets[i + 1])));
  }
  return buffer.finish();
}

/** No text begins within a character. */
function areWhole(values: Uint8Array, offsets: Int32Array): boolean {
  for (let i = 0; i < offsets.length; i++) if ((values[offsets[i]!]! & 0xc0) === 0x80) return false;
  return true;
}

class TextSink implements ValueSink {
  readonly left = 0;
  readonly #buffer: TextBuffer;
  readonly #text: (value: unknown) => string | null;

  constructor(length: number, text: (value: unknown) => string | null) {
    this.#buffer = new TextBuffer(length);
    this.#text = text;
  }

  take(run: Decoded, from: number, to: number, nulls: Uint8Array | null = null): void {
    for (let i = from; i < to; i++) {
      const value = nulls?.[i] === 1 ? null : run[i];
      this.#buffer.append(value === null || value === undefined ? null : this.#text(value));
    }
  }

  finish(): ColumnValues {
    return this.#buffer.finish();
  }
}

class StringSink implements ValueSink {
  readonly left = 0;
  readonly #values: (string | null)[];
  readonly #text: (value: unknown) => string;
  #at = 0;

  constructor(length: number, text: (value: unknown) => string) {
    this.#values = new Array(length).fill(null);
    this.#text = text;
  }

  take(run: Decoded, from: number, to: number, nulls: Uint8Array | null = null): void {
    for (let i = from; i < to; i++) {
      const value = nulls?.[i] === 1 ? null : run[i];
      this.#values[this.#at++] = value === null || value === undefined ? null : this.#text(value);
    }
  }

  finish(): ColumnValues {
    return { type: null, values: this.#values };
  }
}

/** A signed whole number, most significant byte first. */
function bigEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}

function unscaled(value: unknown): bigint {
  return value instanceof Uint8Array ? bigEndian(value) : BigInt(value as number | bigint);
}

function decimalNumber(value: unknown, scale: number): number {
  const whole = typeof value === 'number' ? value : Number(unscaled(value));
  // Both are exact, so that the quotient is rounded once.
  if (Number.isSafeInteger(whole) && scale <= 22) return whole / 10 ** scale;
  return Number(`${unscaled(value)}e${-scale}`);
}

function decimalText(value: unknown, reading: Reading): string {
  const zeros = reading.kind === 'decimal' ? Math.max(0, -reading.scale) : 0;
  return `${unscaled(value)}${'0'.repeat(Math.min(zeros, 400))}`;
}

/** IEEE 754 binary16, least significant byte first. */
function halfFloat(bytes: Uint8Array): number {
  const bits = (bytes[1]! << 8) | bytes[0]!;
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function clockText(value: unknown, unit: TimeUnit): string {
  return timeText(BigInt(value as number | bigint), unit);
}

function textOf(value: unknown, reading: Reading): string | null {
  if (reading.kind === 'json') return jsonText(value);
  if (!(value instanceof Uint8Array)) return String(value);
  const hex = Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (reading.kind === 'uuid') return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  try {
    const text = strict.decode(value);
    return text.includes('\0') ? hex : text;
  } catch {
    return hex;
  }
}

/** A value as JSON; dates as ISO 8601, whole numbers with all their digits. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, inner) => {
    if (typeof inner === 'bigint') return Number.isSafeInteger(Number(inner)) ? Number(inner) : String(inner);
    if (ArrayBuffer.isView(inner)) return Array.from(inner as unknown as ArrayLike<unknown>);
    if (inner instanceof Map) return Object.fromEntries(inner);
    return inner ?? null;
  });
}

/** A time of day. */
export function timeText(count: bigint, unit: TimeUnit): string {
  const digits = { s: 0, ms: 3, us: 6, ns: 9 }[unit];
  const second = 10n ** BigInt(digits);
  const seconds = Number(count / second) % 86_400;
  const two = (number: number) => String(Math.abs(Math.trunc(number))).padStart(2, '0');
  const rest =
    digits === 0
      ? ''
      : String(count % second)
          .replace('-', '')
          .padStart(digits, '0')
          .replace(/0+$/, '');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${rest && `.${rest}`}`;
}
