import type { CsvDialect } from '../../../src/domain/sources';
import type { ScannedHead } from '../csv/scan-text';
import type { Separators } from '../csv/scanned-record';
import { looksNumeric } from './cell-shape';
import { escapesOf, isCoherent, newlineOf } from './quoting';
import {
  isDecimalColumn,
  isProse,
  PLAIN_MARKS,
  rareMarks,
  rareSeparators,
  repeatedDelimiter,
} from './rare-separators';
import { scanTable } from './scan-table';
import { isBlankLine, modalFields, usualFields } from './usual-fields';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const QUOTES = ['"', "'", ''] as const;
const SAMPLE_RECORDS = 400;

/** What a person has chosen. */
export type FixedSeparators = Partial<
  Pick<CsvDialect, 'delimiter' | 'quote' | 'escape' | 'mergeDelimiters' | 'leadingDelimiter' | 'comment'>
>;

/**
 * What separates fields and records of a file. Delimiter and quote are the pair under which records have equally many
 * fields, and fields look like one value each. Where no usual delimiter yields two fields, rare ones are tried, which must
 * cut all records alike. A file in which no candidate does has one column and the delimiter ','.
 *
 * @param head UTF-8 bytes
 * @param complete false when the file goes on
 * @param fixed what the person has chosen; a `comment` is a mark whose lines are left out
 */
export function detectSeparators(head: Uint8Array, complete: boolean, fixed: FixedSeparators): Separators {
  const separators = findSeparators(head, complete, fixed);
  if (fixed.leadingDelimiter !== undefined || separators.mergeDelimiters) return separators;
  return isLeading(scanTable(head, separators, complete, SAMPLE_RECORDS), separators, complete)
    ? { ...separators, leadingDelimiter: true }
    : separators;
}

/** Every line begins with the delimiter, as those of drawn tables do. With others than bars, all of the file must be seen. */
function isLeading({ records }: ScannedHead, { delimiter }: Separators, complete: boolean): boolean {
  const filled = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length < 2 || (delimiter !== '|' && !complete)) return false;
  const wide = filled.filter(({ cells }) => cells.length > 2);
  return (
    wide.length > filled.length / 2 &&
    wide.every(({ cells, quoted }) => cells[0]!.trim() === '' && !quoted[0])
  );
}

function findSeparators(head: Uint8Array, complete: boolean, fixed: FixedSeparators): Separators {
  const newline = newlineOf(head);
  const delimiters = fixed.delimiter === undefined ? DELIMITERS : [fixed.delimiter];
  const quotes = fixed.quote === undefined ? QUOTES : [fixed.quote];
  const common = {
    newline,
    ...(fixed.escape === 'backslash' && { escape: fixed.escape }),
    ...(fixed.comment !== undefined && { comment: fixed.comment }),
    ...(fixed.mergeDelimiters && { mergeDelimiters: true }),
    ...(fixed.leadingDelimiter && { leadingDelimiter: true }),
  } as const;
  const scan = (separators: Separators) => scanTable(head, separators, complete, SAMPLE_RECORDS);
  let best: Separators = { delimiter: delimiters[0]!, quote: quotes[0]!, ...common };
  let bestScore = 0;
  let oneColumn = false;
  let isQuoting = false;
  for (const quote of quotes) {
    // Records that are one quoted field each, whatever is in them.
    oneColumn ||= fixed.delimiter === undefined && quote !== '' && isQuotedColumn(scan({ ...best, quote }));
    if (oneColumn) return { ...best, quote };
    // Where quotes hold together what they should, they are no part of the cells.
    if (quote === '' && fixed.quote === undefined && isQuoting) break;
    for (const delimiter of delimiters) {
      const escapes = fixed.escape === undefined ? escapesOf(head, quote, delimiter) : [fixed.escape];
      for (const by of escapes) {
        const separators: Separators = {
          delimiter,
          quote,
          ...common,
          ...(by === 'backslash' && { escape: by }),
        };
        const scanned = scan(separators);
        isQuoting ||= quote !== '' && isCoherent(scanned);
        // A quote character that is never used explains nothing.
        const idle =
          quote === "'" &&
          quote !== fixed.quote &&
          !scanned.records.some(({ quoted }) => quoted.includes(true));
        const score = idle ? 0 : scoreOf(scanned, delimiter, delimiters.length > 1);
        // An unusual quote character and backslashes must be clearly better, not equal.
        const isUsual = (quote === '"' || quote === fixed.quote) && by === escapes[0];
        if (score > bestScore * (isUsual ? 1 : 1.05)) {
          bestScore = score;
          best = separators;
        }
      }
    }
  }
  if (fixed.delimiter !== undefined) return best;
  if (bestScore === 0) return rareSeparators(scan, best) ?? best;
  const { records } = scan(best);
  const filled = records.filter((record) => !isBlankLine(record));
  const width = modalFields(filled);
  // A first record that is cut otherwise may be the names of more columns, cut by a rare mark.
  if (filled[0]!.cells.length !== width) {
    const rare =
      rareMarks(scan, best, width) ?? (filled[0]!.cells.length === 1 ? evenMark(scan, best) : null);
    if (rare) return rare;
  }
  // Where some records have no delimiter at all, a mark that nothing else has cuts all of them.
  if (filled.some(({ cells }) => cells.length === 1)) {
    const rare = rareMarks(scan, best, width, PLAIN_MARKS);
    if (rare) return rare;
  }
  // A comma that is a decimal mark, separates thousands, or stands in sentences, is no delimiter.
  if (best.delimiter === ',' && (isDecimalColumn(records) || isProse(filled)))
    return { ...best, delimiter: '\t' };
  return repeatedDelimiter(scan, best) ?? best;
}

/** Another usual delimiter that cuts all records alike, the first among them. */
function evenMark(scan: (separators: Separators) => ScannedHead, best: Separators): Separators | null {
  for (const delimiter of DELIMITERS) {
    const { records, malformed } = scan({ ...best, delimiter });
    const filled = records.filter((record) => !isBlankLine(record));
    const width = filled[0]!.cells.length;
    if (malformed === 0 && width > 1 && filled.every(({ cells }) => cells.length === width))
      return { ...best, delimiter };
  }
  return null;
}

/** Records of one field each, most of them quoted and with a delimiter inside. */
function isQuotedColumn({ records, malformed }: ScannedHead): boolean {
  const filled = records.filter((record) => !isBlankLine(record));
  const quoted = filled.filter(
    ({ quoted, cells }) => quoted[0] && DELIMITERS.some((mark) => cells[0]!.includes(mark)),
  );
  return (
    malformed === 0 &&
    quoted.length >= 2 &&
    quoted.length > filled.length / 2 &&
    filled.every(({ cells }) => cells.length === 1)
  );
}

/**
 * 0 … 1: share of records with the usual width × share of cells that look like one value × a bonus for width. Records
 * above and below the table count less: titles may outnumber the rows.
 */
function scoreOf(scanned: ScannedHead, delimiter: string, competing: boolean): number {
  const { fields, first, last } = usualFields(scanned.records);
  if (fields === 0 || (competing && fields < 2)) return 0;
  const filled = scanned.records.slice(first, last + 1).filter((record) => !isBlankLine(record));
  const regular = filled.filter(({ cells }) => cells.length === fields);
  const outside = scanned.records.length - (last + 1 - first);
  let clean = 0;
  let cells = 0;
  for (const record of regular) {
    record.cells.forEach((cell, i) => {
      cells++;
      clean += cellCleanness(cell, record.quoted[i]!, delimiter);
    });
  }
  const regularity =
    (regular.length - scanned.mended / 2) / (filled.length + scanned.malformed + outside / 10);
  return regularity ** 2 * (clean / Math.max(1, cells)) * (1 - 1 / (fields + 2));
}

function cellCleanness(cell: string, quoted: boolean, delimiter: string): number {
  const text = cell.trim();
  if (quoted || text === '' || looksNumeric(text)) return 1;
  // Other delimiters inside, and unmatched quotes, speak against this one.
  for (const other of DELIMITERS) if (other !== delimiter && text.includes(other)) return 0.3;
  if (/^["']|["']$/.test(text)) return 0.3;
  return 0.9;
}
