import type { ColumnValues } from './table-format';
import type { TimeUnit } from './value-reading';
import { type Decoded, NumberSink, type ValueSink } from './value-sink';

/** First and last day of the years 1 to 9999, from 1970. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

/** Days from 1970. */
export class DateSink extends NumberSink implements ValueSink {
  readonly #values = new Int32Array(this.length);

  take(run: Decoded, from: number, to: number, nulls: Uint8Array | null = null): void {
    for (let i = from; i < to; i++) {
      const day = nulls?.[i] === 1 ? null : run[i];
      if (typeof day !== 'number') this.skip();
      else if (day < FIRST_DAY || day > LAST_DAY) this.drop();
      else this.#values[this.at++] = day;
    }
  }

  finish(): ColumnValues {
    return { type: 'date', values: this.#values, nulls: this.nulls };
  }
}

const MICROSECONDS_A_DAY = 86_400_000_000n;
const FIRST_MICROSECOND = BigInt(FIRST_DAY) * MICROSECONDS_A_DAY;
const LAST_MICROSECOND = BigInt(LAST_DAY + 1) * MICROSECONDS_A_DAY - 1n;
/** High halves of microseconds that are of those years for sure. */
const LOWEST_HALF = -14_000_000;
const HIGHEST_HALF = 58_000_000;

/** Times in microseconds, of a unit that the file has. */
export class DatetimeSink extends NumberSink implements ValueSink {
  readonly #values: BigInt64Array;
  readonly #halves: Int32Array;
  readonly #unit: TimeUnit;

  constructor(length: number, unit: TimeUnit) {
    super(length);
    this.#values = new BigInt64Array(length);
    this.#halves = new Int32Array(this.#values.buffer);
    this.#unit = unit;
  }

  take(run: Decoded, from: number, to: number, nulls: Uint8Array | null = null): void {
    const source =
      run instanceof BigInt64Array ? new Int32Array(run.buffer, run.byteOffset, 2 * run.length) : null;
    for (let i = from; i < to; i++) {
      if (nulls?.[i] === 1) {
        this.skip();
        continue;
      }
      if (source && this.#takeHalves(source[2 * i]! >>> 0, source[2 * i + 1]!)) continue;
      const value = run[i];
      if (typeof value !== 'bigint') {
        this.skip();
        continue;
      }
      const micros = inMicroseconds(value, this.#unit);
      if (micros < FIRST_MICROSECOND || micros > LAST_MICROSECOND) this.drop();
      else this.#values[this.at++] = micros;
    }
  }

  /** Takes a value by its halves, several times faster than as a bigint; false near the ends of what can be told. */
  #takeHalves(low: number, high: number): boolean {
    const halves = this.#halves;
    const at = 2 * this.at;
    if (this.#unit === 'ns') {
      // (1000 q + r) 2^32 + low, divided by 1000 and rounded down.
      const q = Math.floor(high / 1000);
      halves[at] = Math.floor(((high - 1000 * q) * 2 ** 32 + low) / 1000);
      halves[at + 1] = q;
    } else if (this.#unit === 'us') {
      if (high <= LOWEST_HALF || high >= HIGHEST_HALF) return false;
      halves[at] = low;
      halves[at + 1] = high;
    } else {
      if (this.#unit !== 'ms' || high <= LOWEST_HALF / 1000 || high >= HIGHEST_HALF / 1000) return false;
      const product = 1000 * low;
      halves[at] = product;
      halves[at + 1] = 1000 * high + Math.floor(product / 2 ** 32);
    }
    this.at++;
    return true;
  }

  finish(): ColumnValues {
    return { type: 'datetime', values: this.#values, nulls: this.nulls };
  }
}

function inMicroseconds(value: bigint, unit: TimeUnit): bigint {
  if (unit === 'us') return value;
  if (unit === 'ms') return value * 1000n;
  if (unit === 's') return value * 1_000_000n;
  return value >= 0n ? value / 1000n : (value - 999n) / 1000n;
}
