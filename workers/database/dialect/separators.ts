import type { Separators } from '../csv/record-scanner';
import { type ScannedHead, scanHead, type TextRecord } from '../csv/scan-text';
import { looksNumeric } from './cell-shape';
import { isDecimalColumn } from './decimal-column';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const QUOTES = ['"', "'", ''] as const;
const SAMPLE_RECORDS = 400;

/**
 * What separates fields and records of a file. Delimiter and quote are the pair under which records have equally many
 * fields, and fields look like one value each. A file in which no candidate yields two fields has one column and the
 * delimiter ','.
 *
 * @param head UTF-8 bytes
 * @param complete false when the file goes on
 * @param fixed what the person has chosen
 */
export function detectSeparators(
  head: Uint8Array,
  complete: boolean,
  fixed: { delimiter?: string; quote?: string },
): Separators {
  const newline = head.includes(13) && !head.includes(10) ? 'cr' : 'lf';
  const delimiters = fixed.delimiter === undefined ? DELIMITERS : [fixed.delimiter];
  const quotes = fixed.quote === undefined ? QUOTES : [fixed.quote];
  let best: Separators = { delimiter: delimiters[0]!, quote: quotes[0]!, newline };
  let bestScore = 0;
  for (const quote of quotes) {
    for (const delimiter of delimiters) {
      const separators: Separators = { delimiter, quote, newline };
      const scanned = scanHead(head, separators, complete, SAMPLE_RECORDS);
      // A quote character that is never used explains nothing.
      const idle =
        quote === "'" &&
        quote !== fixed.quote &&
        !scanned.records.some(({ quoted }) => quoted.includes(true));
      const isCut = delimiter === ',' && fixed.delimiter === undefined && isDecimalColumn(scanned.records);
      // Any delimiter that does not occur makes one column.
      if (isCut) return { ...separators, delimiter: '\t' };
      const score = idle ? 0 : scoreOf(scanned, delimiter, delimiters.length > 1);
      // An unusual quote character must be clearly better, not equal.
      if (score > bestScore * (quote === '"' || quote === fixed.quote ? 1 : 1.05)) {
        bestScore = score;
        best = separators;
      }
    }
  }
  return best;
}

/** The most frequent number of fields among records that are not blank; 0 without any. */
export function modalFields(records: readonly TextRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) {
    if (cells.length === 1 && cells[0]!.trim() === '') continue;
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  let modal = 0;
  for (const [fields, count] of counts) {
    const leader = counts.get(modal) ?? 0;
    if (count > leader || (count === leader && fields > modal)) modal = fields;
  }
  return modal;
}

/** 0 … 1: share of records with the usual width × share of cells that look like one value × a bonus for width. */
function scoreOf(scanned: ScannedHead, delimiter: string, competing: boolean): number {
  const modal = modalFields(scanned.records);
  if (modal === 0 || (competing && modal < 2)) return 0;
  const filled = scanned.records.filter(({ cells }) => cells.length > 1 || cells[0]!.trim() !== '');
  const regular = filled.filter(({ cells }) => cells.length === modal);
  let clean = 0;
  let cells = 0;
  for (const record of regular) {
    record.cells.forEach((cell, i) => {
      cells++;
      clean += cellCleanness(cell, record.quoted[i]!, delimiter);
    });
  }
  const regularity = regular.length / (filled.length + scanned.malformed);
  return regularity ** 2 * (clean / Math.max(1, cells)) * (1 - 1 / (modal + 2));
}

function cellCleanness(cell: string, quoted: boolean, delimiter: string): number {
  const text = cell.trim();
  if (quoted || text === '' || looksNumeric(text)) return 1;
  // Other delimiters inside, and unmatched quotes, speak against this one.
  for (const other of DELIMITERS) if (other !== delimiter && text.includes(other)) return 0.3;
  if (/^["']|["']$/.test(text)) return 0.3;
  return 0.9;
}
