/**
 * Inputs of very many codes: of a table T = E · W, only the rows are made whose codes occur in the loaded rows. The
 * slot of such a code is its index among them. Sums run over slots in the order of codes, and what is left out is
 * exactly 0, so results equal those of whole tables bit for bit.
 */
import type { Layout } from '../network/weight-layout';

/** From this cardinality on a table may be made in part. */
const MANY = 256;
/** If a larger share of the codes occurs, the whole table is made. */
const MAX_SHARE = 0.75;

/** Reserves memory for the list of occurring codes of each sub-column that may need one: u32 [cardinality]. */
export function allocateSlots(layout: Layout, take: (bytes: number) => number): (number | null)[] {
  return layout.spec.subColumns.map(({ cardinality }) => (cardinality < MANY ? null : take(4 * cardinality)));
}

/** Floats of the largest embedding that is gathered in part. */
export function slottedFloats(layout: Layout): number {
  const floats = layout.spec.subColumns.map(({ cardinality }, i) =>
    cardinality < MANY ? 0 : Math.ceil(MAX_SHARE * cardinality) * layout.embeddingWidth(i),
  );
  return Math.max(...floats);
}

interface Slots {
  /** Address of the codes that occur, ascending. */
  readonly list: number;
  readonly slotOf: Uint16Array;
  readonly occurs: Uint8Array;
  /** Codes that occur; 0 = the whole table is made, and codes are their own slots. */
  count: number;
}

/** The slots of all inputs for some rows. At first no input has slots: a table's rows are its codes. */
export class InputSlots {
  readonly #layout: Layout;
  readonly #u32: Uint32Array;
  readonly #slots: readonly (Slots | null)[];
  /** Indices of sub-columns that may have slots. */
  readonly #many: readonly number[];

  /** @param lists of `allocateSlots` */
  constructor(layout: Layout, lists: readonly (number | null)[], u32: Uint32Array) {
    this.#layout = layout;
    this.#u32 = u32;
    this.#slots = layout.spec.subColumns.map(({ cardinality }, i) => {
      const list = lists[i];
      if (list === null || list === undefined) return null;
      return { list, slotOf: new Uint16Array(cardinality), occurs: new Uint8Array(cardinality), count: 0 };
    });
    this.#many = this.#slots.flatMap((slots, i) => (slots ? [i] : []));
  }

  /** Whether any input has slots. */
  get any(): boolean {
    return this.#many.some((i) => this.#slots[i]!.count > 0);
  }

  /** Rows of a table of input i. */
  rows(i: number): number {
    return this.list(i)?.count ?? this.#layout.spec.subColumns[i]!.cardinality;
  }

  /** The codes of the rows of input i's table, or null if it has all of them. */
  list(i: number): { readonly list: number; readonly count: number } | null {
    const slots = this.#slots[i];
    return slots && slots.count > 0 ? slots : null;
  }

  /** Slot of each code of input i, or null if it has none. */
  map(i: number): Uint16Array | null {
    const slots = this.#slots[i];
    return slots && slots.count > 0 ? slots.slotOf : null;
  }

  /**
   * Assigns slots to the codes of given rows.
   * @param codes row-major [row][n] from index `start`
   * @param rows row numbers; those beyond `rowCount` are pads
   */
  chooseRows(codes: Uint16Array, start: number, rows: Uint32Array, rowCount: number): void {
    const n = this.#slots.length;
    for (const i of this.#many) {
      const { occurs } = this.#slots[i]!;
      occurs.fill(0);
      for (let r = 0; r < rows.length; r++) {
        const row = rows[r]!;
        if (row < rowCount) occurs[codes[start + row * n + i]!] = 1;
      }
      this.#assign(i);
    }
  }

  /** Takes all slots away. */
  clear(): void {
    for (const i of this.#many) this.#slots[i]!.count = 0;
  }

  /** Assigns slots to the codes of a column. */
  chooseColumn(i: number, column: Uint16Array): void {
    const slots = this.#slots[i];
    if (!slots) return;
    slots.occurs.fill(0);
    for (let r = 0; r < column.length; r++) slots.occurs[column[r]!] = 1;
    this.#assign(i);
  }

  #assign(i: number): void {
    const slots = this.#slots[i]!;
    const { occurs, slotOf, list } = slots;
    const max = MAX_SHARE * occurs.length;
    let count = 0;
    for (let code = 0; code < occurs.length; code++) {
      if (occurs[code] === 0) continue;
      slotOf[code] = count;
      this.#u32[list / 4 + count] = code;
      if (++count > max) break;
    }
    slots.count = count > max ? 0 : count;
  }
}
