import { type ColumnData, takeRows } from '../../../src/domain/column-data';
import type { OutputColumn } from '../models/artefact';
import { withRows } from '../models/drawn-blocks';
import type { RowBlock } from '../models/model';
import type { ColumnWriter } from '../writers/write-columns';
import { keyText, take } from './unique-keys';

/** Times that a part is written again for a row whose key stood already. */
const MAX_ROUNDS = 8;

/**
 * Keeps a key of several columns unique of which parts are regenerated: a row whose key stood already gets another value of
 * these parts. What repeats then is counted. Knows the blocks before: they must pass in order, from the first row on.
 */
export class WrittenKey {
  readonly #known = new Set<string>();
  readonly #parts: readonly number[];
  readonly #written: readonly number[];
  readonly #output: readonly OutputColumn[];
  readonly #writers: ReadonlyMap<number, ColumnWriter>;
  /** Number of the next value that is none of a row's own. */
  #next: number;

  /**
   * @param key names of the parts
   * @param writers of the output
   * @param rows of the whole generation: values beyond are spare ones
   */
  constructor(
    output: readonly OutputColumn[],
    key: readonly string[],
    writers: ReadonlyMap<number, ColumnWriter>,
    rows: number,
  ) {
    this.#parts = output.flatMap(({ schema }, i) => (key.includes(schema.name) ? [i] : []));
    this.#written = this.#parts.filter((i) => output[i]!.role !== 'feature' && writers.has(i));
    this.#output = output;
    this.#writers = writers;
    this.#next = rows;
  }

  /** The columns of a block with keys that did not stand, and how many did. @param block its drawn columns */
  async fill(
    block: Pick<RowBlock, 'columns' | 'rows'>,
    columns: readonly ColumnData[],
    pause: () => Promise<void>,
  ): Promise<{
    readonly columns: readonly ColumnData[];
    readonly drawnAgain: number;
    readonly repeated: number;
  }> {
    let filled = columns;
    let open: number[] = [];
    for (let row = 0; row < block.rows; row++)
      if (
        !take(
          this.#known,
          keyText(filled, this.#parts, () => row),
        )
      )
        open.push(row);
    const drawnAgain = open.length;
    const features = this.#output.filter(({ role }) => role === 'feature');
    for (let round = 0; round < MAX_ROUNDS && open.length > 0; round++) {
      const at = Uint32Array.from(open);
      const drawn = new Map(
        features.map(({ schema }, i) => [schema.name, takeRows(block.columns[i]!, at)] as const),
      );
      const spare = { row0: this.#next, rows: open.length, drawn };
      this.#next += open.length;
      const every = open.map((_, i) => i);
      for (const part of this.#written) {
        const fresh = await this.#writers.get(part)!(spare, pause);
        filled = filled.map((column, c) => (c === part ? withRows(column, open, fresh, every) : column));
      }
      const now = filled;
      open = open.filter(
        (row) =>
          !take(
            this.#known,
            keyText(now, this.#parts, () => row),
          ),
      );
    }
    return { columns: filled, drawnAgain, repeated: open.length };
  }
}
