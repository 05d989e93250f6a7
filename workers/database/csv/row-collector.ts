import type { FilledRows, SkipReason } from '../../../src/domain/sources';
import { mendUtf8 } from '../dialect/decode-text';
import type { ColumnCounts } from '../profile/column-counts';
import type { ColumnIntake } from './column-intake';
import { LineList } from './growing-arrays';
import { excerpt, LineLog, MAX_LISTED } from './line-log';
import type { SpellingCounter } from './null-spellings';
import {
  copyRecord,
  fitsNumbers,
  holdsReplacement,
  isBlank,
  isEmptyRecord,
  isEndMark,
  isFilledBehind,
  isLone,
  isNote,
  isRule,
  isSameRecord,
  mayBeTotal,
  mendRecord,
  summaryOf,
  withoutFirst,
} from './record-forms';
import { type ChooseNotations, type RowBatch, RowBatches } from './row-batches';
import type { RowFrame, RowShape } from './row-shape';
import type { RecordReceiver, ScannedRecord, Separators, UsualRows } from './scanned-record';
import type { TypedColumnBuilder } from './typed-column-builder';
import { usualRows } from './usual-rows';

interface Rejection {
  readonly line: number;
  /** Column index, null when the whole row is concerned. */
  readonly column: number | null;
  readonly reason: string;
  readonly text: string;
}

const COMMA_SEPARATED: Separators = { delimiter: ',', quote: '"', newline: 'lf' };

/** More records in doubt than these are rows. */
const MAX_HELD = 1_000;

/** A record that the ones after it decide on. */
interface HeldRecord {
  readonly record: ScannedRecord;
  /** Why it is none if no row follows; null = it is a row then, too. */
  readonly reason: SkipReason | null;
}

/**
 * Collects scanned records as Arrow batches of text columns `c0 … cN`. An empty or blank unquoted field is null.
 *
 * A row with too many fields is taken if the extra ones are empty, one with too few is filled with nulls, both if their
 * cells fit the columns of numbers; a cell alone is a note. Names that stand again, comments, and sums, empty records and
 * notes at the end are skipped. What is neither taken nor skipped is rejected. All are counted, and the first 200 listed:
 * no record is lost. Empty lines are no records, but in a table of one column they are rows without a value.
 */
export class RowCollector implements RecordReceiver {
  readonly #shape: RowShape;
  readonly #decoder = new TextDecoder();
  /** Line of every row taken, for messages about single cells. */
  readonly lines = new LineList();
  readonly rejections: Rejection[] = [];
  rejectedCount = 0;
  readonly skipped = new LineLog();
  /** Rows that end early; null = none. */
  filledRows: FilledRows | null = null;
  /** Rows that were taken although something was wrong with them, the first 200. */
  readonly mended: Rejection[] = [];
  mendedCount = 0;
  /** Set when a chunk is known to hold bytes that are no text in the encoding of the file: then every record is checked. */
  suspicious = false;
  readonly #rows: RowBatches;
  #width: number;
  #headerLeft: number;
  #unitsLeft: number;
  /** A delimiter stands before the first field. */
  readonly #isLeading: boolean;
  readonly #frame: RowFrame;
  readonly #endLine: number;
  #names: ScannedRecord | null = null;
  #namesSize = -1;
  #held: HeldRecord[] = [];
  /** A total stood between rows: such ones are rows of this table. */
  #areTotalsRows = false;
  readonly #usual: UsualRows | null = null;
  /** The line before is blank. */
  #isAfterBlank = false;

  /**
   * @param spellings of "no value", to be counted
   * @param separators those that the records were cut by
   * @param choose without it, all columns are texts
   */
  constructor(
    shape: RowShape,
    spellings: readonly string[],
    frame: RowFrame = { headerRows: 0 },
    separators: Separators = COMMA_SEPARATED,
    choose?: ChooseNotations,
  ) {
    this.#frame = frame;
    this.#isLeading = separators.leadingDelimiter === true;
    this.#headerLeft = frame.headerRows;
    this.#unitsLeft = frame.unitRows ?? 0;
    this.#endLine = frame.endLine ?? Number.POSITIVE_INFINITY;
    this.#shape = shape;
    this.#rows = new RowBatches(shape.columns, spellings, separators, choose);
    this.#width = shape.columns;
    if (shape.columns > 1 && !this.#isLeading && frame.endLine === undefined)
      this.#usual = usualRows(this.#rows, shape.columns, () => this.#namesSize, this.#takeUsual);
  }

  get nullSpellings(): SpellingCounter {
    return this.#rows.nullSpellings;
  }

  /** Per column some hundred cells that are not null, from all over the file. */
  get samples(): readonly (readonly string[])[] {
    return this.#used.map(({ sample }) => sample);
  }

  /** Cells per column that are neither null nor blank. */
  get filled(): readonly number[] {
    return this.#used.map(({ filled }) => filled);
  }

  /** Cells per column that hold nothing but blanks. */
  get blanks(): readonly number[] {
    return this.#used.map(({ blanks }) => blanks);
  }

  /** The first of them. */
  get blankText(): readonly (string | undefined)[] {
    return this.#used.map(({ blankText }) => blankText);
  }

  /** Per column whether all cells stand in quotes, empty ones among them: those say no more than without. */
  get quotedNulls(): readonly boolean[] {
    return this.#used.map(({ hasBare, hasQuotedEmpty }) => hasQuotedEmpty && !hasBare);
  }

  /** Per column how all of its cells were read; null = as texts. */
  get read(): readonly (TypedColumnBuilder | null)[] {
    return this.#used.map(({ typed }) => typed);
  }

  /** Of the columns as they are loaded; null = they were not counted. */
  get counts(): ColumnCounts | null {
    return this.#rows.counts;
  }

  get #used(): readonly ColumnIntake[] {
    return this.#rows.columns.slice(0, this.#width);
  }

  get rowCount(): number {
    return this.lines.length;
  }

  get usual(): UsualRows | null {
    const isLooking = this.suspicious || this.#headerLeft > 0 || this.#unitsLeft > 0 || this.#held.length > 0;
    return isLooking ? null : this.#usual;
  }

  readonly #takeUsual = (rows: number, firstLine: number): void => {
    this.#isAfterBlank = false;
    for (let i = 0; i < rows; i++) this.lines.push(firstLine + i);
  };

  record(scanned: ScannedRecord): void {
    const record = this.#isLeading ? withoutFirst(scanned) : scanned;
    const { fields, quoting } = record;
    const { columns, minimum } = this.#shape;
    if (fields === 1 && quoting[0] === 0 && (columns > 1 || this.#headerLeft > 0) && isBlank(record, 0)) {
      this.#isAfterBlank = true;
      return;
    }
    if (isEndMark(record)) return;
    if (isRule(record)) {
      this.#skip(record, 'title or note');
      return;
    }
    const isAfterBlank = this.#isAfterBlank;
    this.#isAfterBlank = false;
    if (record.line > this.#endLine) {
      this.#skip(record, this.#frame.reasonOutside?.(record.line) ?? 'outside the chosen lines');
      return;
    }
    if (this.#headerLeft > 0) {
      if (this.#headerLeft-- === this.#frame.headerRows) {
        this.#names = copyRecord(record);
        this.#namesSize = record.end - record.begin;
      }
      return;
    }
    if (this.#unitsLeft > 0) {
      this.#unitsLeft--;
      this.#skip(record, 'units');
      return;
    }
    const size = record.end - record.begin;
    if (size === this.#namesSize && columns > 1 && isSameRecord(record, this.#names!)) {
      // What stands alone above them is the title of another page.
      while (this.#held.length > 0 && isLone(this.#held.at(-1)!.record))
        this.#skip(this.#held.pop()!.record, 'title or note');
      this.#skip(record, 'names again');
      return;
    }
    // The usual case first: as many fields as columns, none of them a word for sums, and something in the last or next to it.
    if (fields === columns && !mayBeTotal(record) && isFilledBehind(record)) this.#takeRow(record);
    else if (fields < minimum) this.#takeShort(record, isAfterBlank);
    else if (fields > columns && !this.#mayBeLonger(record)) return;
    else if (columns > 1 && isEmptyRecord(record)) {
      // Right below the names it is none.
      if (this.#names !== null && this.rowCount === 0 && this.#held.length === 0)
        this.#skip(record, 'no cell is filled');
      else this.#hold(record, 'no cell is filled');
    } else if (columns > 1 && this.#isSummary(record, isAfterBlank)) this.#hold(record, 'total');
    else if (this.rowCount > 0 && isNote(record)) this.#hold(record, 'title or note');
    else if (this.#names !== null && columns > 2 && (isLone(record) || summaryOf(record) === 'figure'))
      this.#hold(record, null);
    else this.#takeRow(record);
  }

  comment(line: number, text: Uint8Array): void {
    this.skipped.add(line, 'comment', text);
  }

  malformed(line: number, field: number, reason: string, text: Uint8Array): void {
    if (line > this.#endLine) {
      this.skipped.add(line, this.#frame.reasonOutside?.(line) ?? 'outside the chosen lines', text);
      return;
    }
    this.#note({
      line,
      column: field < this.#shape.columns ? field : null,
      reason,
      text: excerpt(this.#decoder, text),
    });
  }

  /** Batches completed since the last call; with `all` also the one under way. @throws UnexpectedCellError */
  drain(all: boolean): RowBatch[] {
    if (all) this.#release(this.rowCount === 0);
    return this.#rows.drain(all);
  }

  /** Forgets columns at the end that nothing is in. Call it after the last row. */
  dropColumnsFrom(width: number): void {
    this.#width = width;
  }

  #takeRow(record: ScannedRecord): void {
    if (this.#held.length > 0) this.#release(true);
    if (this.suspicious) this.#takeMended(record);
    else this.#rows.add(record);
    if (record.mended !== '') this.#noteMended(record, record.mended);
    this.lines.push(record.line);
  }

  /** A row whose last cells are missing, the rest of a row that a line end breaks, or a note. */
  #takeShort(record: ScannedRecord, isAfterBlank: boolean): void {
    const { columns, numeric = [] } = this.#shape;
    const { fields } = record;
    const fits = fitsNumbers(record, numeric);
    const before = this.#held.at(-1);
    const isBroken = before?.reason === null && before.record.fields < columns;
    if (!fits && isBroken && before.record.fields + fields - 1 === columns) {
      this.#held.pop();
      this.#release(true);
      this.#reject(
        before.record,
        `the row has ${before.record.fields} of ${columns} fields: a line end breaks it`,
      );
      this.#reject(record, `the row has ${fields} of ${columns} fields: a line end breaks it`);
    } else if (fields === 1 && !(fits && numeric.includes(0))) {
      if (columns > 2) {
        this.#skip(record, 'title or note');
        // What follows on a note is below the rows, too.
        this.#isAfterBlank = isAfterBlank;
      } else this.#reject(record, `the row has 1 of ${columns} fields`);
    } else if (!fits) this.#reject(record, `the row has ${fields} of ${columns} fields`);
    else this.#hold(record, isAfterBlank || before?.reason === 'title or note' ? 'title or note' : null);
  }

  /** Whether the fields beyond the last column are empty and do not shift the others; if not, the row is rejected. */
  #mayBeLonger(record: ScannedRecord): boolean {
    const { fields } = record;
    const { columns, numeric = [] } = this.#shape;
    for (let i = columns; i < fields; i++) {
      if (record.ends[i]! > record.starts[i]!) {
        this.#reject(record, `the row has ${fields} fields where ${columns} were expected`);
        return false;
      }
    }
    if (fitsNumbers(record, numeric)) return true;
    this.#reject(
      record,
      `the row has ${fields} fields where ${columns} were expected, and a delimiter too many shifts its cells`,
    );
    return false;
  }

  /** Whether a record reads like sums of the rows above, or, apart from those, like other figures of them. */
  #isSummary(record: ScannedRecord, isAfterBlank: boolean): boolean {
    const word = summaryOf(record);
    if (word === null) return false;
    const before = this.#held.at(-1);
    if (isAfterBlank || before?.reason === 'no cell is filled' || before?.reason === 'total') return true;
    if (word === 'total') return !this.#areTotalsRows || this.#hasGap(record);
    if (word === 'part') return !this.#areTotalsRows && this.#hasGap(record) && !isLone(record);
    // Of figures, two below each other are no chance.
    const isSecond = before?.reason === null && summaryOf(before.record) === 'figure';
    if (isSecond) this.#hold(this.#held.pop()!.record, 'total');
    return isSecond;
  }

  #hasGap(record: ScannedRecord): boolean {
    for (let i = 0; i < this.#shape.columns; i++) if (i >= record.fields || isBlank(record, i)) return true;
    return false;
  }

  #hold(record: ScannedRecord, reason: SkipReason | null): void {
    if (this.#held.length === MAX_HELD) this.#release(true);
    this.#held.push({ record: copyRecord(record), reason });
  }

  /** Decides on the records in doubt. @param rowFollows they stand between rows */
  #release(rowFollows: boolean): void {
    for (const { record, reason } of this.#held.splice(0)) {
      if (reason !== null && !rowFollows) {
        this.#skip(record, reason);
        continue;
      }
      if (reason === 'total') this.#areTotalsRows = true;
      if (record.fields < this.#shape.minimum) {
        this.filledRows = {
          count: (this.filledRows?.count ?? 0) + 1,
          line: this.filledRows?.line ?? record.line,
        };
      }
      this.#takeRow(record);
    }
  }

  #skip(record: ScannedRecord, reason: SkipReason): void {
    this.skipped.add(record.line, reason, record.bytes.subarray(record.begin, record.end));
  }

  /** Takes a row of a file that holds broken bytes: those become text, and the row is listed. */
  #takeMended(record: ScannedRecord): void {
    const { bytes, begin, end } = record;
    const { mended } = mendUtf8(bytes.subarray(begin, end));
    if (mended === 0 && holdsReplacement(bytes, begin, end)) {
      this.#noteMended(record, 'a byte is no text in the encoding of the file and is shown as \ufffd');
    }
    const whole = mended === 0 ? record : mendRecord(record);
    this.#rows.add(whole);
    if (mended > 0) {
      this.#noteMended(record, 'a byte is not valid UTF-8 and was read as Windows-1252');
    }
  }

  #reject(record: ScannedRecord, reason: string): void {
    this.#note({
      line: record.line,
      column: null,
      reason,
      text: excerpt(this.#decoder, record.bytes.subarray(record.begin, record.end)),
    });
  }

  #noteMended({ line, bytes, begin, end }: ScannedRecord, reason: string): void {
    this.mendedCount++;
    if (this.mended.length >= MAX_LISTED) return;
    this.mended.push({
      line,
      column: null,
      reason,
      text: excerpt(this.#decoder, bytes.subarray(begin, end)),
    });
  }

  #note(rejection: Rejection): void {
    this.rejectedCount++;
    if (this.rejections.length < MAX_LISTED) this.rejections.push(rejection);
  }
}
