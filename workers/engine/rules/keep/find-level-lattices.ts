import { columnLength } from '../../../../src/domain/column-data';
import { hash, RandomStream } from '../../../../src/domain/random';
import { codeColumn, numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { commonDivisor } from '../../encoding/common-step';
import { findDecimals, toUnits } from '../../encoding/decimal-grid';
import type { LevelLattice } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import type { ReadColumn } from './extra-columns';
import { isBinnedNumber } from './number-columns';

/** Columns of each kind that are compared, at most. */
const MAX_COLUMNS = 60;
const MAX_LEVELS = 20;
/** Rows in which lattices are sought; what is found is checked on all. */
const MAX_ROWS = 2000;
/** Rows of a level, and different numbers, for its lattice to be no chance. */
const MIN_ROWS = 30;
const MIN_VALUES = 20;
const MIN_NATS = 15;
/** Share of the rows whose level has a lattice of its own. */
const MIN_SHARE = 0.05;

/** Numbers offset + k · step in units of the grid; step 0 = one number, or none. */
interface Lattice {
  readonly step: number;
  readonly offset: number;
}

/** Lattices of a column's numbers where another column holds certain values. */
export interface LevelLattices {
  readonly column: string;
  readonly by: string;
  readonly decimals: number;
  readonly lattices: readonly LevelLattice[];
  /** Values of `by`. */
  readonly levels: number;
}

/**
 * Binned numbers that are multiples of a step wherever another column of few values says so: deliveries in pallets of 24
 * to some shops, sums of so many prices on .99. Of several columns that tell a lattice, the one that tells most counts.
 * 0 may stand for none and lies on every lattice.
 */
export async function findLevelLattices(
  features: readonly FeatureColumn[],
  read: ReadColumn,
  pause: () => Promise<void>,
): Promise<LevelLattices[]> {
  const numbers = features.filter(isBinnedNumber).slice(0, MAX_COLUMNS);
  const levels = features
    .filter(({ encodingType }) => /CATEGORICAL|DISCRETE/.test(encodingType))
    .slice(0, MAX_COLUMNS);
  if (numbers.length === 0 || levels.length === 0) return [];
  const rows = sampleRows(columnLength((await read(numbers[0]!.schema.name)).data), features.length);
  const coded: { readonly column: RuleColumn; readonly codes: Int32Array; readonly count: number }[] = [];
  for (const { schema } of levels) {
    const column = await read(schema.name);
    const { codes, cells } = codeColumn(column, rows);
    if (cells.length > 1 && cells.length <= MAX_LEVELS) coded.push({ column, codes, count: cells.length });
    await pause();
  }
  const found: LevelLattices[] = [];
  for (const { schema } of numbers) {
    const column = await read(schema.name);
    await pause();
    const units = unitsOf(column, rows);
    if (!units) continue;
    const whole = latticesOf(units.values, new Int32Array(units.values.length), 1)[0]!;
    let best: { readonly by: RuleColumn; readonly told: number } | null = null;
    for (const { column: by, codes, count } of coded) {
      const told = toldBy(units.values, codes, latticesOf(units.values, codes, count), whole);
      if (told > (best?.told ?? 0)) best = { by, told };
    }
    const checked = best && inAllRows(column, best.by);
    if (checked) found.push(checked);
  }
  return found;
}

/** Whether a number lies on the lattice of one level alone, and every level has one: then it decides the level. */
export function decideLevels({ lattices, levels }: LevelLattices): boolean {
  const meet = (a: LevelLattice, b: LevelLattice) =>
    (a.offset - b.offset) % commonDivisor(a.step, b.step) === 0;
  return (
    lattices.length === levels && lattices.every((a, at) => lattices.slice(at + 1).every((b) => !meet(a, b)))
  );
}

function sampleRows(count: number, columns: number): Uint32Array {
  const stream = new RandomStream(hash(count, columns), 'level lattices');
  return stream.spreadRows(count, Math.min(count, MAX_ROWS));
}

/** Numbers in units of their grid, NaN = missing; null without a grid. */
function unitsOf(
  column: RuleColumn,
  rows: Uint32Array | null,
): { readonly values: Float64Array; readonly decimals: number } | null {
  const all = numbersOf(column);
  const own = rows ? Float64Array.from(rows, (row) => all[row]!) : all;
  const present = own.filter((value) => !Number.isNaN(value));
  const largest = present.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  const decimals = findDecimals(present, 0, largest);
  if (decimals === null) return null;
  return { values: own.map((value) => toUnits(value, decimals)), decimals };
}

/** The widest lattice that holds all numbers of a level but 0, of each level. */
function latticesOf(values: Float64Array, codes: Int32Array, levels: number): Lattice[] {
  const firsts = new Float64Array(levels).fill(Number.NaN);
  const steps = new Float64Array(levels);
  for (let row = 0; row < values.length; row++) {
    const [value, code] = [values[row]!, codes[row]!];
    if (code < 0 || value === 0 || steps[code] === 1 || Number.isNaN(value)) continue;
    if (Number.isNaN(firsts[code]!)) firsts[code] = value;
    else steps[code] = commonDivisor(steps[code]!, Math.abs(value - firsts[code]!));
  }
  return Array.from(steps, (step, code) => ({ step, offset: step > 0 ? modulo(firsts[code]!, step) : 0 }));
}

function modulo(value: number, step: number): number {
  return ((value % step) + step) % step;
}

/**
 * Levels with a lattice of their own, and the nats by which it surprises: the logarithm of the chance that as many rows of
 * all levels would lie on it.
 */
function ownLattices(
  values: Float64Array,
  codes: Int32Array,
  lattices: readonly Lattice[],
  whole: Lattice,
): { readonly level: number; readonly rows: number; readonly nats: number }[] {
  const rows = new Uint32Array(lattices.length);
  const different = lattices.map(() => new Set<number>());
  values.forEach((value, row) => {
    const code = codes[row]!;
    if (code < 0 || value === 0 || Number.isNaN(value) || lattices[code]!.step <= whole.step) return;
    rows[code]!++;
    if (different[code]!.size < MIN_VALUES) different[code]!.add(value);
  });
  return [...rows].flatMap((count, level) => {
    if (count < MIN_ROWS || different[level]!.size < MIN_VALUES) return [];
    const nats = -count * Math.log(shareOn(values, lattices[level]!));
    return nats >= MIN_NATS ? [{ level, rows: count, nats }] : [];
  });
}

/** Of numbers other than 0. */
function shareOn(values: Float64Array, { step, offset }: Lattice): number {
  let [present, on] = [0, 0];
  for (const value of values) {
    if (value === 0 || Number.isNaN(value)) continue;
    present++;
    if ((value - offset) % step === 0) on++;
  }
  return on / present;
}

/** Nats by which the lattices of levels narrow the numbers down. */
function toldBy(
  values: Float64Array,
  codes: Int32Array,
  lattices: readonly Lattice[],
  whole: Lattice,
): number {
  const own = ownLattices(values, codes, lattices, whole);
  if (own.reduce((sum, { rows }) => sum + rows, 0) < MIN_SHARE * values.length) return 0;
  return own.reduce((sum, { nats }) => sum + nats, 0);
}

/** What holds in all rows; null if nothing does. */
function inAllRows(column: RuleColumn, by: RuleColumn): LevelLattices | null {
  const units = unitsOf(column, null);
  if (!units) return null;
  const { codes, cells } = codeColumn(by);
  const found = latticesOf(units.values, codes, cells.length);
  const whole = latticesOf(units.values, new Int32Array(codes.length), 1)[0]!;
  const lattices = ownLattices(units.values, codes, found, whole).map(
    ({ level }): LevelLattice => ({ cell: cells[level]!, ...found[level]! }),
  );
  return lattices.length === 0
    ? null
    : { column: column.name, by: by.name, decimals: units.decimals, lattices, levels: cells.length };
}
