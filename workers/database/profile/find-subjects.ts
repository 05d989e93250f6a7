import type { ColumnProfile, SubjectEvidence } from '../../../src/domain/columns';
import { namesSubjects } from '../../../src/domain/subject-names';
import { queryRow } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';

type Profile = Omit<ColumnProfile, 'subject'>;

/** Values that are many: so many, and without a telling name this part of the rows. */
const MIN_VALUES = 50;
const MIN_SHARE = 0.05;
/** Rows per value: fewer are chance, more are no longer one subject's, unless the name says so. */
const MIN_ROWS_EACH = 1.5;
const MAX_ROWS_EACH = 100;
/** Another column goes with the values if it is the same in so many of those with several rows … */
const MIN_CONSTANT = 0.9;
/** … and two rows of the table agree on it less often than this. */
const MAX_CHANCE = 0.5;
/** Columns that must go with values whose name tells nothing. */
const MIN_COMPANIONS = 2;
/** So many columns are looked at, as candidates and beside one. */
const MAX_CANDIDATES = 12;
const MAX_COMPANIONS = 40;

/**
 * Columns whose values are subjects of several rows each (customers, patients, accounts), by their index: values are
 * many and repeat, and other columns are the same in all rows of a value far beyond chance, or the name says so
 * (docs/encodings.md, Columns that identify subjects).
 */
export async function findSubjects(
  sql: SqlEngine,
  table: string,
  profiles: readonly Profile[],
  checkpoint: () => void = () => {},
): Promise<Map<number, SubjectEvidence>> {
  const candidates = profiles
    .filter(isCandidate)
    .sort((a, b) => Number(namesSubjects(b.originalName)) - Number(namesSubjects(a.originalName)))
    .slice(0, MAX_CANDIDATES);
  const found = new Map<number, SubjectEvidence>();
  for (const profile of candidates) {
    checkpoint();
    const companions = await companionsOf(sql, table, profile, profiles);
    if (!namesSubjects(profile.originalName) && companions.length < MIN_COMPANIONS) continue;
    const rowsEach = (profile.rowCount - profile.nullCount) / profile.distinctCount;
    found.set(profile.index, { values: profile.distinctCount, rowsEach, companions });
  }
  return found;
}

function isCandidate(profile: Profile): boolean {
  const { storageType, distinctCount, rowCount, nullCount } = profile;
  if (storageType !== 'text' && storageType !== 'integer') return false;
  const rowsEach = (rowCount - nullCount) / Math.max(1, distinctCount);
  if (distinctCount < MIN_VALUES || rowsEach < MIN_ROWS_EACH) return false;
  if (namesSubjects(profile.originalName)) return true;
  return distinctCount >= MIN_SHARE * rowCount && rowsEach <= MAX_ROWS_EACH;
}

/** Names of the columns that are the same in all rows of a value. */
async function companionsOf(
  sql: SqlEngine,
  table: string,
  { index }: Profile,
  profiles: readonly Profile[],
): Promise<string[]> {
  const others = profiles
    .filter((other) => other.index !== index && agreement(other) <= MAX_CHANCE)
    .slice(0, MAX_COMPANIONS);
  if (others.length === 0) return [];
  const key = columnId(index);
  const same = others.map(({ index: i }) => `min(${columnId(i)}) = max(${columnId(i)}) AS s${i}`);
  const shares = others.map(
    ({ index: i }) => `avg(s${i}::INTEGER)::DOUBLE AS m${i}, count(s${i})::DOUBLE AS n${i}`,
  );
  const row = await queryRow(
    sql,
    `SELECT ${shares.join(', ')} FROM (SELECT ${same.join(', ')} FROM ${table}
      WHERE ${key} IS NOT NULL GROUP BY ${key} HAVING count(*) > 1)`,
  );
  return others
    .filter(({ index: i }) => Number(row[`n${i}`]) >= MIN_VALUES / 2 && Number(row[`m${i}`]) >= MIN_CONSTANT)
    .map(({ name }) => name);
}

/** At most how often two rows agree on a column by chance: the sum of its values' squared shares. */
function agreement({ topValues, rowCount, nullCount }: Profile): number {
  const rows = Math.max(1, rowCount - nullCount);
  const shares = topValues.map(({ count }) => count / rows);
  const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  return shares.reduce((sum, share) => sum + share * share, 0) + rest * (shares.at(-1) ?? 1);
}
