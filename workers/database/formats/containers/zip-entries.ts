import { refused } from '../recognise';
import type { ZipEntry } from './zip-directory';

/** Formats that are ZIP archives themselves, by a file that they have. */
const REFUSED: readonly { readonly path: RegExp; readonly what: string; readonly advice: string }[] = [
  {
    path: /^xl\/workbook\.bin$/,
    what: 'a binary Excel workbook (.xlsb)',
    advice: 'Save it as .xlsx, or the sheet as CSV.',
  },
  { path: /^word\/document\.xml$/, what: 'a Word document', advice: 'Save its table as CSV.' },
  { path: /^ppt\/presentation\.xml$/, what: 'a presentation', advice: 'Save its table as CSV.' },
  { path: /^Index\/.*\.iwa$/, what: 'a Numbers or Pages document', advice: 'Export it as CSV or Excel.' },
  {
    path: /^content\.xml$/,
    what: 'an OpenDocument file (.ods)',
    advice: 'Save it as .xlsx, or the sheet as CSV.',
  },
];

/**
 * `xlsx` for the archive that a workbook is.
 * @throws UserError `source/unreadable` for other documents
 */
export function officeKind(name: string, entries: readonly ZipEntry[]): 'xlsx' | null {
  if (entries.some(({ path }) => /^xl\/workbook\d*\.xml$/.test(path))) return 'xlsx';
  for (const { path, what, advice } of REFUSED) {
    if (entries.some((entry) => path.test(entry.path))) throw refused(name, what, advice);
  }
  return null;
}

const TABLES =
  /\.(csv|tsv|txt|tab|psv|dat|json|jsonl|ndjson|parquet|arrow|feather|xlsx|xlsm|sqlite3?|db|gz|zst)$/i;
const MAX_ENTRIES = 1_000;

/** The files of an archive that may be tables, likeliest first: by their names, then by size. */
export function tableEntries(entries: readonly ZipEntry[]): ZipEntry[] {
  const files = entries.filter((entry) => entry.unpacked > 0 && isFile(entry));
  const rank = (entry: ZipEntry) => (isNamedAsTable(entry) ? 0 : 1);
  return files.sort((a, b) => rank(a) - rank(b) || b.unpacked - a.unpacked).slice(0, MAX_ENTRIES);
}

/**
 * The files of an archive that are read as one table, in the order of their names, and those that are not.
 * @param which all, or those that are tables by their names, if any is
 */
export function unionEntries(
  entries: readonly ZipEntry[],
  which: 'tables' | 'all',
): { readonly chosen: readonly ZipEntry[]; readonly others: readonly ZipEntry[] } {
  const order = new Intl.Collator('en', { numeric: true });
  const files = entries.filter(isFile).sort((a, b) => order.compare(a.path, b.path));
  const isAll = which === 'all' || !files.some(isNamedAsTable);
  return {
    chosen: isAll ? files : files.filter(isNamedAsTable),
    others: isAll ? [] : files.filter((entry) => !isNamedAsTable(entry)),
  };
}

/** A file of a person's, and no folder or note of a system. */
function isFile({ path }: ZipEntry): boolean {
  return !/(^|\/)(__MACOSX\/|\.[^/]*$)|\/$/.test(path);
}

function isNamedAsTable({ path }: ZipEntry): boolean {
  return TABLES.test(path) && !/(^|\/)(read ?me|licen[cs]e)/i.test(path);
}
