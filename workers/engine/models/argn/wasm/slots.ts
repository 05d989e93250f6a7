/**
 * Inputs of very many codes: of a table T = E · W only those rows are made whose codes occur in the rows at hand. Such
 * a code is known by its slot, its place among them; sums go over slots in the order of codes, and what is left out is
 * exactly 0, so the results are those of whole tables to the bit.
 */
import type { Layout } from '../network/weight-layout';

/** Codes from which a table may be made in part. */
const MANY = 256;
/** Share of the codes above which the whole table is made. */
const MOST = 0.75;

/** Where the lists of occurring codes lie, per sub-column that may need one: u32 [cardinality]. */
export function placeSlots(layout: Layout, take: (bytes: number) => number): (number | null)[] {
  return layout.spec.subColumns.map(({ cardinality }) => (cardinality < MANY ? null : take(4 * cardinality)));
}

/** Floats of the largest embedding of which only some rows are taken. */
export function slottedFloats(layout: Layout): number {
  const floats = layout.spec.subColumns.map(({ cardinality }, i) =>
    cardinality < MANY ? 0 : Math.ceil(MOST * cardinality) * layout.embeddingWidth(i),
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

/** The slots of all inputs for some rows; at first every code of an input has its own. */
export class InputSlots {
  readonly #layout: Layout;
  readonly #u32: Uint32Array;
  readonly #slots: readonly (Slots | null)[];
  /** Sub-columns that may have slots. */
  readonly #many: readonly number[];

  /** @param lists of `placeSlots` */
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

  /** The codes behind the rows of a table of input i, or null where all are there. */
  list(i: number): { readonly list: number; readonly count: number } | null {
    const slots = this.#slots[i];
    return slots && slots.count > 0 ? slots : null;
  }

  /** Slot of each code of input i, or null where codes are their own. */
  map(i: number): Uint16Array | null {
    const slots = this.#slots[i];
    return slots && slots.count > 0 ? slots.slotOf : null;
  }

  /**
   * Gives the codes of given rows slots.
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

  /** Every code has its own again. */
  clear(): void {
    for (const i of this.#many) this.#slots[i]!.count = 0;
  }

  /** Gives the codes of a column slots. */
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
    const most = MOST * occurs.length;
    let count = 0;
    for (let code = 0; code < occurs.length; code++) {
      if (occurs[code] === 0) continue;
      slotOf[code] = count;
      this.#u32[list / 4 + count] = code;
      if (++count > most) break;
    }
    slots.count = count > most ? 0 : count;
  }
}
