import type { CsvDialect } from '../../../src/domain/sources';
import { areCodes } from './codes';
import { COUNTED_TIMES, compactDates, namesTime } from './counted-times';
import { dateParsers } from './date-parsers';
import { localDates } from './local-dates';
import { mailDate } from './mail-dates';
import { markedNumbers } from './marked-numbers';
import { TIMES_OF_DAY } from './times-of-day';
import type { ValueParser } from './value-parser';
import { numberParsers } from './value-parsers';

const shapes = new WeakMap<ValueParser, RegExp>();

/** The regular expression of a notation for a whole trimmed text. */
export function shapeOf(parser: ValueParser): RegExp {
  let shape = shapes.get(parser);
  if (!shape) {
    shape = new RegExp(`^(?:${parser.shape})$`);
    shapes.set(parser, shape);
  }
  return shape;
}

/** Longer texts are no values. */
const MAX_LENGTH = 64;
const LOOKED_AT = 32;

/** Notations that at least half of the sample has, in the order they are tried. */
export function candidateParsers(sample: readonly string[], parsers: readonly ValueParser[]): ValueParser[] {
  if (sample.length === 0) return [];
  const step = Math.ceil(sample.length / LOOKED_AT);
  const some = sample.filter((_, i) => i % step === 0);
  return parsers.filter((parser) => {
    const shape = shapeOf(parser);
    // A few from all over tell of most notations that they are none of the column's.
    if (!some.some((text) => shape.test(text))) return false;
    let misses = 0;
    for (const text of sample) {
      if (text.length < MAX_LENGTH && shape.test(text)) continue;
      if (++misses > sample.length / 2) return false;
    }
    return true;
  });
}

/** All notations for files of this dialect, in the order they are tried. */
export function parsersFor(
  dialect: Pick<CsvDialect, 'decimal' | 'delimiter'>,
  decimalPinned: boolean,
  dayFirst?: boolean,
): ValueParser[] {
  const usual = dialect.decimal === ',' || dialect.delimiter === ';';
  const dates = dateParsers(dayFirst ?? usual);
  const wrong = dayFirst === undefined ? null : dayFirst ? 'month-first' : 'day-first';
  return [
    ...numberParsers(dialect.decimal, decimalPinned),
    ...TIMES_OF_DAY,
    mailDate,
    ...(wrong === null ? dates : dates.filter(({ order }) => order !== wrong)),
  ];
}

/** Finds the notations to try for the columns of one file. */
export class Candidates {
  readonly #decimal: '.' | ',';
  readonly #standard: ValueParser[];
  readonly #byOrder: Readonly<Record<'true' | 'false', () => ValueParser[]>>;

  constructor(dialect: Pick<CsvDialect, 'decimal' | 'delimiter'>, decimalPinned: boolean) {
    this.#decimal = dialect.decimal;
    this.#standard = parsersFor(dialect, decimalPinned);
    this.#byOrder = {
      true: () => parsersFor(dialect, decimalPinned, true),
      false: () => parsersFor(dialect, decimalPinned, false),
    };
  }

  /**
   * @param sample texts of the column that are not null, trimmed
   * @param name of the column
   * @param dayFirst what a person chose
   */
  of(sample: readonly string[], name: string, dayFirst?: boolean): ValueParser[] {
    if (sample.length === 0 || areCodes(sample)) return [];
    const standard = dayFirst === undefined ? this.#standard : this.#byOrder[`${dayFirst}`]();
    const counted = namesTime(name) ? candidateParsers(sample, COUNTED_TIMES) : compactDates(sample);
    const found = [...counted, ...candidateParsers(sample, standard)];
    const [first] = found;
    if (first && sample.every((text) => shapeOf(first).test(text))) return found;
    const own = [...markedNumbers(sample, this.#decimal), ...localDates(sample)];
    return [...found, ...candidateParsers(sample, own)];
  }
}
