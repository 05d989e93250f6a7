import type { ColumnData } from '../../../src/domain/column-data';

/**
 * Rows of one column collected from blocks up to a fixed capacity. Text codes are renumbered into the buffer's own
 * dictionary in order of first appearance, so that the content does not depend on how rows were cut into blocks.
 */
export class ColumnBuffer {
  readonly #values: Float64Array | null;
  readonly #nulls: Uint8Array | null;
  readonly #codes: Int32Array | null;
  #dictionary: string[] = [];
  #codeOf = new Map<string, number>();
  #hasNulls = false;
  length = 0;

  constructor(kind: ColumnData['kind'], capacity: number) {
    this.#values = kind === 'number' ? new Float64Array(capacity) : null;
    this.#nulls = kind === 'number' ? new Uint8Array(capacity) : null;
    this.#codes = kind === 'text' ? new Int32Array(capacity) : null;
  }

  /** Appends rows `from … to` of a block's column, those for which `wanted` is 1 (null = all). */
  append(column: ColumnData, from: number, to: number, wanted: Uint8Array | null): void {
    if (column.kind === 'number') this.#appendNumbers(column, from, to, wanted);
    else this.#appendText(column, from, to, wanted);
  }

  #appendNumbers(
    column: Extract<ColumnData, { kind: 'number' }>,
    from: number,
    to: number,
    wanted: Uint8Array | null,
  ): void {
    if (!this.#values || !this.#nulls) throw new Error('numbers were sent for a text column');
    for (let row = from; row < to; row++) {
      if (wanted && !wanted[row]) continue;
      const isNull = column.nulls?.[row] ? 1 : 0;
      this.#nulls[this.length] = isNull;
      this.#values[this.length++] = isNull ? 0 : column.values[row]!;
      if (isNull) this.#hasNulls = true;
    }
  }

  #appendText(
    column: Extract<ColumnData, { kind: 'text' }>,
    from: number,
    to: number,
    wanted: Uint8Array | null,
  ): void {
    if (!this.#codes) throw new Error('text was sent for a number column');
    const remap = new Int32Array(column.dictionary.length).fill(-1);
    for (let row = from; row < to; row++) {
      if (wanted && !wanted[row]) continue;
      const code = column.codes[row]!;
      if (code >= 0 && remap[code]! < 0) remap[code] = this.#code(column.dictionary[code]!);
      this.#codes[this.length++] = code < 0 ? -1 : remap[code]!;
    }
  }

  #code(text: string): number {
    const known = this.#codeOf.get(text);
    if (known !== undefined) return known;
    const code = this.#dictionary.push(text) - 1;
    this.#codeOf.set(text, code);
    return code;
  }

  /** What has been collected; the arrays are views and valid until the next `clear`. */
  view(): ColumnData {
    if (this.#codes) {
      return {
        kind: 'text',
        codes: this.#codes.subarray(0, this.length),
        dictionary: this.#dictionary,
      };
    }
    return {
      kind: 'number',
      values: this.#values!.subarray(0, this.length),
      nulls: this.#hasNulls ? this.#nulls!.subarray(0, this.length) : null,
    };
  }

  clear(): void {
    this.length = 0;
    this.#hasNulls = false;
    this.#dictionary = [];
    this.#codeOf = new Map();
  }
}

/** How a column of this storage type travels. */
export function kindOf(storageType: string): ColumnData['kind'] {
  return storageType === 'text' || storageType === 'boolean' ? 'text' : 'number';
}
