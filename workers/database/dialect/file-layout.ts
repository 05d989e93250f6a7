import type { FileLayout } from '../../../src/domain/original-form';
import type { CsvDialect } from '../../../src/domain/sources';

/** Records that are looked at. */
const RECORDS = 2_000;

/** What of a dialect says how rows are written. */
type Dialect = Pick<
  CsvDialect,
  'encoding' | 'delimiter' | 'quote' | 'header' | 'skipLines' | 'decimal' | 'nullValues'
> & {
  readonly escape?: 'double' | 'backslash' | undefined;
  readonly mergeDelimiters?: boolean | undefined;
  readonly comment?: string | undefined;
  readonly headerRows?: number | undefined;
  readonly unitsRow?: boolean | undefined;
  readonly unitRows?: number | undefined;
  readonly leadingDelimiter?: boolean | undefined;
};

interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * How a delimited text file is written beyond its dialect, told from its head: line ends, byte-order mark, which
 * columns, names and missing values stand in quotes.
 * @param head its first bytes
 * @param complete false where they are cut off
 * @param texts indices of columns of text: of these alone an empty cell in quotes is a value, if not all cells stand in quotes
 * @param isOpen the last line of the file does not end
 */
export function fileLayout(
  head: Uint8Array,
  complete: boolean,
  dialect: Dialect,
  texts: ReadonlySet<number>,
  isOpen = false,
): FileLayout {
  const { encoding, delimiter, quote, header, decimal } = dialect;
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const decoded = decoder.decode(head, { stream: !complete });
  const byteOrderMark = decoded.startsWith('\ufeff');
  const text = byteOrderMark ? decoded.slice(1) : decoded;
  const { records, lineEnd } = scan(text, dialect, complete);
  const names = header ? records[0] : undefined;
  const named = header ? (dialect.headerRows ?? 1) + (dialect.unitsRow ? (dialect.unitRows ?? 1) : 0) : 0;
  const rows = ofOneWidth(records.slice(named));
  const nulls = new Set(['', ...dialect.nullValues]);
  const quotedColumns: number[] = [];
  let nullsInQuotes = 0;
  let bareNulls = 0;
  for (let c = 0; c < (rows[0]?.length ?? 0); c++) {
    let values = 0;
    let quoted = 0;
    const hasBare = rows.some((row) => row[c]?.quoted === false);
    for (const row of rows) {
      const cell = row[c];
      if (!cell) continue;
      const isNull = nulls.has(cell.text) && !(cell.quoted && cell.text === '' && texts.has(c) && hasBare);
      if (isNull && cell.quoted) nullsInQuotes++;
      else if (isNull) bareNulls++;
      else {
        values++;
        if (cell.quoted) quoted++;
      }
    }
    if (values > 0 && quoted === values) quotedColumns.push(c);
  }
  const quotedHeader = names && quotedNames(names);
  return {
    ...{ encoding, delimiter, quote, lineEnd, header, decimal },
    ...(dialect.mergeDelimiters && { mergeDelimiters: true as const }),
    ...(dialect.escape === 'backslash' && { escape: '\\' as const }),
    ...(byteOrderMark && { byteOrderMark }),
    ...(quotedHeader && { quotedHeader }),
    ...(isOpen && { noFinalLineEnd: true as const }),
    ...(nullsInQuotes > bareNulls && { quotedNulls: true as const }),
    ...(quotedColumns.length > 0 && { quotedColumns }),
  };
}

/** The records of the commonest number of cells: what stands above, below and between the rows has others. */
function ofOneWidth(records: readonly Cell[][]): readonly Cell[][] {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const commonest = Math.max(0, ...counts.values());
  return records.filter(({ length }) => counts.get(length) === commonest);
}

function quotedNames(names: readonly Cell[]): FileLayout['quotedHeader'] {
  const bare = names.filter(({ quoted }) => !quoted);
  if (bare.length === 0) return 'all';
  return bare.length < names.length && bare.every(({ text }) => text === '') ? 'named' : undefined;
}

/** Whether the last line of a file does not end, told from its last bytes. */
export function isOpenEnd(tail: Uint8Array): boolean {
  return tail.length > 0 && !tail.includes(10) && !tail.includes(13);
}

/** The first records after the skipped lines, and what most lines end with. */
function scan(
  text: string,
  dialect: Dialect,
  complete: boolean,
): { records: Cell[][]; lineEnd: FileLayout['lineEnd'] } {
  const { delimiter, skipLines, mergeDelimiters = false, comment = '' } = dialect;
  const ends = { '\n': 0, '\r\n': 0, '\r': 0 };
  const records: Cell[][] = [];
  let record: Cell[] = [];
  let at = 0;
  let skipped = 0;
  while (at < text.length && records.length < RECORDS) {
    const cell = scanCell(text, at, dialect);
    record.push(cell);
    at = cell.end;
    if (text.startsWith(delimiter, at)) {
      at += delimiter.length;
      while (mergeDelimiters && text.startsWith(delimiter, at)) at += delimiter.length;
      continue;
    }
    if (at >= text.length && !complete) break;
    const end = text.startsWith('\r\n', at) ? '\r\n' : (text[at] as '\n' | '\r' | undefined);
    if (end) ends[end]++;
    at += end?.length ?? 0;
    const isComment = comment !== '' && !record[0]!.quoted && record[0]!.text.startsWith(comment);
    if (skipped < skipLines) skipped++;
    else if (!isComment && (record.length > 1 || record[0]!.text !== ''))
      records.push(dialect.leadingDelimiter ? record.slice(1) : record);
    record = [];
  }
  const largest = Math.max(...Object.values(ends));
  const lineEnd = (Object.keys(ends) as FileLayout['lineEnd'][]).find((end) => ends[end] === largest)!;
  return { records, lineEnd };
}

/** The cell at `from` and where it ends. */
function scanCell(
  text: string,
  from: number,
  { delimiter, quote, escape: sign }: Dialect,
): Cell & { end: number } {
  let at = from;
  if (quote !== '') {
    while (text[at] === ' ' && delimiter !== ' ') at++;
    if (text[at] === quote) {
      let begin = at + 1;
      let inside = '';
      for (;;) {
        const close = text.indexOf(quote, begin);
        if (close < 0) break;
        inside += text.slice(begin, close);
        begin = close + 1;
        if (sign === 'backslash' && /(^|[^\\])(\\\\)*\\$/.test(inside)) {
          inside = inside.slice(0, -1) + quote;
          continue;
        }
        if (text[begin] !== quote)
          return { text: inside, quoted: true, end: cellEnd(text, begin, delimiter) };
        inside += quote;
        begin++;
      }
    }
  }
  const end = cellEnd(text, from, delimiter);
  return { text: text.slice(from, end), quoted: false, end };
}

function cellEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && !text.startsWith(delimiter, at) && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}
