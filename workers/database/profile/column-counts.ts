import { ByteDictionary } from '../columns/byte-dictionary';
import { grown } from '../csv/growing-arrays';
import type { ColumnValues, TextValues, ValueType } from '../formats/table-format';
import type { ValueRuns } from './value-runs';

type TypedValues = Exclude<ColumnValues, { readonly type: null }>;

/** Different values of a column that are counted at most, … */
const MAX_DISTINCT = 1 << 16;
/** … and of all columns of a table together. */
const MAX_ENTRIES = 1 << 20;
/** Bytes of different texts of a column, for each of the values that may be counted. */
const BYTES_EACH = 32;

/** Different texts of a column and how often each occurs. */
export interface TextCounts {
  readonly texts: TextValues;
  readonly times: readonly number[];
  readonly nullCount: number;
}

/**
 * Counts the values of a table's columns while its batches pass, each as long as it has few different ones: the table need
 * not be read again for their statistics.
 */
export class ColumnCounts {
  /** Of all columns. */
  rowCount = 0;
  readonly #maxDistinct: number;
  readonly #counters: (Counter | null)[] = [];

  constructor(maxDistinct = MAX_DISTINCT) {
    this.#maxDistinct = maxDistinct;
  }

  /** Takes a batch. Columns that come later or change their type are not counted. */
  add(columns: readonly TypedValues[], rowCount: number): void {
    if (rowCount === 0) return;
    const limit = Math.min(this.#maxDistinct, Math.floor(MAX_ENTRIES / columns.length));
    columns.forEach((column, i) => {
      if (this.#counters[i] === undefined)
        this.#counters[i] = this.rowCount === 0 ? counterOf(column.type) : null;
      if (this.#counters[i]?.add(column, limit) === false) this.#counters[i] = null;
    });
    this.rowCount += rowCount;
  }

  /** Those of some columns alone. */
  of(columns: ReadonlySet<number>): ColumnCounts {
    const some = new ColumnCounts();
    some.rowCount = this.rowCount;
    for (const i of columns) some.#counters[i] = this.#counters[i] ?? null;
    return some;
  }

  /** The numbers of a column in ascending order, dates and times in milliseconds; null if they were not counted. */
  numbers(index: number): ValueRuns | null {
    const counter = this.#counters[index];
    return counter instanceof NumberCounter ? counter.runs() : null;
  }

  /** The texts of a column; null if they were not counted. */
  texts(index: number): TextCounts | null {
    const counter = this.#counters[index];
    return counter instanceof TextCounter ? counter.counts() : null;
  }
}

interface Counter {
  /** False if the column has too many different values, or ones of another type. */
  add(column: TypedValues, limit: number): boolean;
}

function counterOf(type: ValueType): Counter | null {
  if (type === 'text') return new TextCounter();
  // Truth values are few groups, and the largest integers no doubles.
  return type === 'boolean' || type === 'unsigned' ? null : new NumberCounter(type);
}

class TextCounter implements Counter {
  readonly #dictionary = new ByteDictionary();
  #times = new Float64Array(512);
  #nullCount = 0;

  add(column: TypedValues, limit: number): boolean {
    if (column.type !== 'text') return false;
    const { values, offsets, nulls } = column;
    const dictionary = this.#dictionary;
    for (let row = 0; row + 1 < offsets.length; row++) {
      if (nulls !== null && nulls[row] === 1) {
        this.#nullCount++;
        continue;
      }
      const code = dictionary.code(values, offsets[row]!, offsets[row + 1]!);
      if (code >= this.#times.length) this.#times = grown(this.#times);
      this.#times[code]!++;
      if (code >= limit || dictionary.byteLength > BYTES_EACH * limit) return false;
    }
    return true;
  }

  counts(): TextCounts {
    const { values, offsets } = this.#dictionary.bytes();
    const times = [...this.#times.subarray(0, offsets.length - 1)];
    return { texts: { type: 'text', values, offsets, nulls: null }, times, nullCount: this.#nullCount };
  }
}

/** Counts numbers by their bits, so that none is made of a 64-bit integer. */
class NumberCounter implements Counter {
  readonly #type: ValueType;
  /** Slot of an entry by its hash; −1 = free. */
  #slots = new Int32Array(256).fill(-1);
  /** Low and high half of each entry. */
  #halves = new Int32Array(256);
  #times = new Uint32Array(128);
  #size = 0;

  constructor(type: ValueType) {
    this.#type = type;
  }

  add(column: TypedValues, limit: number): boolean {
    if (column.type !== this.#type) return false;
    const { values, nulls } = column;
    const isWide = values.BYTES_PER_ELEMENT === 8;
    const source = new Int32Array(values.buffer, values.byteOffset, values.length * (isWide ? 2 : 1));
    let [slots, halves, times] = [this.#slots, this.#halves, this.#times];
    for (let row = 0; row < values.length; row++) {
      if (nulls !== null && nulls[row] === 1) continue;
      const low = isWide ? source[2 * row]! : source[row]!;
      const high = isWide ? source[2 * row + 1]! : 0;
      const slot = slotOf(slots, halves, low, high);
      const entry = slots[slot]!;
      if (entry >= 0) times[entry]!++;
      else {
        this.#enter(slot, low, high);
        if (this.#size > limit) return false;
        [slots, halves, times] = [this.#slots, this.#halves, this.#times];
      }
    }
    return true;
  }

  /** Null where doubles do not tell the values apart, or there are zeros of both signs. */
  runs(): ValueRuns | null {
    const values = this.#values();
    const order = new Uint32Array(values.keys()).sort((a, b) => values[a]! - values[b]!);
    const isTold = values.every(Number.isFinite);
    if (!isTold || order.some((entry, i) => i > 0 && values[entry] === values[order[i - 1]!])) return null;
    return {
      values: Float64Array.from(order, (entry) => values[entry]!),
      times: Uint32Array.from(order, (entry) => this.#times[entry]!),
    };
  }

  /** Makes an entry in a free slot. */
  #enter(slot: number, low: number, high: number): void {
    this.#slots[slot] = this.#size;
    this.#halves[2 * this.#size] = low;
    this.#halves[2 * this.#size + 1] = high;
    this.#times[this.#size++] = 1;
    if (this.#size === this.#times.length) this.#grow();
  }

  #grow(): void {
    this.#times = grown(this.#times);
    this.#halves = grown(this.#halves);
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1);
    for (let entry = 0; entry < this.#size; entry++) {
      const [low, high] = [this.#halves[2 * entry]!, this.#halves[2 * entry + 1]!];
      this.#slots[slotOf(this.#slots, this.#halves, low, high)] = entry;
    }
  }

  #values(): Float64Array {
    const halves = this.#halves.subarray(0, 2 * this.#size);
    if (this.#type === 'float') return new Float64Array(halves.buffer, 0, this.#size);
    const values = new Float64Array(this.#size);
    for (let entry = 0; entry < values.length; entry++) {
      const low = halves[2 * entry]!;
      const whole = halves[2 * entry + 1]! * 4294967296 + (low >>> 0);
      if (this.#type === 'date') values[entry] = low * 86_400_000;
      else if (!Number.isSafeInteger(whole)) values[entry] = Number.NaN;
      else values[entry] = this.#type === 'datetime' ? whole / 1000 : whole;
    }
    return values;
  }
}

/** The slot of an entry, or the free one where it belongs. */
function slotOf(slots: Int32Array, halves: Int32Array, low: number, high: number): number {
  // The highest bits of a product with the golden ratio spread neighbouring values (Knuth, The Art of Computer Programming 3, 6.4).
  const hash = Math.imul(Math.imul(high, 0x85ebca6b) ^ low, 0x9e3779b1);
  const mask = slots.length - 1;
  let slot = hash >>> Math.clz32(mask);
  for (;;) {
    const entry = slots[slot]!;
    if (entry < 0 || (halves[2 * entry] === low && halves[2 * entry + 1] === high)) return slot;
    slot = (slot + 1) & mask;
  }
}
