import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import type { TextRecord } from '../csv/scan-text';
import { looksNumeric } from './cell-shape';
import { guessHeader } from './header';
import { readsLikeName } from './name-words';
import { filledCells, isText, isWord, numericColumns } from './record-cells';
import type { Region } from './regions';
import { countUnitRows, isUnitsRow } from './unit-rows';
import { isUnit } from './unit-words';
import { modalFields } from './usual-fields';

/** Where the first record of a table stands, and what its names take. */
export interface TableStart {
  /** Index of the first record. */
  readonly from: number;
  /** Records that hold names, if the first one does. */
  readonly headerRows: number;
  /** Records below them that hold units, types and descriptions. */
  readonly unitRows: number;
}

/** Titles above a table are looked for in so many records, … */
const MAX_TITLES = 60;
/** … and columns of numbers in so many. */
const SAMPLE_RECORDS = 200;
/** Rows of figures alone below settings. */
const ENOUGH_FIGURES = 5;
const MAX_NAME_ROWS = 4;
/** Lines of settings above figures that are no names in several rows. */
const ENOUGH_SETTINGS = 3;

/**
 * The record that a table begins with: titles and notes above it fill fewer cells than its rows do, have more cells than
 * any row, or stand above what plainly are the names. A title leaves names and a row below it, and a single name above
 * values is none.
 */
export function findStart(records: readonly TextRecord[], region: Region): TableStart {
  const figures = aboveFigures(records, region);
  let from = figures ?? singleName(records, region) ?? region.from;
  const last = Math.min(region.to - 2, from + MAX_TITLES);
  while (
    figures === null &&
    from < last &&
    isTitle(records.slice(from, region.to)) &&
    !isGroupsRow(records.slice(from, region.to))
  )
    from++;
  const rows = records.slice(from, Math.min(region.to, from + SAMPLE_RECORDS));
  const headerRows = rowsOfNames(rows);
  return { from, headerRows, unitRows: countUnitRows(namedRows(rows, headerRows)) };
}

/** Rows with one record of their names above them. */
function namedRows(rows: readonly TextRecord[], headerRows: number): readonly TextRecord[] {
  const [first, ...others] = rows;
  if (!first || headerRows < 2) return rows;
  const cells = joinNames(rows.slice(0, headerRows).map((row) => row.cells));
  return [{ ...first, cells }, ...others.slice(headerRows - 1)];
}

/**
 * The record that a table of figures alone begins with, below lines of another kind that are as wide: settings of an
 * instrument, a word and a value each. Null where there are none.
 */
function aboveFigures(records: readonly TextRecord[], { from, to }: Region): number | null {
  const end = Math.min(to, from + SAMPLE_RECORDS);
  const isFigures = ({ cells }: TextRecord) =>
    cells.length > 1 && cells.every((cell) => looksNumeric(cell) || ALL_NULL_SPELLINGS.includes(cell.trim()));
  let begin = end;
  while (begin > from && isFigures(records[begin - 1]!)) begin--;
  if (begin - from < ENOUGH_SETTINGS || end - begin < ENOUGH_FIGURES || begin - from > MAX_TITLES)
    return null;
  const width = records[begin]!.cells.length;
  const above = records.slice(from, begin);
  // Names and units hold no figures; what is narrower is told as titles are.
  const isSetting = ({ cells }: TextRecord) =>
    cells.length === width && isText(cells[0]) && cells.slice(1).some(looksNumeric);
  if (!above.slice(1).some(isSetting) || above.some(({ cells }) => cells.length > width)) return null;
  const areNames = (i: number) => {
    const cells = above[i]?.cells ?? [];
    return cells.length === width && cells.every(isText) && new Set(cells).size === width;
  };
  const last = above.length - 1;
  const areUnits = above[last]!.cells.length === width && above[last]!.cells.every(isUnit);
  if (areNames(last - 1) && areUnits) return begin - 2;
  return areNames(last) ? begin - 1 : begin;
}

/** The one name above a table without others: a word with empty cells behind it, right above values. */
function singleName(records: readonly TextRecord[], { from, to }: Region): number | null {
  const above = records[from - 1];
  if (!above || above.cells.length !== records[from]!.cells.length || !isWord(above.cells[0]!)) return null;
  if (filledCells(above).length !== 1) return null;
  const guess = guessHeader(records.slice(from, Math.min(to, from + SAMPLE_RECORDS)));
  return guess.header && guess.isSure ? null : from - 1;
}

/** @param rows what may be a title, and all below it; three at least */
function isTitle(rows: readonly TextRecord[]): boolean {
  const [first, second, ...others] = rows;
  const below = rows.slice(1, SAMPLE_RECORDS);
  const width = modalFields(below);
  const filled = filledCells(first!).length;
  const within = withoutLone(below);
  const usualFilled = usual(within.map((row) => filledCells(row).length));
  const isNarrow = lastFilled(first!) < usual(within.map(lastFilled));
  if (filled < (isNarrow ? Math.max(2, usualFilled / 2) : usualFilled >= 4 ? usualFilled / 2 : 0)) {
    return (
      filled !== 1 || !isWord(first!.cells[0]!) || isNamedBelow(below, usualFilled) || others.length === 0
    );
  }
  // A setting, above names that are plain ones.
  if (isNarrow && /:\s*$/.test(first!.cells[0]!) && surelyNamed(below)) return true;
  // A note with a blank line below it, above wider rows.
  if (isNarrow && filledCells(second!).length === 0 && others.length > 1) return true;
  if (isEnumeration(first!) && second!.cells.every(isText) && numericColumns(others).length > 0) return true;
  if (filled > width && second!.cells.length === width && width > 1) return surelyNamed(below);
  return width > 1 && isAboveNames(first!, second!, others);
}

/** The records from the first to the last with several filled cells, if most among them have: titles and notes may outnumber rows. */
function withoutLone(rows: readonly TextRecord[]): readonly TextRecord[] {
  const isWide = (row: TextRecord) => filledCells(row).length > 1;
  const within = rows.slice(rows.findIndex(isWide), rows.findLastIndex(isWide) + 1);
  return within.filter(isWide).length > within.length / 2 ? within : rows;
}

/** C1, C2, C3, as programs call columns that have names below. */
function isEnumeration({ cells }: TextRecord): boolean {
  const parts = cells.map((cell) =>
    /^(C|V|F|Col|Column|Var|Field|Spalte|Colonne) ?(\d+)(?:-[TD])?$/i.exec(cell.trim()),
  );
  const [first] = parts;
  return (
    cells.length > 1 &&
    parts.every(
      (part, i) => part !== null && part[1] === first![1] && Number(part[2]) === Number(first![2]) + i,
    )
  );
}

/** Names stand in the second record, above numbers, and the first one reads less like names. */
function isAboveNames(first: TextRecord, second: TextRecord, others: readonly TextRecord[]): boolean {
  const numeric = numericColumns(others.slice(0, SAMPLE_RECORDS));
  if (numeric.length === 0 || !numeric.every((i) => isText(second.cells[i]))) return false;
  if (
    new Set(filledCells(second)).size < filledCells(second).length ||
    second.cells.length < first.cells.length
  )
    return false;
  if (filledCells(second).filter(isUnit).length > filledCells(second).length / 2) return false;
  return nameScore(second) > nameScore(first) + 0.3;
}

/** 0 … 1: how much the filled cells read like the names of columns. */
function nameScore(record: TextRecord): number {
  const scores = record.cells
    .filter((cell) => cell.trim() !== '')
    .map((cell) => {
      if (looksNumeric(cell) || /^\s+\S/.test(cell) || cell.trim().split(/\s+/).length > 4) return 0;
      if (/[.:!?]\s*$/.test(cell)) return 0;
      return readsLikeName(cell) ? 1 : isWord(cell) ? 0.7 : 0.4;
    });
  return scores.reduce<number>((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}

/** Whether names stand right below, or below further titles and blank lines. */
function isNamedBelow(below: readonly TextRecord[], usualFilled: number): boolean {
  const full = below.findIndex((row) => filledCells(row).length >= usualFilled);
  const isApart = below.slice(0, full).some((row) => filledCells(row).length === 0);
  return surelyNamed(below) || (full > 0 && isApart && surelyNamed(below.slice(full)));
}

function surelyNamed(rows: readonly TextRecord[]): boolean {
  const guess = guessHeader(rows);
  return guess.header && guess.isSure;
}

/**
 * Rows of names: groups of columns above, blank or repeated where they go on, and the columns below; or names that are
 * broken into lines. 1 where the first row names every column.
 */
function rowsOfNames(rows: readonly TextRecord[]): number {
  const [first] = rows;
  if (!first || !(hasGroups(first, rows[1]) || isBroken(first, rows[1]))) return 1;
  for (let count = MAX_NAME_ROWS; count > 1; count--) {
    const [names, others] = [rows.slice(0, count), rows.slice(count)];
    const numeric = numericColumns(others);
    if (others.length === 0 || numeric.length === 0) continue;
    const above = joinNames(names.slice(0, -1).map(({ cells }) => cells)).filter((name) => name !== '');
    const units = isUnitsRow(namedRows(rows, count - 1)) && new Set(above).size === above.length;
    if (
      units ||
      !names.every((row, i) => (i === 0 ? isTopOfNames(row) : isBelowNames(row, names.slice(0, i), numeric)))
    )
      continue;
    const joined = joinNames(names.map(({ cells }) => cells));
    const isEvery = numeric.every((column) => joined[column] !== '');
    const filled = joined.filter((name) => name !== '');
    if (isEvery && new Set(filled).size === filled.length) return count;
  }
  return 1;
}

function isTopOfNames({ cells }: TextRecord): boolean {
  return cells.every((cell) => !looksNumeric(cell) || isYear(cell));
}

/** Texts above all numbers; or none above those that a row above names alone, and years under groups. */
function isBelowNames(
  { cells }: TextRecord,
  above: readonly TextRecord[],
  numeric: readonly number[],
): boolean {
  if (cells.length !== above[0]!.cells.length) return false;
  if (numeric.every((column) => isText(cells[column]))) return true;
  const own = numeric.filter((column) => (cells[column] ?? '').trim() === '');
  const isOwn = own.length > 0 && own.every((column) => above.some((row) => isText(row.cells[column])));
  const others = numeric.filter((column) => !own.includes(column));
  return isOwn && others.every((column) => isText(cells[column]) || isYear(cells[column]!));
}

/** The first row lacks names that the second one has, whose others repeat unless those above tell them apart. */
function isBroken(first: TextRecord, second: TextRecord | undefined): boolean {
  if (second?.cells.length !== first.cells.length) return false;
  const isBlank = (cell: string) => cell.trim() === '';
  if (!first.cells.some((cell, i) => isBlank(cell) && !isBlank(second.cells[i]!))) return false;
  const below = filledCells(second);
  const joined = joinNames([first.cells, second.cells]);
  return new Set(below).size < below.length && new Set(joined).size === joined.length;
}

/** Groups above names that repeat below them: “,2019,,2020,” over “town,men,women,men,women”. */
function isGroupsRow(rows: readonly TextRecord[]): boolean {
  const sample = rows.slice(0, SAMPLE_RECORDS);
  const names = sample[1]?.cells.map((cell) => cell.trim()).filter((cell) => cell !== '') ?? [];
  return new Set(names).size < names.length && rowsOfNames(sample) > 1;
}

/** Whether cells of the first record go on over columns that the second one tells apart. */
function hasGroups(first: TextRecord, second: TextRecord | undefined): boolean {
  const groups = first.cells.map((cell) => cell.trim());
  return groups.some((group, i) => {
    if (i === 0 || !second?.cells[i]?.trim()) return false;
    return group === '' ? groups.slice(0, i).some(Boolean) : group === groups[i - 1];
  });
}

function isYear(cell: string): boolean {
  return /^(19|20)\d\d$/.test(cell.trim());
}

/**
 * The names of columns from rows of names, outer groups first. A group goes on over blank cells, up to a column that has
 * no name of its own below.
 */
export function joinNames(rows: readonly (readonly string[])[]): string[] {
  const names = rows.at(-1) ?? [];
  const parts = rows.slice(0, -1).map((row) => {
    let group = '';
    return names.map((_, i) => {
      const isOwn = (row[i] ?? '').trim() !== '';
      if (isOwn) group = row[i]!.trim();
      const here = group;
      if (!rows.every((other) => other === row || (other[i] ?? '').trim() === '')) return here;
      group = '';
      return isOwn ? here : '';
    });
  });
  return names.map((name, i) =>
    [...new Set([...parts.map((part) => part[i]!), name.trim()])].filter((part) => part !== '').join(' '),
  );
}

function lastFilled({ cells }: TextRecord): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

/** The most frequent of some counts, the larger of two. */
function usual(counts: readonly number[]): number {
  const seen = new Map<number, number>();
  for (const count of counts) if (count > 0) seen.set(count, (seen.get(count) ?? 0) + 1);
  return [...seen].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0] ?? 0;
}
