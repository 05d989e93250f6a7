import { type ColumnData, columnLength, type NamedColumn, takeRows } from '../../src/domain/column-data';
import { sampleRows } from './distances/sampling';

/** Cells of a set at most, some 64 MB. */
const MAX_CELLS = 8e6;

/** Whole rows of the three sets that stay in memory, for what looks at several columns at once. */
export class KeptRows {
  readonly training: NamedColumn[] = [];
  readonly holdout: NamedColumn[] = [];
  readonly synthetic: NamedColumn[] = [];
  readonly #rows: number;
  readonly #seed: number;

  /** @param columns that will come */
  constructor(columns: number, seed: number) {
    this.#rows = Math.max(1, Math.floor(MAX_CELLS / Math.max(1, columns)));
    this.#seed = seed;
  }

  /** One column of all sets, of which at most so many rows are kept, at random. */
  add(training: NamedColumn, holdout: ColumnData | null, synthetic: ColumnData): void {
    const keep = (data: ColumnData, set: string): NamedColumn => {
      const rows = columnLength(data);
      const kept = rows <= this.#rows ? data : takeRows(data, sampleRows(rows, this.#rows, this.#seed, set));
      return { ...training, data: kept };
    };
    this.training.push(keep(training.data, 'kept training'));
    this.synthetic.push(keep(synthetic, 'kept synthetic'));
    if (holdout) this.holdout.push(keep(holdout, 'kept holdout'));
  }
}
