import type { WriterOf } from './writer';

/** Numbers fill their range so much that they were counted up. */
const MAX_GAPS = 20;
/** Whole numbers that a double holds exactly. */
const MAX_EXACT = 2 ** 53;

/** What new numbers must look like. */
export interface KeyNumbers {
  /** Distinct, in the order of the rows. */
  readonly numbers: readonly number[];
  /** Rows that will be written about. */
  readonly rows: number;
}

/** Whether numbers were counted up, with gaps. */
export function areCounted(numbers: readonly number[]): boolean {
  const [min, max] = extremes(numbers);
  return numbers.length > 1 && max - min + 1 <= MAX_GAPS * numbers.length;
}

/**
 * New numbers above those of the data: with as many digits if enough are left there, else with one digit more. Where the
 * data are counted up, so are these; else they lie as far apart. The start tells two digits of the largest.
 */
export function numberKeys({ numbers, rows }: KeyNumbers): WriterOf<'numbers'> {
  const [min, max] = extremes(numbers);
  const isAscending = numbers.every((value, i) => i === 0 || value > numbers[i - 1]!);
  const shuffled = isAscending ? 0 : rows;
  const counted = areCounted(numbers);
  const step = numbers.length > 1 ? (max - min) / (numbers.length - 1) : 1;
  const ownGap = counted ? (Number.isInteger(step) ? step : 1) : 1;
  const above = Math.max(Math.abs(min), Math.abs(max), 1);
  if (above > MAX_EXACT / 100) return besideHuge(numbers, rows, shuffled);
  const digits = Math.floor(Math.log10(above)) + 1;
  const magnitude = 10 ** Math.max(0, digits - 2);
  const next = (Math.floor(above / magnitude) + 1) * magnitude + (counted && magnitude > 1 ? 1 : 0);
  const left = (10 ** digits - next) / rows;
  const start = left >= 2 * ownGap ? next : 10 ** digits + (counted ? 1 : 0);
  const room = start === next ? left : (9 * 10 ** digits) / rows;
  const gap = counted ? ownGap : Math.max(1, Math.floor(room / 2));
  return { as: 'numbers', start, gap, isScattered: !counted && gap > 1, shuffled };
}

/** Doubles lie too far apart there: numbers of 15 digits, or counted from 1 where the data have such, too. */
function besideHuge(numbers: readonly number[], rows: number, shuffled: number): WriterOf<'numbers'> {
  const isFree = numbers.every((value) => Math.abs(value) < 1e14 || Math.abs(value) >= 1e15);
  if (!isFree) return { as: 'numbers', start: 1, gap: 1, isScattered: false, shuffled };
  const gap = Math.max(1, Math.floor(4e14 / rows));
  return { as: 'numbers', start: 1e14, gap, isScattered: gap > 1, shuffled };
}

function extremes(numbers: readonly number[]): [number, number] {
  return [
    numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  ];
}
