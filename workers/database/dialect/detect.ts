import { UserError } from '../../../src/domain/errors';
import { namesData } from '../../../src/domain/names-of-data';
import type { CsvDialect, HeaderGuess, TableRegion } from '../../../src/domain/sources';
import { STRONG_NULLS } from '../csv/null-spellings';
import type { ScannedHead, TextRecord } from '../csv/scan-text';
import type { Separators } from '../csv/scanned-record';
import { decimalEvidence, looksNumeric } from './cell-shape';
import { areComments, commentCandidates, holdsNames, namesOfComment, withoutLabel } from './comments';
import { detectEncoding, headAsUtf8 } from './encoding';
import { guessHeader } from './header';
import { numericColumns } from './record-cells';
import { findRegions, largestRegion, type Region } from './regions';
import { scanTable } from './scan-table';
import { detectSeparators } from './separators';
import { findStart, joinNames, type TableStart } from './table-start';
import { modalFields, usualFields, widestFields } from './usual-fields';

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
  /** Fields of the longest row, where rows without names have any number of them; else as above. */
  readonly widestFields: number;
  /** The names stand in a comment. */
  readonly isHeaderComment: boolean;
  /** Columns whose filled cells in the head are numbers and dates alone. */
  readonly numeric: readonly number[];
  /** The tables that the head holds; empty if it is one. */
  readonly regions: readonly TableRegion[];
  readonly outside: {
    /** Lines of the head that are comments, and those of records without a filled cell. */
    readonly comments: ReadonlySet<number>;
    readonly empty: ReadonlySet<number>;
    /** A person said otherwise than the lines do where the table begins or ends. */
    readonly isChosen: boolean;
  };
}

/** What may cut names though not the rows below. */
const OTHER_MARKS = [',', ';', '\t', '|', /\s{2,}/, /\s+/] as const;
/** Comments right above the rows of which one may hold names. */
const MAX_COMMENTS = 2;
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
  const separators = separatorsOf(text, complete, overrides);
  const { delimiter, quote, newline, comment, mergeDelimiters } = separators;
  const scanned = scanTable(text, separators, complete, HEAD_RECORDS);
  const layout = layOut(scanned.records, overrides);
  const named =
    namedByComment(scanned, layout.records, separators, overrides) ??
    namedByLine(scanned, layout.records, overrides);
  const records = named ? [named, ...layout.records] : layout.records;
  const guess = overrides.header === undefined ? guessOf(records, layout, named !== null) : null;
  const header = overrides.header ?? guess!.header;
  const headerRows = header && !named ? (overrides.headerRows ?? layout.headerRows) : 1;
  const unitRows = header && !named ? unitRowsOf(overrides, layout) : 0;
  const rows = header ? records.slice(headerRows + unitRows) : records;
  const endLine = overrides.endLine ?? layout.endLine;
  return {
    dialect: {
      encoding,
      delimiter,
      quote,
      header,
      skipLines: overrides.skipLines ?? (records[0] ? records[0].line - 1 : 0),
      decimal: overrides.decimal ?? detectDecimal(rows, delimiter),
      nullValues: overrides.nullValues ?? detectNullValues(rows),
      ...(separators.escape === 'backslash' && { escape: separators.escape }),
      ...(mergeDelimiters && { mergeDelimiters }),
      ...(comment !== undefined && { comment }),
      ...(headerRows > 1 && { headerRows }),
      ...(unitRows > 0 && { unitsRow: true }),
      ...(unitRows > 1 && { unitRows }),
      ...(separators.leadingDelimiter && { leadingDelimiter: true }),
      ...(endLine !== undefined && { endLine }),
    },
    newline,
    headerGuess: guess,
    header: header ? withRowNames(namesOf(records, headerRows), rows) : [],
    rowFields: usualFields(rows).fields,
    widestFields: header ? usualFields(rows).fields : widestFields(rows),
    isHeaderComment: named !== null && header,
    numeric: numericColumns(rows),
    regions: layout.regions,
    outside: {
      isChosen: layout.isChosen,
      comments: new Set(scanned.comments.map(({ line }) => line)),
      empty: new Set(
        scanned.records.flatMap(({ cells, line }) => (cells.some((cell) => cell.trim()) ? [] : [line])),
      ),
    },
  };
}

/** What separates records and fields, with the mark of comments if lines that begin with one are none of the table. */
function separatorsOf(text: Uint8Array, complete: boolean, overrides: Partial<CsvDialect>): Separators {
  if (overrides.comment !== undefined) return detectSeparators(text, complete, overrides);
  for (const comment of commentCandidates(text)) {
    const separators = detectSeparators(text, complete, { ...overrides, comment });
    if (areComments(text, complete, separators)) return separators;
  }
  return detectSeparators(text, complete, overrides);
}

function unitRowsOf({ unitsRow, unitRows = 1 }: Partial<CsvDialect>, layout: Layout): number {
  return unitsRow === undefined ? layout.unitRows : unitsRow ? unitRows : 0;
}

/** A second row of names and units are none of the rows that the names are told by. */
function guessOf(records: readonly TextRecord[], layout: Layout, isNamed: boolean): HeaderGuess {
  const [first] = records;
  if (isNamed || !first) return { header: true, isSure: true, forms: [] };
  const cells = namesOf(records, layout.headerRows);
  const rows = records.slice(layout.headerRows + layout.unitRows, HEADER_RECORDS);
  return guessHeader([{ ...first, cells }, ...rows]);
}

/** The names, with none for a first column of row names, which statistical programs write without one. */
function withRowNames(names: readonly string[], rows: readonly TextRecord[]): readonly string[] {
  const full = rows.filter(({ cells }) => cells.length === names.length + 1);
  // A key is called so, and has its name; R writes names of rows in quotes.
  const isQuoted = full.every(({ quoted }) => quoted[0]);
  if (!isQuoted && /^(id|no|nr|index|idx|#|key)\.?$/i.test(names[0]?.trim() ?? '')) return names;
  if (full.length < 2 || full.length < rows.length) return names;
  const first = full.map(({ cells }) => cells[0]!.trim());
  if (new Set(first).size < first.length || full.every(({ cells }) => cells.at(-1)!.trim() === ''))
    return names;
  const isCounting = first.every((cell, i) => /^\d+$/.test(cell) && Number(cell) === Number(first[0]) + i);
  return isCounting || !first.some(looksNumeric) ? ['', ...names] : names;
}

interface Layout {
  /** Those of the table, its names included. */
  readonly records: readonly TextRecord[];
  readonly headerRows: number;
  readonly unitRows: number;
  readonly endLine?: number | undefined;
  readonly regions: readonly TableRegion[];
  readonly isChosen: boolean;
}

/** Where the table begins and ends, and what else the head holds. */
function layOut(all: readonly TextRecord[], overrides: Partial<CsvDialect>): Layout {
  const found = findRegions(all).map((region) => ({ ...region, start: findStart(all, region) }));
  const said = overrides.skipLines;
  const largest = largestRegion(all, found);
  const chosen =
    said === undefined
      ? found.find(({ from }) => from === largest?.from)
      : found.find(({ to }) => all[to - 1]!.line > said);
  const from = said === undefined ? chosen?.start.from : all.findIndex(({ line }) => line > said);
  const endLine = overrides.endLine ?? endOf(all, found, chosen);
  const to = endLine === undefined ? all.length : all.findLastIndex(({ line }) => line <= endLine) + 1;
  const records = from === undefined || from < 0 ? [] : all.slice(from, to);
  const start = chosen?.start.from === from ? chosen?.start : undefined;
  const regions = found.map(({ start: { from }, to }) => ({
    firstLine: all[from]!.line,
    lastLine: all[to - 1]!.line,
    // What a table without names begins with may be a person's.
    names: all[from]!.cells.map((cell) => (namesData(cell) ? '' : cell.trim())),
    rowCount: to - from,
    isRead:
      records[0] !== undefined && records[0].line >= all[from]!.line && records[0].line <= all[to - 1]!.line,
  }));
  return {
    records,
    headerRows: start?.headerRows ?? 1,
    unitRows: start?.unitRows ?? 0,
    endLine,
    regions: regions.length > 1 ? regions : [],
    isChosen:
      records[0]?.line !== all[largestStart(found, largest)]?.line || endLine !== endOf(all, found, largest),
  };
}

function largestStart(
  found: readonly (Region & { start: TableStart })[],
  largest: Region | undefined,
): number {
  return found.find(({ from }) => from === largest?.from)?.start.from ?? -1;
}

/** Last line of a table that another one follows. */
function endOf(
  all: readonly TextRecord[],
  found: readonly { readonly from: number; readonly to: number }[],
  chosen: { readonly to: number } | undefined,
): number | undefined {
  return chosen && chosen.to < found.at(-1)!.to ? all[chosen.to - 1]!.line : undefined;
}

/** The comment right above a table without names of its own, if it holds them. */
function namedByComment(
  { comments }: Pick<ScannedHead, 'comments'>,
  records: readonly TextRecord[],
  separators: Separators,
  overrides: Partial<CsvDialect>,
): TextRecord | null {
  const first = records[0];
  if (!first || overrides.header === false) return null;
  const said = overrides.skipLines;
  const fields = modalFields(records);
  // Units may stand between the names and the rows.
  const above = comments
    .filter(({ line }) => line < first.line && (said === undefined || line === said + 1))
    .slice(-MAX_COMMENTS)
    .findLast(({ text }) => holdsNames(text, fields, separators));
  if (!above) return null;
  if (guessHeader(records.slice(0, HEADER_RECORDS)).header) return null;
  const cells = namesOfComment(above.text, separators);
  return { line: above.line, cells, quoted: cells.map(() => false) };
}

/** The line right above a table without names, if another mark than between the rows cuts it into as many names. */
function namedByLine(
  { records: all }: Pick<ScannedHead, 'records'>,
  records: readonly TextRecord[],
  overrides: Partial<CsvDialect>,
): TextRecord | null {
  const [first] = records;
  const fields = modalFields(records);
  if (!first || fields < 2 || overrides.header === false) return null;
  // The line is the one above the rows, or their first one.
  const isOwn = first.cells.length === 1;
  const above = isOwn ? first : all.findLast(({ line }) => line < first.line);
  if (above?.cells.length !== 1 || (overrides.skipLines ?? above.line - 1) !== above.line - 1) return null;
  const rows = isOwn ? records.slice(1) : records;
  if (rows[0]?.line !== above.line + 1 || guessHeader(rows.slice(0, HEADER_RECORDS)).header) return null;
  for (const mark of OTHER_MARKS) {
    const cells = above.cells[0]!.split(mark).map((cell) => cell.trim());
    const areNames = cells.every((cell) => /\p{L}/u.test(cell) && cell.length <= 40);
    if (cells.length === fields && new Set(cells).size === fields && areNames)
      return { line: above.line, cells, quoted: cells.map(() => false) };
  }
  return null;
}

function namesOf(records: readonly TextRecord[], headerRows: number): readonly string[] {
  const rows = records.slice(0, headerRows).map(({ cells }) => cells);
  const names = headerRows > 1 ? joinNames(rows) : (rows[0] ?? []);
  // A name behind the mark of a comment, in files whose first line is one.
  const mark = /^(#|%|\/\/)\s+(?=\p{L})/u;
  const own = names.map((name, i) =>
    i === 0 && mark.test(name) ? withoutLabel(name.replace(mark, '')) : name,
  );
  return withoutQuotes(own, records[0]?.quoted ?? []);
}

/**
 * Names without the quotes around all of them, and without one that is opened and never closed; one that the file quotes
 * by its rules, and one behind a figure (5" is a length), are part of the name.
 */
function withoutQuotes(names: readonly string[], quoted: readonly boolean[]): readonly string[] {
  const filled = names.filter((name) => name.trim() !== '');
  if (filled.length > 0 && filled.every((name) => /^\s*(["'])[^"']+\1\s*$/.test(name)))
    return names.map((name) => name.trim().slice(1, -1));
  return names.map((name, i) =>
    !quoted[i] && /^\s*"[^"]+$|^[^"]*[^"\d]"\s*$/.test(name) ? name.replace('"', '').trim() : name,
  );
}

function detectDecimal(rows: readonly TextRecord[], delimiter: string): '.' | ',' {
  let balance = 0;
  for (const { cells } of rows) for (const cell of cells) balance += decimalEvidence(cell);
  if (balance !== 0) return balance < 0 ? ',' : '.';
  // "1,234" or "1.234" alone: where the comma is avoided as delimiter it is the decimal mark, and the point is not.
  const groups = rows.some(({ cells }) => cells.some((cell) => GROUPED.test(cell.trim())));
  return groups && (delimiter === ';' || hasPointGroups(rows)) ? ',' : '.';
}

const GROUPED = /^\d{1,3}[.,]\d{3}$/;

/** A column of whole numbers up to 999 and of “1.200”, “15.000”: a decimal point would leave the zeros out, or write them all. */
function hasPointGroups(rows: readonly TextRecord[]): boolean {
  return (rows[0]?.cells ?? []).some((_, i) => {
    const cells = rows.map((row) => row.cells[i]?.trim() ?? '').filter((cell) => cell !== '');
    const points = cells.filter((cell) => /^[1-9]\d{0,2}\.\d{3}$/.test(cell));
    const plain = cells.filter((cell) => /^(0|[1-9]\d{0,2})$/.test(cell));
    return (
      points.length >= 2 &&
      plain.length > 0 &&
      points.length + plain.length === cells.length &&
      points.some((cell) => cell.endsWith('0'))
    );
  });
}

function detectNullValues(rows: readonly TextRecord[]): string[] {
  const seen = new Set<string>();
  for (const { cells } of rows) for (const cell of cells) if (cell.length < 10) seen.add(cell.trim());
  return ['', ...STRONG_NULLS.filter((spelling) => seen.has(spelling))];
}

function assertReadableOverrides(overrides: Partial<CsvDialect>): void {
  const { delimiter, quote } = overrides;
  const plain = (mark: string) => /^[\t\x20-\x7e]$/.test(mark);
  if (delimiter !== undefined && (delimiter === '' || /[\r\n]/.test(delimiter))) {
    throw new UserError(
      'config/invalid',
      `“${delimiter}” cannot be a delimiter: use a mark such as a comma, semicolon, tab or bar.`,
    );
  }
  if (quote !== undefined && quote !== '' && !plain(quote)) {
    throw new UserError('config/invalid', `“${quote}” cannot be a quote: use " or ' or none.`);
  }
  if (delimiter !== undefined && delimiter === quote) {
    throw new UserError('config/invalid', 'The delimiter and the quote must be different characters.');
  }
}
