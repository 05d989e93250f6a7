import type { TextRecord } from '../csv/scan-text';

/** Records that must hold a comma, of those under the name. */
const MIN_WITH_COMMA = 0.5;

/**
 * Whether a file that commas cut into two columns is one of numbers with commas in them: one name above “12,50” and “8,25”.
 * Two columns would have two names.
 * @param records cut at commas
 */
export function isDecimalColumn(records: readonly TextRecord[]): boolean {
  const filled = records.filter(({ cells }) => cells.length > 1 || cells[0]!.trim() !== '');
  const [first, ...rows] = filled;
  if (first?.cells.length !== 1 || /^[-+]?[\d.,]+$/.test(first.cells[0]!.trim()) || rows.length < 2) {
    return false;
  }
  const isNumber = ({ cells, quoted }: TextRecord) =>
    !quoted.includes(true) && /^\s*[-+]?\d+(?:,\d+)?\s*$/.test(cells.join(','));
  const withComma = rows.filter(({ cells }) => cells.length === 2).length;
  return (
    rows.every((row) => row.cells.length <= 2 && isNumber(row)) && withComma >= MIN_WITH_COMMA * rows.length
  );
}
