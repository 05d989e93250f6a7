import type { ColumnValues } from '../formats/table-format';
import { unescaped } from './backslashes';
import type { SpellingCounter } from './null-spellings';
import type { RowSpans } from './row-spans';
import { QUOTING, type Separators } from './scanned-record';
import { sampledText, TextColumnBuilder } from './text-column-builder';
import { type BytesNotation, type TypedColumnBuilder, typedColumnBuilder } from './typed-column-builder';

const SPACE = 32;
const TAB = 9;
/** Later batches are sampled at every so manyth row. */
const SAMPLE_STEP = 2_048;

/** Thrown when a cell does not read as the ones before it did, and those cannot be made texts again. */
export class UnexpectedCellError extends Error {
  override readonly name = 'UnexpectedCellError';
  constructor(readonly column: number) {
    super(`a cell of column ${column} is not of the notation of the ones before`);
  }
}

/** What is shared by the columns of a file. */
export interface IntakeOptions {
  readonly spellings: SpellingCounter;
  readonly separators: Separators;
}

/** Takes the cells of one column in, as texts or, once its notation is known, as values. */
export class ColumnIntake {
  /** Cells that are neither null nor blank. */
  filled = 0;
  /** Cells of nothing but blanks, and the first of them. */
  blanks = 0;
  blankText: string | undefined;
  /** Some cell, empty or not, stands without quotes; some empty one stands in them. */
  hasBare = false;
  hasQuotedEmpty = false;
  /** Some hundred cells that are not null. */
  readonly sample: string[] = [];
  readonly #index: number;
  readonly #options: IntakeOptions;
  readonly #texts = new TextColumnBuilder();
  #typed: TypedColumnBuilder | null = null;
  #rows = 0;

  constructor(index: number, options: IntakeOptions) {
    this.#index = index;
    this.#options = options;
  }

  /** How all of its cells were read so far; null = they are texts. */
  get typed(): TypedColumnBuilder | null {
    return this.#typed;
  }

  /** Bytes that its texts take. */
  get byteLength(): number {
    return this.#texts.byteLength;
  }

  /** Takes the cells of some rows. @throws UnexpectedCellError */
  take(spans: RowSpans): void {
    const { bytes, rows } = spans;
    const from = this.#index * spans.capacity;
    const firsts = this.#options.spellings.starts;
    const texts = this.#texts;
    (this.#typed ?? texts).reserve(rows);
    for (let at = from; at < from + rows; at++) {
      const start = spans.starts[at]!;
      const end = spans.ends[at]!;
      const quoting = spans.quoting[at]!;
      const first = bytes[start]!;
      if (quoting === QUOTING.plain) this.hasBare = true;
      const typed = this.#typed;
      if (typed !== null && this.#rows++ % SAMPLE_STEP === 0 && (end > start || quoting !== QUOTING.plain)) {
        this.sample.push(sampledText(bytes, start, end));
      }
      // The first byte tells of most cells that they are neither blank nor a spelling of "no value".
      if (quoting <= QUOTING.quoted && end > start && first > SPACE && firsts[first] === 0) {
        this.filled++;
        if (typed === null) texts.append(bytes, start, end);
        else if (!typed.append(bytes, start, end)) this.#demote(rows).append(bytes, start, end);
      } else this.#takeOther(bytes, start, end, quoting, rows);
    }
  }

  /** Reads what was taken so far as a notation, if all of it can be, and what comes too. */
  readAs(notation: BytesNotation): void {
    const { spellings } = this.#options;
    const typed = typedColumnBuilder(notation);
    typed.reserve(this.#texts.length);
    const isRead = this.#texts.every((bytes, start, end, isNull) => {
      if (isNull || areSpaces(bytes, start, end)) typed.appendNull(isNull);
      else if (spellings.find(bytes, start, end) >= 0) typed.appendNull(false);
      else return appendTrimmed(typed, bytes, start, end);
      return true;
    });
    if (!isRead) return;
    this.#texts.clear();
    this.#typed = typed;
  }

  /** Samples a batch of texts. @param count of the first batch, which may be the only one */
  sampleTexts(count?: number): void {
    const step = count === undefined ? SAMPLE_STEP : Math.max(1, Math.floor(this.#texts.length / count));
    this.#texts.sample(step, this.sample);
  }

  /** Cells since the last call, valid until the next one is taken. */
  takeBatch(): Exclude<ColumnValues, { readonly type: null }> {
    this.#rows = 0;
    return (this.#typed ?? this.#texts).take();
  }

  /** @param rows that are being taken */
  #takeOther(bytes: Uint8Array, start: number, end: number, quoting: number, rows: number): void {
    const { spellings, separators } = this.#options;
    if (!isBlank(bytes, start, end)) this.filled++;
    else {
      if (end > start) {
        this.blanks++;
        this.blankText ??= new TextDecoder().decode(bytes.subarray(start, end));
      }
      if (quoting === QUOTING.plain) {
        if (this.#typed === null) this.#texts.appendNull();
        else this.#typed.appendNull(true);
        return;
      }
      if (end === start) this.hasQuotedEmpty = true;
    }
    const isSpelling = spellings.count(bytes, start, end, this.#index);
    const typed = this.#typed;
    if (typed !== null && quoting <= QUOTING.quoted) {
      if (isSpelling || areSpaces(bytes, start, end)) {
        typed.appendNull(false);
        return;
      }
      if (appendTrimmed(typed, bytes, start, end)) return;
    }
    const texts = typed === null ? this.#texts : this.#demote(rows);
    if (quoting >= QUOTING.escaped) {
      const text = unescaped(bytes.subarray(start, end), separators);
      texts.append(text, 0, text.length);
    } else if (quoting === QUOTING.doubled) texts.appendUnquoted(bytes, start, end);
    else texts.append(bytes, start, end);
  }

  /** Makes the column one of texts again; its batches so far print as they were written. */
  #demote(rows: number): TextColumnBuilder {
    const typed = this.#typed!;
    if (!typed.isCanonical) throw new UnexpectedCellError(this.#index);
    this.#typed = null;
    this.#texts.reserve(typed.length + rows);
    const encoder = new TextEncoder();
    for (const text of typed.takeTexts()) {
      if (text === null) this.#texts.appendNull();
      else {
        const bytes = encoder.encode(text);
        this.#texts.append(bytes, 0, bytes.length);
      }
    }
    return this.#texts;
  }
}

/** Blanks alone, or nothing. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE && bytes[at] !== TAB) return false;
  return true;
}

/** What SQL's trim leaves nothing of. */
function areSpaces(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== SPACE) return false;
  return true;
}

/** Appends a value without the spaces around it. */
function appendTrimmed(typed: TypedColumnBuilder, bytes: Uint8Array, start: number, end: number): boolean {
  let from = start;
  let to = end;
  while (from < to && bytes[from] === SPACE) from++;
  while (to > from && bytes[to - 1] === SPACE) to--;
  if (!typed.append(bytes, from, to)) return false;
  if (from > start || to < end) typed.isCanonical = false;
  return true;
}
