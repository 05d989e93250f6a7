import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import type { TextRecord } from '../csv/scan-text';
import { looksNumeric } from './cell-shape';
import { codeShape, isCode } from './data-forms';
import { filledCells, isText, isWord, numericColumns } from './record-cells';
import { isUnit } from './unit-words';

const MAX_UNIT_ROWS = 3;
/** Rows that tell which columns hold numbers. */
const ENOUGH_BELOW = 5;
/** Rows below texts that more than the columns of numbers tell apart. */
const FEW_BELOW = 2;

/** Units stand below the names and above numbers. */
export function isUnitsRow([names, units, ...rows]: readonly TextRecord[]): boolean {
  if (!names || !units || rows.length === 0 || !names.cells.some(isText)) return false;
  const numeric = numericColumns(rows);
  // What stands above columns without values is none of them.
  const filled = filledCells({
    ...units,
    cells: units.cells.filter((_, i) => rows.some(({ cells }) => (cells[i] ?? '').trim() !== '')),
  });
  if (numeric.length === 0 || filled.length === 0) return false;
  const isNumbered = (name = '') => looksNumeric(name) && filled.every(isUnit);
  const above = numeric.filter((i) => !ALL_NULL_SPELLINGS.includes(units.cells[i]?.trim() || 'NA'));
  // A, B, C … are the names of columns.
  if (
    filled.length > 2 &&
    filled.every((cell, i) => /^[A-Z]$/.test(cell) && (i === 0 || cell > filled[i - 1]!))
  )
    return false;
  return (
    above.length > 0 &&
    above.every((i) => isText(units.cells[i]) && (isText(names.cells[i]) || isNumbered(names.cells[i]))) &&
    filled.filter(isUnit).length > filled.length / 2
  );
}

/** Records under the names that hold no values: units, then descriptions; or types of logged values and the like. */
export function countUnitRows(rows: readonly TextRecord[]): number {
  const [names] = rows;
  for (let count = MAX_UNIT_ROWS; names && count > 0; count--) {
    const below = rows.slice(count + 1);
    const isNone = (record: TextRecord, i: number) =>
      isUnitsRow([names, record, ...below]) ||
      isDescription(names, record, below, i > 0) ||
      (i === 0 && isNameOfLabels(names, record, below));
    if (rows.slice(1, count + 1).every(isNone) && below.length > 0) return count;
  }
  return 0;
}

/** What the labels of the rows are called, alone below the names of the columns, above rows of numbers without a gap. */
function isNameOfLabels(names: TextRecord, record: TextRecord, rows: readonly TextRecord[]): boolean {
  const width = names.cells.length;
  const isFull = ({ cells }: TextRecord) =>
    cells.length === width && isText(cells[0]) && cells.slice(1).every(looksNumeric);
  return (
    width > 2 &&
    record.cells.length === width &&
    isWord(record.cells[0]!) &&
    filledCells(record).length === 1 &&
    rows.length > FEW_BELOW &&
    rows.every(isFull)
  );
}

/**
 * Texts under the names and above columns of numbers, in all of them, none of which comes again below. That a row of values
 * lacks all its numbers is rare: two columns of them, or of codes, or sentences, or other such rows above are enough.
 */
function isDescription(
  names: TextRecord,
  record: TextRecord,
  rows: readonly TextRecord[],
  isBelowUnits: boolean,
): boolean {
  if (rows.length < FEW_BELOW || record.cells.length !== names.cells.length) return false;
  const numeric = numericColumns(rows);
  const filled = filledCells(record);
  const isOther = (i: number) =>
    isText(record.cells[i]) || (isBelowUnits && (record.cells[i] ?? '').trim() === '');
  if (filled.length < (isBelowUnits ? 1 : 2) || numeric.length === 0 || !numeric.every(isOther)) return false;
  if (!numeric.some((i) => isText(record.cells[i])) || !numeric.every((i) => isText(names.cells[i])))
    return false;
  const recurs = record.cells.some(
    (cell, i) => cell.trim() !== '' && rows.some(({ cells }) => cells[i] === cell),
  );
  if (recurs) return false;
  if (isBelowUnits) return true;
  const isSentence = (cell: string) => cell.split(/\s+/).length >= 3 || cell.startsWith('{');
  const sentences = filled.filter(isSentence).length / filled.length;
  // Few rows may have numbers by chance.
  const coded = numeric.length + codeColumns(rows).filter((i) => !isLikeCodes(record, rows, i)).length;
  const enough = rows.length < ENOUGH_BELOW ? 3 : 2;
  if (sentences > 0.5 || (sentences === 0.5 && coded >= 2)) return true;
  return coded >= enough || (numeric.length >= 2 && rows.length >= ENOUGH_BELOW);
}

/** Columns of texts that are written alike, with figures in them: codes. */
function codeColumns(rows: readonly TextRecord[]): number[] {
  return (rows[0]?.cells ?? []).flatMap((_, i) => {
    const shapes = rows.map(({ cells }) => codeShape(cells[i] ?? '')).filter((shape) => shape !== '');
    const alike = shapes.filter((shape) => shape === shapes[0] && isCode(shape));
    return shapes.length > 1 && alike.length === shapes.length ? [i] : [];
  });
}

function isLikeCodes(record: TextRecord, rows: readonly TextRecord[], i: number): boolean {
  const shape = codeShape(record.cells[i] ?? '');
  return shape === '' || rows.some(({ cells }) => codeShape(cells[i] ?? '') === shape);
}
