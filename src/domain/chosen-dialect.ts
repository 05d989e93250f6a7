import { type CsvDialect, dialectForOthers, type Source } from './sources';

/** Settings after whose change a column of the file may stand elsewhere. */
const MOVES_COLUMNS: readonly (keyof CsvDialect)[] = [
  'delimiter',
  'mergeDelimiters',
  'quote',
  'escape',
  'table',
  'entry',
];

/**
 * What a file is read by when a person changes some settings: those, and what was set before. Everything else is found anew,
 * as what was found in one column would hold for all. What was said of single columns goes when columns may move.
 * @param change `undefined` takes back what was set
 */
export function chosenWith(
  { dialect, chosen = dialect }: Pick<Source, 'dialect' | 'chosen'>,
  change: Partial<CsvDialect>,
): Partial<CsvDialect> {
  const moves = MOVES_COLUMNS.some((field) => field in change && change[field] !== chosen[field]);
  const { columns, ...rest } = chosen;
  const next = { ...rest, ...(columns && !moves && { columns }), ...change };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
}

/** The settings that differ from those that a file was read by. */
export function changedSettings(dialect: CsvDialect, was: CsvDialect): Partial<CsvDialect> {
  const fields = Object.keys({ ...was, ...dialect }) as (keyof CsvDialect)[];
  const isOther = (field: keyof CsvDialect) => JSON.stringify(dialect[field]) !== JSON.stringify(was[field]);
  return Object.fromEntries(fields.filter(isOther).map((field) => [field, dialect[field]]));
}

/**
 * How a newer file of a source is read: cut as before, but missing values and decimal marks are told from its own columns
 * unless a person set them. It has as many rows as it has.
 */
export function readingOfNewer({ dialect, chosen }: Pick<Source, 'dialect' | 'chosen'>): Partial<CsvDialect> {
  const others = dialectForOthers(dialect);
  if (!chosen) return others;
  const { nullValues: _nulls, decimal: _decimal, ...cut } = others;
  return { ...cut, ...dialectForOthers(chosen) };
}
