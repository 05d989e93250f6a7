import type { CellValue, MergeRange, Sheet } from 'hucre/xlsx';

/** What a formula gives that fails; such a cell has no value. */
const ERRORS: ReadonlySet<string> = new Set(
  '#N/A #REF! #DIV/0! #VALUE! #NAME? #NUM! #NULL! #SPILL! #CALC! #BLOCKED! #FIELD! #GETTING_DATA'.split(' '),
);
/** A merged cell of more of the columns is a title. */
const TITLE_SHARE = 0.8;
const LINES_A_PART = 1_000;

/** A sheet as delimited text (RFC 4180), a line per row, and what was decided on the way. */
export interface SheetText {
  readonly parts: readonly string[];
  readonly notes: readonly string[];
}

/** Cells as they are typed elsewhere: dates as ISO 8601, texts in quotes, numbers with all digits, errors as nothing. */
export function sheetText(sheet: Sheet): SheetText {
  const { rows } = sheet;
  const notes: string[] = [];
  const width = rows.reduce((longest, row) => Math.max(longest, row.length), 0);
  const filled = fillMerged(rows, sheet.merges ?? [], width);
  if (filled > 0)
    notes.push(`${filled} merged ${filled === 1 ? 'cell stands' : 'cells stand'} in each cell they cover.`);
  let errors = 0;
  const isUsed = new Array<boolean>(width).fill(false);
  const hasTime = new Array<boolean>(width).fill(false);
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) {
      const value = row[i];
      if (typeof value === 'string' && ERRORS.has(value)) {
        row[i] = null;
        errors++;
      } else if (value !== null && value !== undefined && value !== '') isUsed[i] = true;
      if (value instanceof Date && value.getTime() % 86_400_000 !== 0 && !isTimeOfDay(value))
        hasTime[i] = true;
    }
  }
  if (errors > 0)
    notes.push(`${errors} ${errors === 1 ? 'cell with an error is' : 'cells with errors are'} left empty.`);
  const empty = countUnstored(sheet);
  if (empty > 0) {
    notes.push(
      `${empty} ${empty === 1 ? 'formula has' : 'formulas have'} no stored result, and so no value. Open the workbook in Excel and save it, to have them computed.`,
    );
  }
  const used = isUsed.flatMap((isThere, i) => (isThere ? [i] : []));
  const parts: string[] = [];
  for (let from = 0; from < rows.length; from += LINES_A_PART) {
    let part = '';
    for (const row of rows.slice(from, from + LINES_A_PART)) part += `${lineOf(row, used, hasTime)}\n`;
    parts.push(part);
  }
  return { parts, notes };
}

/** Empty for a row without a value. */
function lineOf(row: readonly CellValue[], used: readonly number[], hasTime: readonly boolean[]): string {
  let isEmpty = true;
  const cells = used.map((i) => {
    const text = cellText(row[i] ?? null, hasTime[i]!);
    if (text !== '') isEmpty = false;
    return text;
  });
  return isEmpty ? '' : cells.join(',');
}

function cellText(value: CellValue, hasTime: boolean): string {
  if (value === null || value === '') return '';
  if (typeof value === 'string') return `"${value.toWellFormed().replaceAll('"', '""')}"`;
  if (!(value instanceof Date)) return String(value);
  if (Number.isNaN(value.getTime())) return '';
  const iso = value.toISOString();
  if (isTimeOfDay(value)) return iso.slice(11, 19);
  if (!hasTime) return iso.slice(0, 10);
  return iso.replace(/(\.000)?Z$/, '').replace('T', ' ');
}

/** Excel counts days from the end of 1899: what is less than one is a time. */
function isTimeOfDay(value: Date): boolean {
  return value.getUTCFullYear() === 1899;
}

/** Writes the value of a merged cell into all cells that it covers, unless it is a title over the table. */
function fillMerged(rows: CellValue[][], merges: readonly MergeRange[], width: number): number {
  let count = 0;
  for (const { startRow, startCol, endRow, endCol } of merges) {
    const value = rows[startRow]?.[startCol] ?? null;
    const columns = endCol - startCol + 1;
    if (value === null || value === '' || (columns > 1 && columns >= TITLE_SHARE * width)) continue;
    count++;
    for (let row = startRow; row <= Math.min(endRow, rows.length - 1); row++) {
      for (let column = startCol; column <= Math.min(endCol, width - 1); column++) rows[row]![column] = value;
    }
  }
  return count;
}

/** Formulas of which the workbook has no result. */
function countUnstored({ cells }: Sheet): number {
  let count = 0;
  for (const { type, value } of cells?.values() ?? []) if (type === 'formula' && value === null) count++;
  return count;
}
