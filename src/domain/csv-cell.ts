import type { CsvExportOptions } from './synthetic-datasets';

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * One text cell by RFC 4180: quoted when it holds a comma, a quote or a line break, or begins or ends with a blank;
 * quotes doubled. An empty text is written as "", to tell it from no value.
 */
export function csvCell(text: string, { neutraliseFormulas }: CsvExportOptions): string {
  const cell = neutraliseFormulas && isFormula(text) ? `'${text}` : text;
  if (cell === '') return '""';
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** True for text that Excel, LibreOffice or Sheets would evaluate; negative numbers are just numbers. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !PLAIN_NUMBER.test(text);
}
