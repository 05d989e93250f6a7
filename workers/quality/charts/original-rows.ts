import { MIN_SHOWN_ROWS, shownCount } from '../../../src/domain/shown-counts';

/**
 * The original's rows as charts count them: what fewer than 8 people have is not shown, however many rows they have
 * (docs/privacy.md, Reports).
 */
export class OriginalRows {
  /** People, or rows where each is somebody's own. */
  readonly people: number;
  readonly #subjects: Uint32Array | null;
  /** Row numbers with those of each subject beside each other. */
  readonly #order: Uint32Array;
  readonly #counted = new Map<Uint8Array, Uint32Array>();

  /** @param subjects number of the subject of each row; null = every row is one of its own */
  constructor(rows: number, subjects: Uint32Array | null) {
    this.#subjects = subjects;
    this.#order = subjects
      ? Uint32Array.from(subjects.keys()).sort((a, b) => subjects[a]! - subjects[b]!)
      : new Uint32Array();
    this.people = subjects ? new Set(subjects).size : rows;
  }

  /** People in each bin of a column. */
  peopleIn(codes: Uint8Array, bins: number): Uint32Array {
    let counts = this.#counted.get(codes);
    if (!counts) {
      counts = this.#subjects ? this.#peopleIn(codes, bins) : rowsIn(codes, bins);
      this.#counted.set(codes, counts);
    }
    return counts;
  }

  /** Rows in each cell as a chart may show them. @param cellOf cell of each row, `cells` = in none */
  shownIn(cellOf: Uint8Array | Uint32Array, cells: number): number[] {
    const rows = rowsIn(cellOf, cells);
    const people = this.#subjects ? this.#peopleIn(cellOf, cells) : rows;
    return Array.from(rows, (count, cell) => (people[cell]! < MIN_SHOWN_ROWS ? 0 : shownCount(count)));
  }

  #peopleIn(cellOf: Uint8Array | Uint32Array, cells: number): Uint32Array {
    const counts = new Uint32Array(cells);
    const last = new Float64Array(cells).fill(-1);
    for (const row of this.#order) {
      const cell = cellOf[row]!;
      if (cell === cells || last[cell] === this.#subjects![row]) continue;
      last[cell] = this.#subjects![row]!;
      counts[cell]!++;
    }
    return counts;
  }
}

function rowsIn(cellOf: Uint8Array | Uint32Array, cells: number): Uint32Array {
  const counts = new Uint32Array(cells + 1);
  for (let row = 0; row < cellOf.length; row++) counts[cellOf[row]!]!++;
  return counts.subarray(0, cells);
}
