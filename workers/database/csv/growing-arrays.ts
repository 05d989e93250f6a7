/** A copy of an array with room for more: twice as long, or as long as is needed. */
export function grown<T extends Int32Array | Uint32Array | Uint8Array>(array: T, needed = 0): T {
  const Make = array.constructor as new (length: number) => T;
  const copy = new Make(Math.max(2 * array.length, needed));
  copy.set(array);
  return copy;
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
