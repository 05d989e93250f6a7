import { DAY } from '../../../../src/domain/calendar';
import type { RuleOf } from '../../../../src/domain/rules';
import { codeColumn } from '../../../rules/rule-column';
import { decidingNumbers } from '../../../rules/thresholds';
import { runsAlong } from './class-runs';
import { neededViolations } from './evidence';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';
import { isEvident } from './thresholds';

/** The first so many columns of numbers, and of dates, are compared. */
const MAX_NUMBERS = 100;
const MAX_DATES = 30;
/** Values of one of the two columns. */
const MIN_CELLS = 6;
/** Values of a class; some may stand where one of the two columns is missing. */
const MAX_CELLS = 8;
/** Rows of each class that a first look takes. */
const FIRST_ROWS = 50;

/** A column of few values, with some rows of each. */
interface Class {
  readonly column: SampledColumn;
  readonly first: Int32Array;
}

/** Columns of few values that say which of two numbers or dates is greater, or that they are equal. */
export async function findComparisons(
  columns: readonly SampledColumn[],
  targets: readonly SampledColumn[],
  decides: (from: SampledColumn, to: SampledColumn) => boolean,
  pacer: Pacer,
): Promise<RuleOf<'thresholds'>[]> {
  const of = (type: 'number' | 'date', count: number) =>
    columns.filter((column) => column.type === type && column.cells.length >= 2).slice(0, count);
  const pairs = [of('number', MAX_NUMBERS), of('date', MAX_DATES)]
    .flatMap((own) => own.flatMap((a, i) => own.slice(i + 1).map((b) => [a, b] as const)))
    .filter((pair) => pair.some(({ cells }) => cells.length >= MIN_CELLS));
  let classes = targets.filter(isClass).map((column): Class => ({ column, first: firstRows(column) }));
  const needed = neededViolations(pairs.length * classes.length);
  const found: RuleOf<'thresholds'>[] = [];
  for (const [a, b] of pairs) {
    const isMixed = a.source.storageType !== b.source.storageType && a.type === 'date';
    const value = (values: Float64Array, row: number) =>
      isMixed ? DAY * Math.floor(values[row]! / DAY) : values[row]!;
    const difference = (row: number) => value(a.numbers!, row) - value(b.numbers!, row);
    for (const own of classes) {
      const { column } = own;
      if (column === a || column === b || !tellsSigns(own, difference)) continue;
      const rule = ruleOf(a, b, column, difference, needed);
      if (!rule) continue;
      found.push(rule);
      // What follows from this class follows from the two columns.
      classes = classes.filter((other) => other !== own && !decides(column, other.column));
    }
    if (pacer.due) await pacer.tick();
  }
  return found;
}

function isClass({ type, cells }: SampledColumn): boolean {
  return type !== 'date' && cells.length >= 2 && cells.length <= MAX_CELLS;
}

function firstRows({ codes, cells }: SampledColumn): Int32Array {
  const left = new Int32Array(cells.length).fill(FIRST_ROWS);
  return Int32Array.from(codes.keys()).filter((row) => codes[row]! >= 0 && left[codes[row]!]!-- > 0);
}

/** Index of a sign: negative, zero, positive. */
function signOf(difference: number): number {
  return difference < 0 ? 0 : difference === 0 ? 1 : 2;
}

/** Whether the first rows with a difference of one sign have one class, and another one with the other sign. */
function tellsSigns({ column: { codes }, first }: Class, difference: (row: number) => number): boolean {
  const cells = [-1, -1, -1];
  for (const row of first) {
    const own = difference(row);
    if (Number.isNaN(own)) continue;
    const sign = signOf(own);
    if (cells[sign]! < 0) cells[sign] = codes[row]!;
    else if (cells[sign] !== codes[row]) return false;
  }
  return cells[0]! >= 0 && cells[2]! >= 0 && cells[0] !== cells[2];
}

function ruleOf(
  a: SampledColumn,
  b: SampledColumn,
  to: SampledColumn,
  difference: (row: number) => number,
  needed: number,
): RuleOf<'thresholds'> | null {
  const differences = Float64Array.from(to.codes, (_, row) => difference(row));
  const order = Int32Array.from(differences.keys())
    .filter((row) => !Number.isNaN(differences[row]!))
    .sort((x, y) => differences[x]! - differences[y]!);
  const runs = runsAlong(order, differences, to);
  if (!runs || runs.length > 3 || !isEvident(runs, differences, to, order, needed)) return null;
  const names = { kind: 'thresholds' as const, target: to.name, column: a.name, minus: b.name };
  const [below, equal, above] = cellsOfSigns(a, b, to);
  if (below === undefined || above === undefined || below === above) return null;
  // Nothing tells where equal numbers belong that no row has: to the smaller.
  if (equal === undefined || equal === below || equal === above)
    return { ...names, thresholds: [0], cells: [below, above], inclusive: equal !== above };
  const step = smallestStep(a, b);
  return step === null
    ? null
    : { ...names, thresholds: [0, step], cells: [below, equal, above], inclusive: false };
}

/** The cells of negative, zero and positive differences that enough rows of the table have. */
function cellsOfSigns(
  a: SampledColumn,
  b: SampledColumn,
  to: SampledColumn,
): (string | number | undefined)[] {
  const { codes, cells } = codeColumn(to.source);
  const counts = [0, 1, 2].map(() => new Uint32Array(cells.length));
  decidingNumbers({ column: a.name, minus: b.name }, [a.source, b.source]).forEach((own, row) => {
    if (codes[row]! >= 0 && !Number.isNaN(own)) counts[signOf(own)]![codes[row]!]!++;
  });
  return counts.map((own) => {
    const code = own.findIndex((count) => count >= to.minRows);
    return code < 0 ? undefined : (cells[code] as string | number);
  });
}

/** A positive difference that none falls short of; null if numbers have no grid. */
function smallestStep(a: SampledColumn, b: SampledColumn): number | null {
  if (a.type === 'date') return [a, b].some(({ source }) => source.storageType === 'date') ? DAY : 1;
  return a.decimals === null || b.decimals === null ? null : 10 ** -Math.max(a.decimals, b.decimals) / 2;
}
