/** What the distance of two rows needs to know of a sub-column. */
export interface MeasuredPart {
  readonly cardinality: number;
  /** Codes follow the order of the values. */
  readonly ordinal: boolean;
  /** Index of the column it belongs to. */
  readonly column: number;
  /** Occurrences of each code among the training rows, [cardinality]. */
  readonly counts: ArrayLike<number>;
}

/** Distance between opposite ends of a column; divisible by the usual numbers of sub-columns. */
const COLUMN_WIDTH = 720;

/**
 * A distance between rows of codes in whole numbers, so that ties are exact. Every column has the same weight, divided
 * evenly among its sub-columns. Ordered codes differ by their mid-ranks among the training rows (as in the quantile
 * encoding of docs/metrics.md, Distances); others are equal or not.
 */
export class CodeMetric {
  /** Coordinates of a point: first those with an order, then the others. */
  readonly dims: number;
  readonly ordinals: number;
  /** By coordinate: the distance between its ends, or of two different codes. */
  readonly widths: Uint16Array;
  readonly #parts: readonly number[];
  /** By coordinate: position of each code on the axis; null where codes have no order. */
  readonly #positions: readonly (Uint16Array | null)[];

  constructor(parts: readonly MeasuredPart[]) {
    const used = parts.map((_, j) => j).filter((j) => parts[j]!.cardinality > 1);
    const ordered = used.filter((j) => parts[j]!.ordinal);
    this.#parts = [...ordered, ...used.filter((j) => !parts[j]!.ordinal)];
    this.dims = used.length;
    this.ordinals = ordered.length;
    const sharing = new Map<number, number>();
    for (const j of used) sharing.set(parts[j]!.column, (sharing.get(parts[j]!.column) ?? 0) + 1);
    this.widths = Uint16Array.from(this.#parts, (j) =>
      Math.max(1, Math.round(COLUMN_WIDTH / sharing.get(parts[j]!.column)!)),
    );
    this.#positions = this.#parts.map((j, d) =>
      d < ordered.length ? midRanks(parts[j]!, this.widths[d]!) : null,
    );
  }

  /**
   * Points of some rows, row-major [row][coordinate].
   * @param codes column-major [sub-column][row], `rowCount` rows
   * @param rows row numbers
   */
  points(codes: Uint16Array, rowCount: number, rows: ArrayLike<number>): Uint16Array {
    return this.#fill(rows.length, (j, i) => codes[j * rowCount + rows[i]!]!);
  }

  /** Points of drawn rows, [sub-column][row], row-major. */
  pointsOf(codes: readonly Uint16Array[], rows: number): Uint16Array {
    return this.#fill(rows, (j, i) => codes[j]![i]!);
  }

  #fill(rows: number, codeAt: (part: number, row: number) => number): Uint16Array {
    const { dims } = this;
    const points = new Uint16Array(rows * dims);
    this.#parts.forEach((j, d) => {
      const positions = this.#positions[d]!;
      for (let i = 0; i < rows; i++) {
        const code = codeAt(j, i);
        points[i * dims + d] = positions ? positions[code]! : code;
      }
    });
    return points;
  }
}

/** Mid-rank of each code's rows in the order of the codes, scaled to 0 … `width`. */
function midRanks({ cardinality, counts }: MeasuredPart, width: number): Uint16Array {
  let total = 0;
  for (let code = 0; code < cardinality; code++) total += counts[code]!;
  let below = 0;
  return Uint16Array.from({ length: cardinality }, (_, code) => {
    const middle = below + counts[code]! / 2;
    below += counts[code]!;
    return Math.round((width * middle) / Math.max(total, 1));
  });
}
