import { type ColumnData, columnLength } from '../../../src/domain/column-data';
import { hash, hashText, RandomStream } from '../../../src/domain/random';
import { joined, withRows } from '../models/drawn-blocks';
import type { RowBlock, SampleRequest, Sampler } from '../models/model';
import { WrappingSampler } from '../models/wrapping-sampler';

/** Times that rows are drawn again whose key stood already. */
const MAX_ROUNDS = 4;
/** Rows drawn for each of them, and in all at least. */
const SPARE = 2;
const MIN_DRAWN = 64;
/** Values tried for one part of a key before it stays as it is. */
const MAX_TRIES = 64;

/**
 * A sampler of rows of which no two have the same values in the columns of a key, as in the original. Rows that repeat a
 * key are drawn again; where that finds no new one, the part of the key that varies most takes the value of another row.
 * What repeats then is counted: the values that protection shows may have no more combinations.
 */
export class UniqueKeySampler extends WrappingSampler {
  readonly #parts: readonly number[];

  /** @param parts indices of the features that are the key together, two at least */
  constructor(inner: Sampler, parts: readonly number[]) {
    super(inner);
    this.#parts = parts;
  }

  async *rows(request: SampleRequest): AsyncGenerator<RowBlock> {
    const known = new Set<string>();
    // What stood before a block cannot be told from its number: drawing begins again with the first one.
    const { from: _from, ...whole } = request;
    for await (const { point, ...block } of this.inner.rows(whole)) {
      let columns = block.columns;
      let open = this.#repeats(columns, known);
      const redrawn = open.length;
      for (let round = 0; round < MAX_ROUNDS && open.length > 0; round++) {
        const rows = Math.max(MIN_DRAWN, SPARE * open.length);
        const seed = hash(request.seed, hashText('key again'), block.row0, round);
        const fresh = await joined(this.inner.rows({ ...whole, rows, seed }));
        const fitting = this.#fitting(fresh, known, open.length);
        const to = open.slice(0, fitting.length);
        columns = columns.map((column, c) => withRows(column, to, fresh[c]!, fitting));
        open = open.slice(fitting.length);
      }
      if (open.length > 0) {
        const vary = this.#varied(columns, known, open, hash(request.seed, hashText('key part'), block.row0));
        columns = vary.columns;
        open = vary.open;
      }
      yield {
        ...block,
        columns,
        ...(point && block.row0 === 0 && { point }),
        ...(redrawn > 0 && { keys: { drawnAgain: redrawn, repeated: open.length } }),
      };
    }
  }

  /** Rows whose key stood already; the keys of the others are known from now on. */
  #repeats(columns: readonly ColumnData[], known: Set<string>): number[] {
    const repeats: number[] = [];
    for (let row = 0; row < columnLength(columns[0]!); row++)
      if (!take(known, this.#key(columns, row))) repeats.push(row);
    return repeats;
  }

  /** Rows with new keys, at most so many. */
  #fitting(columns: readonly ColumnData[], known: Set<string>, wanted: number): number[] {
    const rows: number[] = [];
    for (let row = 0; row < columnLength(columns[0]!) && rows.length < wanted; row++)
      if (take(known, this.#key(columns, row))) rows.push(row);
    return rows;
  }

  /** Gives rows the value of another row in the part of the key with the most values. */
  #varied(
    columns: readonly ColumnData[],
    known: Set<string>,
    open: readonly number[],
    seed: number,
  ): { readonly columns: readonly ColumnData[]; readonly open: number[] } {
    const sizes = this.#parts.map((part) => distinctOf(columns[part]!));
    const part = this.#parts[sizes.indexOf(Math.max(...sizes))]!;
    const rows = columnLength(columns[0]!);
    const random = new RandomStream(seed, 'key part');
    const [to, from, left]: [number[], number[], number[]] = [[], [], []];
    for (const row of open) {
      let found = -1;
      for (let tries = 0; tries < MAX_TRIES && found < 0; tries++) {
        const other = random.below(rows);
        if (take(known, this.#key(columns, row, part, other))) found = other;
      }
      if (found < 0) left.push(row);
      else {
        to.push(row);
        from.push(found);
      }
    }
    const next = columns.map((column, c) => (c === part ? withRows(column, to, column, from) : column));
    return { columns: next, open: left };
  }

  /** The key of a row, with one part of another row. */
  #key(columns: readonly ColumnData[], row: number, part = -1, other = row): string {
    return keyText(columns, this.#parts, (c) => (c === part ? other : row));
  }
}

/** A key of several columns as text. @param rowOf row that the value of a part is taken from */
export function keyText(
  columns: readonly ColumnData[],
  parts: readonly number[],
  rowOf: (part: number) => number,
): string {
  return parts.map((c) => valueText(columns[c]!, rowOf(c))).join('\u0000');
}

/** Adds a key; false = it stood already. */
export function take(known: Set<string>, key: string): boolean {
  const before = known.size;
  return known.add(key).size > before;
}

function valueText(column: ColumnData, row: number): string {
  if (column.kind === 'text')
    return column.codes[row]! < 0 ? '' : `t${column.dictionary[column.codes[row]!]}`;
  return column.nulls?.[row] === 1 ? '' : `n${column.values[row]}`;
}

function distinctOf(column: ColumnData): number {
  return column.kind === 'text' ? new Set(column.codes).size : new Set(column.values).size;
}
