import type { FilledRows, SkippedLine } from '../../../../src/domain/sources';
import { MAX_LISTED } from '../../csv/line-log';
import { SpellingCounter } from '../../csv/null-spellings';
import type { RowCollector } from '../../csv/row-collector';
import type { TextFacts } from '../../typing/type-table';
import type { LoadedLine, LoadedRows } from '../import-table';

/** Cells of a column that are kept as a sample, of all files together. */
const SAMPLED = 1_200;
/** Of one file at least. */
const SAMPLED_OF_FILE = 16;

/** What is known of the rows of several files that were staged one after the other. */
export class UnionRows {
  rowCount = 0;
  readonly #samples: string[][] = [];
  readonly #filled: number[] = [];
  readonly #blanks: number[] = [];
  readonly #blankText: (string | undefined)[] = [];
  readonly #quotedNulls: boolean[] = [];
  readonly #spellings: readonly string[];
  readonly #counts: number[][] = [];
  readonly #padded: boolean[] = [];
  readonly #perFile: number;
  #rejectedCount = 0;
  readonly #rejections: LoadedLine[] = [];
  #mendedCount = 0;
  readonly #mended: LoadedLine[] = [];
  #skippedCount = 0;
  readonly #skipped: SkippedLine[] = [];
  #filledRows: FilledRows | null = null;

  /** @param spellings of "no value", which all files count */
  constructor(spellings: readonly string[], files: number) {
    this.#spellings = spellings;
    this.#perFile = Math.max(SAMPLED_OF_FILE, Math.ceil(SAMPLED / files));
  }

  /** @param positions of the file's columns in the table */
  add(rows: RowCollector, positions: readonly number[], file: string): void {
    const { spellings, counts, padded } = rows.nullSpellings;
    positions.forEach((position, i) => {
      const sample = rows.samples[i] ?? [];
      const step = Math.max(1, Math.ceil(sample.length / this.#perFile));
      this.#samples[position] ??= [];
      this.#samples[position].push(...sample.filter((_, k) => k % step === 0));
      this.#filled[position] = (this.#filled[position] ?? 0) + rows.filled[i]!;
      this.#blanks[position] = (this.#blanks[position] ?? 0) + rows.blanks[i]!;
      this.#blankText[position] ??= rows.blankText[i];
      this.#quotedNulls[position] ||= rows.quotedNulls[i]!;
      this.#padded[position] ||= padded[i] === 1;
      this.#counts[position] ??= spellings.map(() => 0);
      const known = this.#counts[position];
      spellings.forEach((_, k) => {
        known[k]! += counts[i * spellings.length + k]!;
      });
    });
    const placed = ({ column, ...rest }: RowCollector['rejections'][number]): LoadedLine => ({
      ...rest,
      column: column === null ? null : (positions[column] ?? null),
      file,
    });
    this.rowCount += rows.rowCount;
    this.#rejectedCount += rows.rejectedCount;
    this.#mendedCount += rows.mendedCount;
    this.#skippedCount += rows.skipped.count;
    fill(this.#rejections, rows.rejections.map(placed));
    fill(this.#mended, rows.mended.map(placed));
    fill(
      this.#skipped,
      rows.skipped.listed.map((line) => ({ ...line, file })),
    );
    if (rows.filledRows) {
      const { count, line } = this.#filledRows ?? { count: 0, line: rows.filledRows.line };
      this.#filledRows = { count: count + rows.filledRows.count, line };
    }
  }

  /** For a table of so many columns. */
  finish(columns: number): LoadedRows & TextFacts {
    const nullSpellings = new SpellingCounter(columns, this.#spellings);
    const ofAll = Array.from({ length: columns }, (_, i) => i);
    for (const i of ofAll) {
      nullSpellings.counts.set(this.#counts[i] ?? [], i * this.#spellings.length);
      nullSpellings.padded[i] = this.#padded[i] ? 1 : 0;
    }
    return {
      rowCount: this.rowCount,
      samples: ofAll.map((i) => this.#samples[i] ?? []),
      filled: ofAll.map((i) => this.#filled[i] ?? 0),
      blanks: ofAll.map((i) => this.#blanks[i] ?? 0),
      blankText: ofAll.map((i) => this.#blankText[i]),
      quotedNulls: ofAll.map((i) => this.#quotedNulls[i] ?? false),
      nullSpellings,
      rejectedCount: this.#rejectedCount,
      rejections: this.#rejections,
      mendedCount: this.#mendedCount,
      mended: this.#mended,
      skipped: { count: this.#skippedCount, listed: this.#skipped },
      filledRows: this.#filledRows,
      // A line alone would be one of any file.
      lines: { at: () => null },
    };
  }
}

function fill<T extends SkippedLine | LoadedLine>(list: T[], more: readonly T[]): void {
  list.push(...more.slice(0, MAX_LISTED - list.length));
}
