import type { FileLayout } from './original-form';
import type { CsvExportOptions } from './synthetic-datasets';

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * One cell of delimited text with quotes: quoted where asked for, where it holds the delimiter, a quote or a line
 * break, and where it is empty, to tell an empty text from no value. A quote inside is doubled, or escaped where the
 * file does so.
 */
export function quotedCell(
  text: string,
  layout: Pick<FileLayout, 'delimiter' | 'quote' | 'escape'>,
  isQuoted: boolean,
): string {
  const { delimiter, quote } = layout;
  const sign: string = layout.escape ?? quote;
  const needsQuotes =
    isQuoted ||
    text === '' ||
    text.includes(delimiter) ||
    text.includes(quote) ||
    (sign !== quote && text.includes(sign)) ||
    /[\r\n]/.test(text);
  if (!needsQuotes) return text;
  const escaped = sign === quote ? text : text.replaceAll(sign, sign + sign);
  return quote + escaped.replaceAll(quote, sign + quote) + quote;
}

/**
 * One text cell by RFC 4180, quoted also where it begins or ends with a blank, which some readers cut off.
 */
export function csvCell(text: string, options: CsvExportOptions): string {
  const cell = withoutFormula(text, options);
  return quotedCell(cell, { delimiter: ',', quote: '"' }, /^\s|\s$/.test(cell));
}

/** A text that no spreadsheet runs, where that is wanted: ' stands before what it would take for a formula. */
export function withoutFormula(text: string, { neutraliseFormulas }: CsvExportOptions): string {
  return neutraliseFormulas && isFormula(text) ? `'${text}` : text;
}

/** True for text that Excel, LibreOffice or Sheets would evaluate; negative numbers are just numbers. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !PLAIN_NUMBER.test(text);
}
