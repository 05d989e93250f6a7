import { hashText, RandomStream } from '../../../src/domain/random';
import { raisedBy, rangeValues } from '../../../src/domain/rarity';
import { type DecodeDraws, drawKey } from './contract';
import { inventValues } from './invented-values';
import { slotOfRow } from './row-slots';
import { MIN_VALUES } from './supported-counts';

/** Invented texts that stand for hidden ones, repeated as these are. Holds no value of the data. */
export interface RareTexts {
  /** Those of each stretch of rows, one stretch after the other. */
  readonly values: readonly string[];
  /** Stretches of rows with values of their own; later ones have those of earlier ones again. Absent = one. */
  readonly stretches?: number;
  /** [k]: how many of the values of a stretch, in their order, k + 1 rows hold. */
  readonly holders: readonly number[];
  /** Rows of a stretch, in which all its values come as often as in the data. */
  readonly rows: number;
  /**
   * Column of the output whose draws these values follow: `holders` and `rows` are its, and of its values as many go with
   * each of these as there are more of them. Absent = draws of their own.
   */
  readonly drawnAs?: number;
  /** They are numbers that tell values apart, as these have no form. */
  readonly isNumbered?: true;
}

/** A smaller part of the rows is not worth inventing anything. */
const MIN_HIDDEN_SHARE = 0.02;
const MAX_VALUES = 100_000;
/** Other values for so many times the rows trained on, as long as they are no more than this in all. */
const MAX_STRETCHES = 10;
const MAX_OF_STRETCHES = 20_000;
/** Repetitions are told up to here; only values that are one subject's come so often. */
const MAX_REPEATS = 100;
/** The number of values is rounded, so that nobody's presence shows. */
const ROUNDED = 10;

/** The values that texts are invented for. */
interface HiddenTexts {
  /** Distinct. */
  readonly hidden: readonly string[];
  /** Those that show the form: one of each subject. */
  readonly shown: readonly string[];
  /** Rows of each hidden one. */
  readonly counts: readonly number[];
  /** Of the column, those without a value included. */
  readonly rows: number;
  /** Whether a text is a value of the data. */
  readonly isTaken: (text: string) => boolean;
  /** Of the settings; absent = the usual one. */
  readonly rareThreshold?: number | undefined;
  /** Text of a number, for values without a form that must be told apart all the same; absent = frequent values stand for them. */
  readonly numbered?: ((number: number) => string) | undefined;
}

/**
 * Texts for the hidden values of a column, or null: frequent values are better where few rows are hidden or the hidden
 * values have no form.
 */
export function inventRareTexts(
  { hidden, shown, counts, rows, isTaken, rareThreshold, numbered }: HiddenTexts,
  seed: number,
): RareTexts | null {
  const raised = raisedBy(rareThreshold);
  const hiddenRows = counts.reduce((sum, count) => sum + count, 0);
  if (hidden.length < rangeValues(raised) || hiddenRows < MIN_HIDDEN_SHARE * rows) return null;
  const holders = holdersOf(counts, MIN_VALUES + raised);
  const total = holders.reduce((sum, values) => sum + values, 0);
  // The rows held back are people, too: as many rows as the data have take a second stretch.
  const wanted = Math.min(MAX_STRETCHES, Math.max(2, Math.floor(MAX_OF_STRETCHES / total)));
  const stream = new RandomStream(seed, 'invented values');
  const formed = inventValues(shown, total, isTaken, stream, raised, (wanted - 1) * total);
  if (!formed && !numbered) return null;
  const values = formed ?? numberedTexts(numbered!, wanted * total, isTaken);
  const stretches = Math.floor(values.length / total);
  return {
    ...{ values: values.slice(0, stretches * total), holders, rows },
    ...(stretches > 1 && { stretches }),
    ...(!formed && { isNumbered: true }),
  };
}

function numberedTexts(
  numbered: (number: number) => string,
  count: number,
  isTaken: (text: string) => boolean,
): string[] {
  const texts: string[] = [];
  for (let number = 100_001; texts.length < count; number++) {
    const text = numbered(number);
    if (!isTaken(text)) texts.push(text);
  }
  return texts;
}

/** Whether somebody holds a value, and no more values are held than were ever invented. */
export function isHeld(holders: readonly number[]): boolean {
  const total = holders.reduce((sum, values) => sum + values, 0);
  return total > 0 && total <= MAX_VALUES;
}

/** Values of one stretch of rows. */
export function valuesOfStretch({ values, stretches = 1 }: Pick<RareTexts, 'values' | 'stretches'>): number {
  return values.length / stretches;
}

/** Values by the rows that hold each: fewer than `least` values join those of one row less, the total is rounded. */
function holdersOf(counts: readonly number[], least: number): number[] {
  const holders = new Array<number>(MAX_REPEATS).fill(0);
  for (const count of counts) holders[Math.min(count, MAX_REPEATS) - 1]!++;
  for (let k = MAX_REPEATS - 1; k > 0; k--) {
    if (holders[k]! >= least) continue;
    holders[k - 1]! += holders[k]!;
    holders[k] = 0;
  }
  const total = Math.min(MAX_VALUES, Math.round(counts.length / ROUNDED) * ROUNDED);
  const scaled = holders.map((values) => Math.floor((values * total) / counts.length));
  const largest = scaled.indexOf(Math.max(...scaled));
  scaled[largest]! += total - scaled.reduce((sum, values) => sum + values, 0);
  return scaled;
}

/** Values of a stretch in an order of their own, and the rows before each. */
interface Holding {
  readonly values: Uint32Array;
  readonly starts: Uint32Array;
  /** Rows of all. */
  readonly rows: number;
}

/** Any other would do: values of few rows and of many take turns. */
const ORDER_KEY = hashText('order of invented values');

const holdings = new WeakMap<readonly number[], Holding>();

/** Who holds which rows of a stretch; worked out once. */
function holdingOf(holders: readonly number[]): Holding {
  const known = holdings.get(holders);
  if (known) return known;
  const rowsOf = holders.flatMap((values, k) => new Array<number>(values).fill(k + 1));
  const values = Uint32Array.from(rowsOf, (_, i) => slotOfRow(ORDER_KEY, i, rowsOf.length));
  const starts = new Uint32Array(values.length);
  let rows = 0;
  values.forEach((value, i) => {
    starts[i] = rows;
    rows += rowsOf[value]!;
  });
  const holding = { values, starts, rows };
  holdings.set(holders, holding);
  return holding;
}

/**
 * Draws for rows whose value is hidden: indices into the invented values. More rows than the data have are those of more
 * values, each of which has all its rows; fewer are some rows of all.
 */
export class RareTextDraw {
  readonly #key: number;
  readonly #texts: RareTexts;
  readonly #holding: Holding;
  readonly #slots: number;
  readonly #values: number;
  /** Values of the column whose draws are followed, for each of these values. */
  readonly #perValue: number;

  constructor(texts: RareTexts, draws: DecodeDraws) {
    this.#key = drawKey({ ...draws, column: texts.drawnAs ?? draws.column });
    this.#texts = texts;
    this.#holding = holdingOf(texts.holders);
    this.#slots = Math.max(draws.rows ?? 0, texts.rows);
    this.#values = valuesOfStretch(texts);
    this.#perValue = this.#holding.values.length / this.#values;
  }

  /** @param row absolute number */
  indexOf(row: number): number {
    const { rows, stretches = 1 } = this.#texts;
    const { values, starts, rows: held } = this.#holding;
    const round = Math.floor(row / this.#slots);
    const at = Math.floor((slotOfRow(this.#key, row, this.#slots) * held) / rows);
    const stretch = round * Math.ceil(this.#slots / rows) + Math.floor(at / held);
    const value = values[lastUpTo(starts, at % held)]!;
    const own = Math.min(Math.floor(value / this.#perValue), this.#values - 1);
    return (stretch % stretches) * this.#values + own;
  }
}

/** Index of the last of ascending numbers that is at most so large. */
function lastUpTo(ascending: Uint32Array, limit: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (ascending[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
