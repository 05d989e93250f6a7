import type { ScannedHead, TextRecord } from '../csv/scan-text';
import type { Separators } from '../csv/scanned-record';
import { looksNumeric } from './cell-shape';
import { isBlankLine, modalFields } from './usual-fields';

type Scan = (separators: Separators) => ScannedHead;

/** Marks that separate fields now and then, and stand inside values otherwise; “key : value” is told from columns. */
const RARE = [' : ', ':', '#', '^', '`', '~', '!', '¦', '§', '\u001f', '\u0001'] as const;
/** Those of them that hardly stand inside values. */
export const PLAIN_MARKS: readonly string[] = ['^', '`', '¦', '§', '\u001f', '\u0001'];
/** Rows of paths or hashes beside words that are no chance. */
const ENOUGH_CODES = 5;
/** Lines above the names that blanks cut otherwise, and records below those. */
const MAX_TITLES = 4;
const ENOUGH_BELOW_TITLES = 4;
/** Part of the records that must have the same width. */
const ALIKE = 0.95;

/**
 * Separators that are rarely used, where the usual ones find one column alone: a mark, or runs of blanks as in columns
 * set with them. Nearly all records, the first among them, must have equally many fields, and the fields must not look
 * like parts of one value (a time, a web address, a few words).
 */
export function rareSeparators(scan: Scan, plain: Separators): Separators | null {
  const marks = rareMarks(scan, plain, 1);
  if (marks) return marks;
  return blankSeparators(scan, plain);
}

/**
 * Runs of blanks: two and more stand between columns, one inside a value. One alone does where it cuts what two leave
 * together: several figures, or quoted cells.
 */
function blankSeparators(scan: Scan, plain: Separators): Separators | null {
  const cut = (delimiter: string) => {
    const separators = { ...plain, delimiter, mergeDelimiters: true };
    const head = scan(separators);
    const records = alikeRecords(head, true);
    const isDrawn =
      records !== null && head.rules.some((rule) => columnsOfRule(rule) === modalFields(records));
    if (!records || !(isDrawn || areColumns(records, delimiter))) return null;
    return { separators, records, mended: head.mended, isDrawn };
  };
  const [two, one] = [cut('  '), cut(' ')];
  if (!two || !one) return (two ?? one)?.separators ?? null;
  const isTogether = two.records.slice(1).filter(holdsFigures).length > two.records.length / 2;
  const isOne = one.mended < two.mended || (one.isDrawn && !two.isDrawn) || (isTogether && !two.isDrawn);
  return (isOne ? one : two).separators;
}

/** Columns under which a line is drawn: “--- ---- --” has three. */
function columnsOfRule(rule: string): number {
  const runs = rule.trim().split(/\s+/);
  return runs.every((run) => /^(-+|=+|_+)$/.test(run)) ? runs.length : 0;
}

/** A cell is made of several figures. */
function holdsFigures({ cells }: TextRecord): boolean {
  return cells.some((cell) => {
    const parts = cell.trim().split(/\s+/);
    return parts.length > 1 && parts.filter(looksNumeric).length > 1 && !/^\d{1,4}[-/.]\d/.test(parts[0]!);
  });
}

/** Lists of files: in one column every cell is a path, the name of a file or a hash. */
function arePaths(records: readonly TextRecord[]): boolean {
  const width = records[0]!.cells.length;
  if (width > 4 || records.some(({ cells }) => cells.length !== width)) return false;
  const isPath = (cell: string) =>
    /^[\w.-]*([/\\][\w.-]+)+$|^[\w-]+\.[a-z]{2,4}$|^[0-9a-f]{16,}$/i.test(cell.trim());
  return Array.from({ length: width }, (_, i) => i).some((i) =>
    records.every(({ cells }) => isPath(cells[i]!)),
  );
}

/** A mark that cuts nearly all records, the first among them, into more than so many fields alike. */
export function rareMarks(
  scan: Scan,
  plain: Separators,
  fields: number,
  marks: readonly string[] = RARE,
): Separators | null {
  for (const delimiter of marks) {
    const separators = { ...plain, delimiter };
    const records = alikeRecords(scan(separators));
    if (
      records &&
      records[0]!.cells.length > fields &&
      !arePartsOfValues(records) &&
      !(delimiter === ' : ' && areKeys(records))
    ) {
      return repeatedDelimiter(scan, separators) ?? separators;
    }
  }
  return null;
}

/** “||” and “::”: every other field is empty in all records. */
export function repeatedDelimiter(scan: Scan, separators: Separators): Separators | null {
  const filled = scan(separators).records.filter((record) => !isBlankLine(record));
  const isDoubled = ({ cells }: TextRecord) =>
    cells.length > 2 && cells.length % 2 === 1 && cells.every((cell, i) => i % 2 === 0 || cell === '');
  if (filled.length < 2 || !filled.every(isDoubled)) return null;
  // A table of empty columns alone is no evidence.
  const isFilled = filled.every(({ cells }) => cells.filter((cell) => cell.trim() !== '').length >= 2);
  return isFilled ? { ...separators, delimiter: separators.delimiter.repeat(2) } : null;
}

/**
 * One column of amounts whose commas are decimal marks or separate thousands: the name above them has none, or each ends
 * with two digits and some with a zero before.
 */
export function isDecimalColumn(records: readonly TextRecord[]): boolean {
  const filled = records.filter((record) => !isBlankLine(record));
  const [first, ...rows] = filled;
  if (!first || rows.length < 2) return false;
  const isAmount = ({ cells, quoted }: TextRecord) =>
    !quoted.includes(true) &&
    /^\s*[+-]?\p{Sc}?\s?(\d{1,3}(,\d{3})+(\.\d+)?|\d{1,3}(\.\d{3})+,\d{1,2}|\d+(,\d{1,3})?|\d+(\.\d+)?)\s?[\p{Sc}%]?\s*$/u.test(
      cells.join(','),
    );
  const amounts = rows.filter(isAmount);
  if (amounts.length < ALIKE * rows.length || !amounts.some(({ cells }) => cells.length > 1)) return false;
  if (first.cells.length === 1 && !looksNumeric(first.cells[0]!)) return true;
  const isCents = ({ cells }: TextRecord) => cells.length === 2 && /^\d\d$/.test(cells[1]!);
  return (
    filled.length >= 3 &&
    filled.every((record) => isAmount(record) && isCents(record)) &&
    filled.some(({ cells }) => cells[1]!.startsWith('0'))
  );
}

/** One word above a column of sentences: a blank stands behind each comma, and no figures in the fields between them. */
export function isProse([first, ...rows]: readonly TextRecord[]): boolean {
  if (!first || first.cells.length > 1 || !/^\p{L}[\p{L}\p{N}_]*$/u.test(first.cells[0]!.trim()))
    return false;
  const isSentence = ({ cells, quoted }: TextRecord) =>
    !quoted.includes(true) &&
    cells.slice(1).every((cell) => /^ \S/.test(cell)) &&
    !(cells.length > 1 && cells.some(looksNumeric));
  return rows.length >= 2 && rows.every(isSentence);
}

/**
 * The records that are not blank, if the first and nearly all others have the same width of two and more.
 * @param mayLackName the first may have one field less: the column of row names has none
 */
function alikeRecords(
  { records, malformed }: ScannedHead,
  mayLackName = false,
): readonly TextRecord[] | null {
  const all = records.filter((record) => !isBlankLine(record));
  const fields = modalFields(all);
  const filled = mayLackName ? withoutTitles(all, fields) : all;
  const alike = filled.filter(({ cells }) => cells.length === fields);
  if (malformed > 0 || fields < 2 || filled.length < 2) return null;
  const first = filled[0]!.cells;
  const lacksName = mayLackName && first.length === fields - 1 && !first.some(looksNumeric);
  if (first.length !== fields && !lacksName) return null;
  return alike.length + (lacksName ? 1 : 0) >= ALIKE * filled.length
    ? lacksName
      ? [filled[0]!, ...alike]
      : alike
    : null;
}

/** A blank line parts titles from the names, which are as wide as the many rows below. */
function withoutTitles(records: readonly TextRecord[], fields: number): readonly TextRecord[] {
  const from = records.findIndex(({ cells }) => cells.length === fields);
  const isApart = from > 0 && records[from]!.line > records[from - 1]!.line + 1;
  return isApart && from <= MAX_TITLES && records.length - from > ENOUGH_BELOW_TITLES
    ? records.slice(from)
    : records;
}

/** “key : value” in lines of two fields, whose values are no column of numbers under a name. */
function areKeys([first, ...rows]: readonly TextRecord[]): boolean {
  const isColumn = !looksNumeric(first!.cells[1]!) && rows.every(({ cells }) => looksNumeric(cells[1]!));
  return first!.cells.length === 2 && !isColumn;
}

function arePartsOfValues(records: readonly TextRecord[]): boolean {
  const every = (holds: (cells: readonly string[]) => boolean) => records.every(({ cells }) => holds(cells));
  const all = (form: RegExp) => every((cells) => cells.every((cell) => form.test(cell)));
  // Times; web addresses; “key: value”; a mark before every line.
  if (all(/^\d{1,2}([.,]\d+)?$/)) return true;
  if (records.some(({ cells }) => cells[1]!.startsWith('//'))) return true;
  // The hours and minutes of a time, in every record.
  const isTime = (before: string, after: string) =>
    /(^|\D)\d{1,2}$/.test(before) && /^\d\d(\D|$)/.test(after);
  if (every((cells) => cells.slice(1).some((cell, i) => isTime(cells[i]!, cell)))) return true;
  if (every((cells) => cells.slice(1).every((cell) => /^\s/.test(cell)))) return true;
  return every((cells) => cells[0]!.trim() === '') && records[0]!.cells.length === 2;
}

/** Columns set with blanks are aligned or hold figures; words of a text are neither. */
function areColumns(records: readonly TextRecord[], delimiter: string): boolean {
  const [first, ...rows] = records;
  if (rows.length === 0) return false;
  const fields = modalFields(records);
  const figures = Array.from({ length: fields }, (_, i) =>
    rows.every(({ cells }) => looksNumeric(cells[i] ?? '')),
  );
  const count = figures.filter(Boolean).length;
  const isMoment = rows.every(({ cells }) => cells.length === 2 && /^\d{1,2}:\d\d/.test(cells[1]!));
  if (isMoment || records.some(({ cells }) => /^[+(]\d/.test(cells[0]!))) return false;
  if (delimiter.length > 1) return rows.length >= 2 || count > 0;
  if (rows.length >= ENOUGH_CODES && arePaths(records)) return true;
  return count >= 2 || (count >= fields / 2 && !first!.cells.some(looksNumeric));
}
