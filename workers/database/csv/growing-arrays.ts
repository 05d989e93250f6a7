type Growing = BigInt64Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

/** A copy of an array with room for so many values. */
export function resized<T extends Growing>(array: T, length: number): T {
  const Make = array.constructor as new (length: number) => T;
  const copy = new Make(length);
  copy.set(array as never);
  return copy;
}

/** A copy of an array with room for more: twice as long, or as long as is needed. */
export function grown<T extends Growing>(array: T, needed = 0): T {
  return resized(array, Math.max(2 * array.length, needed));
}

/** A growing list of line numbers, one per row. */
export class LineList {
  #lines = new Uint32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(line: number): void {
    if (this.#length === this.#lines.length) this.#lines = grown(this.#lines);
    this.#lines[this.#length++] = line;
  }

  /** Line of a row, null when there is no such row. */
  at(row: number): number | null {
    return row < this.#length ? this.#lines[row]! : null;
  }
}
