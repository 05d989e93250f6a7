import { ENCODING_LABELS } from './encoding-labels';
import { hasDialect } from './format-words';
import type { CsvDialect, SkipReason, SourceFormat, SourceTable } from './sources';

/** A setting of the reading that a person may change. */
export type ReadingField = keyof CsvDialect | 'table' | 'rows';

/** One decision of a reading, in words, and the setting that it is about. */
export interface ReadingPart {
  readonly field: ReadingField;
  readonly text: string;
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'blank',
  ':': 'colon',
};
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
};

/** An encoding as a person knows it. */
export function encodingWords(encoding: string): string {
  return ENCODINGS[encoding] ?? ENCODING_LABELS.find(({ value }) => value === encoding)?.label ?? encoding;
}

/** One line, several lines. */
const SKIPPED: Readonly<Record<SkipReason, readonly [one: string, many: string]>> = {
  'title or note': ['a title or note', 'titles and notes'],
  comment: ['a comment', 'comments'],
  'names again': ['the names again', 'the names again'],
  units: ['units', 'units'],
  total: ['a total', 'totals'],
  'no cell is filled': ['empty', 'empty'],
  'another table': ['of another table', 'of another table'],
  'outside the chosen lines': ['outside the chosen lines', 'outside the chosen lines'],
};

/** What a reading is told from. */
interface Read {
  readonly dialect: CsvDialect;
  /** Absent = delimited text. */
  readonly format?: Pick<SourceFormat, 'id'>;
  readonly tables: readonly ReadTable[];
}
type ReadTable = Pick<
  SourceTable,
  'rejectedCount' | 'mendedCount' | 'skipped' | 'skippedCount' | 'filledRows' | 'missing' | 'regions'
> & {
  readonly columns: readonly unknown[];
};

/**
 * How a file was read, decision by decision: separators, encoding, names, lines that are no rows, spellings of missing
 * values. Each names the setting that changes it. Formats that say these things themselves leave them out.
 */
export function readingParts({ dialect, tables, format }: Read): ReadingPart[] {
  const table = tables[0];
  if (!table) return [];
  const id = format?.id ?? 'csv';
  const separators: readonly ReadingPart[] = [
    { field: 'delimiter', text: separatorWords(dialect, table) },
    { field: 'encoding', text: encodingWords(dialect.encoding) },
  ];
  return [
    ...(id === 'csv' ? separators : []),
    ...(hasDialect({ id }) ? [{ field: 'header', text: nameWords(dialect) } as const] : []),
    ...(dialect.decimal === ',' ? [{ field: 'decimal', text: 'decimal comma' } as const] : []),
    ...missingParts(table),
    ...tableParts(table),
    ...skippedParts(dialect, table),
    ...rowParts(table),
  ];
}

/** “We read: comma, UTF-8, names in line 3 (2 lines above left out), “?” as missing in 3 columns.” Null = nothing had to be decided. */
export function readingSentence(source: Read): string | null {
  const words = readingParts(source).map(({ text }) => text);
  return words.length === 0 ? null : `We read: ${words.join(', ')}.`;
}

/** The tables of a file that holds several, in words; null for one. */
export function regionsSentence({ regions = [] }: Pick<SourceTable, 'regions'>): string | null {
  const others = regions.filter(({ isRead }) => !isRead);
  const read = regions.find(({ isRead }) => isRead);
  if (others.length === 0) return null;
  const listed = others
    .slice(0, 3)
    .map(({ firstLine, lastLine, names }) => `${lineWords(firstLine, lastLine)} (${listNames(names)})`);
  const more = others.length > 3 ? `, and ${others.length - 3} more` : '';
  const what =
    others.length === 1 ? 'another table, which was not read' : 'other tables, which were not read';
  return `The file holds ${what}: ${listed.join(', ')}${more}.${read ? ` Read was the one in ${lineWords(read.firstLine, read.lastLine)}.` : ''}`;
}

function separatorWords({ delimiter, mergeDelimiters }: CsvDialect, { columns }: ReadTable): string {
  if (columns.length === 1) return 'one column';
  if (mergeDelimiters && delimiter.trim() === '')
    return delimiter.length > 1 ? 'two blanks and more' : 'blanks';
  const name = DELIMITERS[delimiter] ?? `“${delimiter}”`;
  return mergeDelimiters ? `runs of ${name}` : name;
}

function nameWords({ header, headerRows = 1, skipLines, comment }: CsvDialect): string {
  const above = skipLines === 0 ? '' : ` (${lines(skipLines)} above left out)`;
  if (!header) return `no names${skipLines === 0 ? '' : ` (${lines(skipLines)} above the rows left out)`}`;
  const where = headerRows > 1 ? lineWords(skipLines + 1, skipLines + headerRows) : `line ${skipLines + 1}`;
  const mark = comment ? `, comments after “${comment}”` : '';
  return `names in ${where}${above}${mark}`;
}

function missingParts({ missing = [] }: ReadTable): ReadingPart[] {
  return missing.map(({ spelling, columns }) => ({
    field: 'nullValues',
    text: `“${spelling}” as missing in ${columns === 1 ? '1 column' : `${columns} columns`}`,
  }));
}

function tableParts({ regions = [] }: ReadTable): ReadingPart[] {
  const at = regions.findIndex(({ isRead }) => isRead);
  return at < 0 ? [] : [{ field: 'table', text: `table ${at + 1} of ${regions.length}` }];
}

/** Lines among and below the rows that are none; those above stand beside the names. */
function skippedParts(
  { skipLines }: CsvDialect,
  { skipped = [], skippedCount = 0 }: ReadTable,
): ReadingPart[] {
  const counts = new Map<SkipReason, number>();
  for (const { line, reason } of skipped) {
    if (line > skipLines) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const unlisted = skippedCount - skipped.length;
  const parts = [...counts].map(([reason, count]) => ({
    field: 'rows' as const,
    text: `${lines(count)} left out: ${SKIPPED[reason][count === 1 ? 0 : 1]}`,
  }));
  return unlisted > 0 ? [...parts, { field: 'rows', text: `${lines(unlisted)} more left out` }] : parts;
}

function rowParts({ filledRows, rejectedCount, mendedCount = 0 }: ReadTable): ReadingPart[] {
  const rows = (count: number, what: string) => `${count} ${count === 1 ? 'row' : 'rows'} ${what}`;
  return [
    ...(filledRows
      ? [{ field: 'rows' as const, text: rows(filledRows.count, 'with cells missing at the end') }]
      : []),
    ...(rejectedCount > 0 ? [{ field: 'rows' as const, text: rows(rejectedCount, 'rejected') }] : []),
    ...(mendedCount > 0 ? [{ field: 'rows' as const, text: rows(mendedCount, 'mended') }] : []),
  ];
}

function lines(count: number): string {
  return `${count} ${count === 1 ? 'line' : 'lines'}`;
}

function lineWords(first: number, last: number): string {
  return first === last ? `line ${first}` : `lines ${first}–${last}`;
}

/** A few names, long ones cut. */
function listNames(names: readonly string[]): string {
  const known = names
    .filter((name) => name !== '')
    .map((name) => (name.length > 24 ? `${name.slice(0, 23)}…` : name));
  return known.slice(0, 4).join(', ') + (known.length > 4 ? ', …' : '');
}
