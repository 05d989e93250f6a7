/** How cells are written. */
export interface CellStyle {
  /** Put a ' before text that a spreadsheet would run as a formula. */
  readonly neutraliseFormulas: boolean;
}

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * One text cell by RFC 4180: quoted when it holds a comma, a quote or a line break, or begins or ends with a blank;
 * quotes doubled. An empty text is written as "" and no value as nothing, so that they stay apart.
 */
export function csvCell(text: string | null, style: CellStyle): string {
  if (text === null) return '';
  const cell = style.neutraliseFormulas && isFormula(text) ? `'${text}` : text;
  if (cell === '') return '""';
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** One record, with its line end. */
export function csvRecord(cells: readonly (string | null)[], style: CellStyle): string {
  return `${cells.map((cell) => csvCell(cell, style)).join(',')}\r\n`;
}

/** True for text that Excel, LibreOffice or Sheets would evaluate; negative numbers are just numbers. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !PLAIN_NUMBER.test(text);
}
