/** Cells that a step by itself changes; what is computed stands in restore.ts. */
import { DAY } from '../../../../src/domain/calendar';
import type { ColumnData } from '../../../../src/domain/column-data';
import { nearestMultiple } from '../../../rules/decimals';
import { codeColumn, columnNamed, missingOf, numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { fromUnits, toUnits } from '../../encoding/decimal-grid';
import { EQUAL, type KeepingStep } from '../../models/kept-rules';
import { type Change, chosenCells, type GivenCells, keepDifferent, openRows } from './changes';

export function gapChanges(
  step: Extract<KeepingStep, { kind: 'gap' }>,
  columns: readonly RuleColumn[],
  given: GivenCells,
): Change[] {
  const [low, high, gap] = [step.low, step.high, step.gap].map((name) => columnNamed(columns, name));
  const [from, to, gaps] = [low!, high!, gap!].map(numbersOf);
  const known = from!.map((value, row) => Number(!Number.isNaN(value + to![row]! + gaps![row]!)));
  const both = (a: Uint8Array, b: ArrayLike<number>) => a.map((flag, row) => flag & b[row]!);
  const openHigh = both(openRows(high!, given, false), known);
  const openLow = both(
    both(openRows(low!, given, false), known),
    openHigh.map((flag) => 1 - flag),
  );
  // Days are counted where one of the two has no time; the other keeps its own.
  const byDay = low!.storageType === 'date' || high!.storageType === 'date';
  const shift = (base: Float64Array, own: Float64Array, sign: 1 | -1): ColumnData => ({
    kind: 'number',
    values: base.map((value, row) => {
      const start = byDay ? dayOf(value) + own[row]! - dayOf(own[row]!) : value;
      return start + sign * gaps![row]! * step.unit || 0;
    }),
    nulls: null,
  });
  return [
    { target: step.high, data: shift(from!, to!, 1), rows: openHigh },
    { target: step.low, data: shift(to!, from!, -1), rows: openLow },
  ];
}

export function dayOf(instant: number): number {
  return Math.floor(instant / DAY) * DAY;
}

export function equalled(
  { from, to, flag }: Extract<KeepingStep, { kind: 'equal' }>,
  columns: readonly RuleColumn[],
  given: GivenCells,
): Change[] {
  const [first, second] = [columnNamed(columns, from), columnNamed(columns, to)];
  const { codes, cells } = codeColumn(columnNamed(columns, flag));
  const equal = cells.indexOf(EQUAL);
  const missing = missingOf(first);
  const openTo = openRows(second, given, false);
  const openFrom = openRows(first, given, false);
  const says = missing.map((isMissing, row) => Number(codes[row] === equal && equal >= 0 && !isMissing));
  return [
    { target: to, data: first.data, rows: says.map((row, i) => row & openTo[i]!) },
    {
      target: from,
      data: second.data,
      rows: says.map((row, i) => row & openFrom[i]! & (1 - openTo[i]!) & (1 - missingOf(second)[i]!)),
    },
  ];
}

export function set(
  { target, cell, by, values }: Extract<KeepingStep, { kind: 'set' }>,
  columns: readonly RuleColumn[],
  given: GivenCells,
): Change[] {
  const column = columnNamed(columns, target);
  const { codes, cells } = codeColumn(columnNamed(columns, by));
  const decides = Uint8Array.from(cells, (own) => Number(values.includes(own)));
  const whenMissing = Number(values.includes(null));
  const rows = openRows(column, given, true);
  for (let row = 0; row < rows.length; row++) {
    const code = codes[row]!;
    rows[row]! &= code < 0 ? whenMissing : decides[code]!;
  }
  const chosen = new Int32Array(rows.length);
  if (!keepDifferent(column.data, rows, chosen, [cell])) return [];
  return [{ target, data: chosenCells(column.data.kind, chosen, [cell]), rows }];
}

export function rounded(
  { target, increment }: Extract<KeepingStep, { kind: 'round' }>,
  columns: readonly RuleColumn[],
  given: GivenCells,
): Change[] {
  const column = columnNamed(columns, target);
  const values = numbersOf(column).map((value) =>
    Number.isNaN(value) ? 0 : nearestMultiple(value, increment),
  );
  return [{ target, data: { kind: 'number', values, nulls: null }, rows: openRows(column, given, false) }];
}

export function onLattice(
  { target, by, decimals, lattices }: Extract<KeepingStep, { kind: 'lattice' }>,
  columns: readonly RuleColumn[],
  given: GivenCells,
): Change[] {
  const column = columnNamed(columns, target);
  const { codes, cells } = codeColumn(columnNamed(columns, by));
  const latticeOf = cells.map((cell) => lattices.find((lattice) => lattice.cell === cell));
  const rows = openRows(column, given, false);
  const values = numbersOf(column).map((value, row) => {
    const lattice = codes[row]! < 0 ? undefined : latticeOf[codes[row]!];
    if (!lattice || Number.isNaN(value) || value === 0) {
      rows[row] = 0;
      return 0;
    }
    const { step, offset } = lattice;
    const nearest = Math.round((toUnits(value, decimals) - offset) / step) * step + offset;
    return fromUnits(nearest === 0 ? Math.sign(value) * step : nearest, decimals);
  });
  return [{ target, data: { kind: 'number', values, nulls: null }, rows }];
}

export function snapped(
  { target, values: grid }: Extract<KeepingStep, { kind: 'snap' }>,
  columns: readonly RuleColumn[],
  given: GivenCells,
): Change[] {
  const column = columnNamed(columns, target);
  const values = numbersOf(column).map((value) => (Number.isNaN(value) ? 0 : nearestOf(grid, value)));
  return [{ target, data: { kind: 'number', values, nulls: null }, rows: openRows(column, given, false) }];
}

/** @param grid ascending, at least one */
export function nearestOf(grid: readonly number[], value: number): number {
  let [low, high] = [0, grid.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (grid[middle]! < value) low = middle + 1;
    else high = middle;
  }
  const [below, above] = [grid[Math.max(0, low - 1)]!, grid[low]!];
  return value - below < above - value ? below : above;
}
