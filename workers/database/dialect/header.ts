import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import type { TextRecord } from '../csv/scan-text';
import { looksNumeric } from './cell-shape';

const MAX_JUNK_RECORDS = 60;

/**
 * Index of the record that the table begins with. Titles, notes and padding above it fill fewer than half of the
 * table's columns.
 * @param modal usual number of fields
 */
export function firstTableRecord(records: readonly TextRecord[], modal: number): number {
  const last = Math.min(records.length, MAX_JUNK_RECORDS);
  for (let i = 0; i < last; i++) {
    const { cells } = records[i]!;
    const filled = cells.filter((cell) => cell.trim() !== '').length;
    if (modal === 1 ? filled === 1 || i + 1 === records.length : filled >= Math.max(2, modal / 2)) return i;
  }
  return 0;
}

/**
 * True if the first record of the table holds names. Numbers and missing values are no names. Columns of numbers below
 * the first record, and first cells that do not occur again, speak for names. In doubt it holds names, as most do.
 */
export function detectHeader(records: readonly TextRecord[]): boolean {
  const [first, ...body] = records;
  if (!first) return true;
  const names = first.cells.map((cell) => cell.trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length === 0) return false;
  const numeric = filled.filter((name) => looksNumeric(name) || ALL_NULL_SPELLINGS.includes(name)).length;
  if (body.length === 0) return numeric === 0;
  if (numeric === filled.length) return false;
  if (areYears(names.filter((name) => looksNumeric(name)))) return true;
  let votes = 0;
  names.forEach((name, column) => {
    if (name === '') return;
    const values = body.map(({ cells }) => cells[column]?.trim() ?? '').filter((value) => value !== '');
    if (values.length === 0) return;
    const numericShare = values.filter(looksNumeric).length / values.length;
    if (looksNumeric(name)) votes += numericShare > 0.5 ? -1 : 0;
    else if (numericShare > 0.8) votes += 2;
    else if (values.includes(name)) votes -= 1;
    else if (values.length > 4 && new Set(values).size < values.length / 2) votes += 0.5;
  });
  return votes >= 0;
}

/** Tables of figures by year name their columns after ascending years. */
function areYears(numbers: readonly string[]): boolean {
  if (numbers.length < 3) return false;
  return numbers.every((text, i) => {
    const step = i === 0 ? 1 : Number(text) - Number(numbers[i - 1]);
    return /^(1[89]|20)\d\d$/.test(text) && step > 0 && step <= 20;
  });
}
