import { UserError } from '../../../src/domain/errors';
import type { CsvDialect, HeaderGuess } from '../../../src/domain/sources';
import { STRONG_NULLS } from '../csv/null-spellings';
import { scanHead, type TextRecord } from '../csv/scan-text';
import { decimalEvidence } from './cell-shape';
import { detectEncoding, headAsUtf8 } from './encoding';
import { firstTableRecord, guessHeader } from './header';
import { detectSeparators, modalFields } from './separators';

/** How a file is read, with what follows from it and is not a person's choice. */
export interface DetectedDialect {
  readonly dialect: CsvDialect;
  readonly newline: 'lf' | 'cr';
  /** What was assumed of the first row; null = a person said it. */
  readonly headerGuess: HeaderGuess | null;
  /** Names as in the file; empty without a header. */
  readonly header: readonly string[];
  /** Usual number of fields of the rows in the head, 0 when there are none. */
  readonly rowFields: number;
}

const HEAD_RECORDS = 1_000;
/** Records from whose cells the header is told. */
const HEADER_RECORDS = 200;

/**
 * Dialect of a delimited text file from its first bytes; `overrides` win and steer the rest.
 * @param head first bytes of the unpacked file, byte-order mark included
 * @param complete true when these are all its bytes
 */
export function detectDialect(
  head: Uint8Array,
  complete: boolean,
  overrides: Partial<CsvDialect>,
): DetectedDialect {
  assertReadableOverrides(overrides);
  const encoding = overrides.encoding ?? detectEncoding(head, complete);
  const text = headAsUtf8(head, encoding);
  const separators = detectSeparators(text, complete, overrides);
  const { delimiter, quote, newline } = separators;
  const scanned = scanHead(text, separators, complete, HEAD_RECORDS);
  const modal = modalFields(scanned.records);
  const start =
    overrides.skipLines === undefined
      ? firstTableRecord(scanned.records, modal)
      : scanned.records.findIndex(({ line }) => line > overrides.skipLines!);
  const records = start < 0 ? [] : scanned.records.slice(start);
  const guess = overrides.header === undefined ? guessHeader(records.slice(0, HEADER_RECORDS)) : null;
  const header = overrides.header ?? guess!.header;
  const rows = header ? records.slice(1) : records;
  return {
    dialect: {
      encoding,
      delimiter,
      quote,
      header,
      skipLines: overrides.skipLines ?? (records[0] ? records[0].line - 1 : 0),
      decimal: overrides.decimal ?? detectDecimal(rows, delimiter),
      nullValues: overrides.nullValues ?? detectNullValues(rows),
    },
    newline,
    headerGuess: guess,
    header: header ? (records[0]?.cells ?? []) : [],
    rowFields: modalFields(rows),
  };
}

function detectDecimal(rows: readonly TextRecord[], delimiter: string): '.' | ',' {
  let balance = 0;
  for (const { cells } of rows) for (const cell of cells) balance += decimalEvidence(cell);
  if (balance !== 0) return balance < 0 ? ',' : '.';
  // "1,234" or "1.234" alone: where the comma is avoided as delimiter it is the decimal mark, and the point is not.
  const groups = rows.some(({ cells }) => cells.some((cell) => /^\d{1,3}[.,]\d{3}$/.test(cell.trim())));
  return groups && delimiter === ';' ? ',' : '.';
}

function detectNullValues(rows: readonly TextRecord[]): string[] {
  const seen = new Set<string>();
  for (const { cells } of rows) for (const cell of cells) if (cell.length < 10) seen.add(cell.trim());
  return ['', ...STRONG_NULLS.filter((spelling) => seen.has(spelling))];
}

function assertReadableOverrides(overrides: Partial<CsvDialect>): void {
  const { delimiter, quote } = overrides;
  const plain = (mark: string) => /^[\t\x20-\x7e]$/.test(mark);
  if (delimiter !== undefined && !plain(delimiter)) {
    throw new UserError(
      'config/invalid',
      `“${delimiter}” cannot be a delimiter: use one ASCII character, such as a comma, semicolon, tab or bar.`,
    );
  }
  if (quote !== undefined && quote !== '' && !plain(quote)) {
    throw new UserError('config/invalid', `“${quote}” cannot be a quote: use " or ' or none.`);
  }
  if (delimiter !== undefined && delimiter === quote) {
    throw new UserError('config/invalid', 'The delimiter and the quote must be different characters.');
  }
}
