import { ALL_NULL_SPELLINGS } from '../csv/null-spellings';
import type { TextRecord } from '../csv/scan-text';
import { looksNumeric } from './cell-shape';
import { usualFields } from './usual-fields';

/** Part of a column's values that are numbers, for what is none to stand out. */
const NUMERIC_SHARE = 0.8;

/** Columns of whose values nearly all are numbers. */
export function numericColumns(rows: readonly TextRecord[]): number[] {
  const width = usualFields(rows).fields;
  const regular = rows.filter(({ cells }) => cells.length === width);
  return Array.from({ length: width }, (_, i) => i).filter((i) => {
    const values = regular
      .map(({ cells }) => cells[i]?.trim() ?? '')
      .filter((cell) => cell !== '' && !ALL_NULL_SPELLINGS.includes(cell));
    return values.length > 0 && values.filter(looksNumeric).length >= NUMERIC_SHARE * values.length;
  });
}

/** Neither a number nor missing. */
export function isText(cell = ''): boolean {
  const text = cell.trim();
  return text !== '' && !looksNumeric(text) && !ALL_NULL_SPELLINGS.includes(text);
}

/** Letters alone, or with digits and strokes. */
export function isWord(cell: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(cell.trim());
}

/** The cells that hold something. */
export function filledCells({ cells }: TextRecord): string[] {
  return cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
}
