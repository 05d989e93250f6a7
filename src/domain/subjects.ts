import type { ColumnProfile } from './columns';
import { namesSubjects } from './subject-names';

/** Values of so many rows at least are nobody's own, so a column of such values identifies nobody. */
const MAX_ROWS_OF_PERSON = 100;
/** Fewer people are asked about, whatever the name says: protection hides nearly all that tells them apart. */
export const MIN_SURE_PEOPLE = 20;
/** A column identifies subjects if it has so many distinct values for each of them. */
const MIN_VALUES_EACH = 0.5;

/** Whose rows a table holds: rows that agree in `columns` belong to one person or thing (docs/privacy.md, Subjects). */
export interface Subject {
  readonly columns: readonly string[];
  /** Names of the columns whose values are one subject's: made anew, never learned. */
  readonly identifying: readonly string[];
  /** Names of the columns that are the same in all rows of a subject, as far as is known. */
  readonly constant: readonly string[];
  /** About how many there are, and how many rows each has. */
  readonly subjects: number;
  readonly rowsEach: number;
  readonly source: 'found' | 'declared';
  /** Whether a name says so; if not, a person should confirm what was found. */
  readonly isSure: boolean;
}

/** What of a table's configuration says whose rows are whose. */
export interface SubjectSettings {
  /** Null = as found in the data; none = every row is a subject of its own. */
  readonly subjectColumns: readonly string[] | null;
  readonly primaryKey: string | null;
}

/** Names of declared columns that the table does not have: renamed, or read differently since. */
export function missingSubjectColumns(
  names: readonly string[],
  { subjectColumns }: Pick<SubjectSettings, 'subjectColumns'>,
): string[] {
  return subjectColumns?.filter((name) => !names.includes(name)) ?? [];
}

/**
 * Whose rows are whose, as declared or else as found in the data. Of declared columns those that the table has: see
 * `missingSubjectColumns`.
 * @returns null: every row is a subject of its own
 */
export function decideSubject(profiles: readonly ColumnProfile[], settings: SubjectSettings): Subject | null {
  const { subjectColumns, primaryKey } = settings;
  if (subjectColumns !== null) {
    const declared = profiles.filter(({ name }) => subjectColumns.includes(name));
    return declared.length === 0 ? null : subjectOf(declared, profiles, 'declared');
  }
  const all = profiles.filter(({ subject, name }) => subject !== null && name !== primaryKey);
  // Few sellers are not the people of a table of many customers.
  const many = all.filter(({ subject }) => subject!.values >= MIN_SURE_PEOPLE);
  const candidates = many.length > 0 ? many : all;
  const named = candidates.filter(tellsSubjects);
  const few = named.filter(({ subject }) => subject!.rowsEach <= MAX_ROWS_OF_PERSON);
  const pool = [few, named, candidates].find(({ length }) => length > 0);
  if (!pool) return null;
  const chosen = coarsest(pool);
  const isValue = chosen.storageType !== 'text' && chosen.storageType !== 'integer';
  // A salary alone may be several people's: it takes what goes with it to tell them apart.
  const beside = isValue ? candidates.filter((other) => goTogether(chosen, other)) : [];
  return subjectOf([chosen, ...beside], profiles, 'found');
}

/** The column that others are subjects within: the customer of accounts. */
function coarsest(pool: readonly ColumnProfile[]): ColumnProfile {
  let chosen = pool.reduce((best, next) => (companions(next) > companions(best) ? next : best));
  for (const other of pool) if (isWithin(chosen, other) && !isWithin(other, chosen)) chosen = other;
  return chosen;
}

function companions({ subject }: ColumnProfile): number {
  return subject!.companions.length;
}

/** Whether all rows of a value of `inner` have one value of `outer`. */
function isWithin(inner: ColumnProfile, outer: ColumnProfile): boolean {
  return inner.subject?.companions.includes(outer.name) ?? false;
}

function goTogether(a: ColumnProfile, b: ColumnProfile): boolean {
  return a !== b && isWithin(a, b) && isWithin(b, a);
}

function subjectOf(
  columns: readonly ColumnProfile[],
  profiles: readonly ColumnProfile[],
  source: Subject['source'],
): Subject {
  const subjects = Math.max(1, ...columns.map(({ distinctCount }) => distinctCount));
  const rows = Math.max(...columns.map(({ rowCount, nullCount }) => rowCount - nullCount));
  const isSure = source === 'declared' || (subjects >= MIN_SURE_PEOPLE && columns.some(tellsSubjects));
  const identifies = (profile: ColumnProfile) => {
    if (!canBeInvented(profile)) return false;
    // A text that goes with the subject tells it; a whole number may be an income, unless it tells the subject in turn.
    const isText = profile.storageType === 'text';
    if (columns.includes(profile)) return isSure || isText;
    if (profile.distinctCount < MIN_VALUES_EACH * subjects) return false;
    if (!isSure && !isText) return false;
    const goesWith = (column: ColumnProfile) =>
      isWithin(column, profile) && (isText || isWithin(profile, column));
    return tellsSubjects(profile) || columns.some(goesWith);
  };
  return {
    columns: columns.map(({ name }) => name),
    identifying: profiles.filter(identifies).map(({ name }) => name),
    constant: [...new Set(columns.flatMap(({ subject }) => subject?.companions ?? []))],
    subjects,
    rowsEach: rows / subjects,
    source,
    isSure,
  };
}

/** Whether the name or the form of the values says that they are people, accounts or ways to reach one. */
function tellsSubjects({ originalName, subject }: ColumnProfile): boolean {
  return namesSubjects(originalName) || subject?.isContact === true;
}

function canBeInvented({ storageType }: ColumnProfile): boolean {
  return storageType === 'text' || storageType === 'integer';
}
