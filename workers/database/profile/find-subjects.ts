import type { ColumnProfile, SubjectEvidence } from '../../../src/domain/columns';
import { namesSubjects, numbersSubjects } from '../../../src/domain/subject-names';
import { queryRow } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';

type Profile = Omit<ColumnProfile, 'subject'>;

/** Values whose name or form tells whom rows are about. */
const MIN_TOLD_VALUES = 20;
/** Fewer, which are asked about, if the name says that each is a person, or the form; of fewer yet nothing is ever shown. */
const MIN_FEW_VALUES = 5;
/** Without a telling name or form so many, and this part of the rows. */
const MIN_VALUES = 50;
const MIN_SHARE = 0.05;
/** Half as many values with several rows must tell whether a column goes with them. */
const TELLING = 0.5;
/** Rows per value: fewer are chance, more are no longer one subject's, unless the name says so. */
const MIN_ROWS_EACH = 1.5;
const MAX_ROWS_EACH = 100;
/** Another column goes with the values if it is the same in so many of those with several rows … */
const MIN_CONSTANT = 0.9;
/** … and as many rows of the table agree on it less often than this. */
const MAX_CHANCE = 0.5;
/** A number that is correlated with another so much follows from it. */
const MAX_CORRELATION = 0.8;
/** Columns that must go with values whose name tells nothing. */
const MIN_COMPANIONS = 2;
/** Dates of birth leave more than so many milliseconds for each of them. */
const MIN_TIME_EACH = 3 * 86_400_000;
/** E-mail addresses, phone numbers with a prefix or groups, account numbers (IBAN); so much of the values. */
const CONTACTS = [
  '[^@\\s]+@[^@\\s]+\\.[^@\\s]+',
  '(\\+|00?)[0-9][-0-9 ()/.]{6,18}[0-9]',
  '[A-Z]{2}[0-9]{2}[A-Z0-9 ]{11,30}',
];
const MIN_CONTACTS = 0.9;
/** So many columns are looked at, as candidates and beside one. */
const MAX_CANDIDATES = 12;
const MAX_COMPANIONS = 40;
/** Values of a candidate that tell which columns clearly differ within them. */
const SAMPLED_VALUES = 400;

/**
 * Columns whose values are subjects of several rows each (customers, patients, accounts), by their index: values are
 * many and repeat, and other columns are the same in all rows of a value far beyond chance, or the name says so
 * (docs/privacy.md, Subjects).
 */
export async function findSubjects(
  sql: SqlEngine,
  table: string,
  profiles: readonly Profile[],
  checkpoint: () => void = () => {},
): Promise<Map<number, SubjectEvidence>> {
  const contacts = new Set<number>();
  for (const profile of profiles.filter((one) => (mayRepeat(one) || mayBeFew(one)) && mayBeContact(one))) {
    checkpoint();
    if (await isContact(sql, table, profile)) contacts.add(profile.index);
  }
  const isTold = (profile: Profile) => namesSubjects(profile.originalName) || contacts.has(profile.index);
  const candidates = profiles
    .filter((profile) =>
      mayRepeat(profile)
        ? isTold(profile) || isCandidate(profile)
        : mayBeFew(profile) && (contacts.has(profile.index) || numbersSubjects(profile.originalName)),
    )
    .sort((a, b) => Number(isTold(b)) - Number(isTold(a)))
    .slice(0, MAX_CANDIDATES);
  const found = new Map<number, SubjectEvidence>();
  for (const profile of candidates) {
    checkpoint();
    const companions = await companionsOf(sql, table, profile, profiles, isTold(profile));
    if (!isTold(profile) && companions.length < MIN_COMPANIONS) continue;
    const rowsEach = (profile.rowCount - profile.nullCount) / profile.distinctCount;
    const contact = contacts.has(profile.index) ? { isContact: true as const } : {};
    found.set(profile.index, { values: profile.distinctCount, rowsEach, companions, ...contact });
  }
  for (const profile of candidates) {
    if (kindOf(profile) === 'text' || profile.storageType === 'integer') continue;
    if (!hasPartner(profile, candidates, found)) found.delete(profile.index);
  }
  return found;
}

/**
 * Amounts and dates repeat for many reasons, and what follows from an amount repeats with it. They tell subjects if a
 * column of another kind goes with them both ways: a date of birth with a salary.
 */
function hasPartner(
  profile: Profile,
  candidates: readonly Profile[],
  found: ReadonlyMap<number, SubjectEvidence>,
): boolean {
  const companions = found.get(profile.index)?.companions ?? [];
  return candidates.some(
    (other) =>
      kindOf(other) !== kindOf(profile) &&
      companions.includes(other.name) &&
      found.get(other.index)?.companions.includes(profile.name),
  );
}

function kindOf({ storageType }: Profile): 'text' | 'number' | 'date' {
  if (storageType === 'date' || storageType === 'datetime') return 'date';
  return storageType === 'integer' || storageType === 'float' ? 'number' : 'text';
}

/** Whether values are many and come in several rows each. */
function mayRepeat({ storageType, distinctCount, rowCount, nullCount }: Profile): boolean {
  const rowsEach = (rowCount - nullCount) / Math.max(1, distinctCount);
  return storageType !== 'boolean' && distinctCount >= MIN_TOLD_VALUES && rowsEach >= MIN_ROWS_EACH;
}

/** Whether values may be few people of several rows each. */
function mayBeFew({ storageType, distinctCount, rowCount, nullCount }: Profile): boolean {
  if (storageType !== 'text' && storageType !== 'integer') return false;
  if (distinctCount < MIN_FEW_VALUES || distinctCount >= MIN_TOLD_VALUES) return false;
  const rowsEach = (rowCount - nullCount) / distinctCount;
  return rowsEach >= MIN_ROWS_EACH && rowsEach <= MAX_ROWS_EACH;
}

/** Whether values may be subjects though neither name nor form says so. */
function isCandidate(profile: Profile): boolean {
  const { distinctCount, rowCount, nullCount, min, max } = profile;
  // A calendar of which most days occur is no list of birthdays.
  if (kindOf(profile) === 'date' && distinctCount * MIN_TIME_EACH > (max ?? 0) - (min ?? 0)) return false;
  const rowsEach = (rowCount - nullCount) / Math.max(1, distinctCount);
  return distinctCount >= Math.max(MIN_VALUES, MIN_SHARE * rowCount) && rowsEach <= MAX_ROWS_EACH;
}

/** Whether one of the most frequent values of a text reads as a contact: if none does, a look at all is saved. */
function mayBeContact({ storageType, topValues }: Profile): boolean {
  const forms = CONTACTS.map((form) => new RegExp(`^(?:${form})$`));
  return (
    storageType === 'text' && topValues.some(({ value }) => forms.some((form) => form.test(value.trim())))
  );
}

/** Whether nearly all values of a text are e-mail addresses, or nearly all phone numbers or account numbers. */
async function isContact(sql: SqlEngine, table: string, { index }: Profile): Promise<boolean> {
  const shares = CONTACTS.map((form, k) => `avg(regexp_full_match(v, '${form}')::INTEGER)::DOUBLE AS f${k}`);
  const row = await queryRow(
    sql,
    `SELECT ${shares.join(', ')} FROM (SELECT DISTINCT trim(${columnId(index)}) AS v FROM ${table}
      WHERE ${columnId(index)} IS NOT NULL)`,
  );
  return CONTACTS.some((_, k) => Number(row[`f${k}`] ?? 0) >= MIN_CONTACTS);
}

/** Names of the columns that are the same in all rows of a value. */
async function companionsOf(
  sql: SqlEngine,
  table: string,
  profile: Profile,
  profiles: readonly Profile[],
  isTold: boolean,
): Promise<string[]> {
  const { index } = profile;
  const telling = TELLING * Math.min(isTold ? MIN_TOLD_VALUES : MIN_VALUES, profile.distinctCount);
  const rowsEach = (profile.rowCount - profile.nullCount) / Math.max(1, profile.distinctCount);
  const others = profiles
    .filter((other) => other.index !== index && agreement(other, rowsEach) <= MAX_CHANCE)
    .slice(0, MAX_COMPANIONS);
  if (others.length === 0) return [];
  const key = columnId(index);
  const step = Math.floor(profile.distinctCount / SAMPLED_VALUES);
  // Most columns differ, which few values tell; those that may not are looked at in all rows.
  const inSome = step > 1 ? await agreements(sql, table, key, others, step) : null;
  const likely = inSome
    ? others.filter((_, k) => !(inSome[k]!.values >= telling && inSome[k]!.share < MIN_CONSTANT - 0.1))
    : others;
  const inAll = await agreements(sql, table, key, likely);
  const constant = likely.filter((_, k) => inAll[k]!.values >= telling && inAll[k]!.share >= MIN_CONSTANT);
  const followsNothing = isTold || kindOf(profile) !== 'number';
  const ordered = followsNothing ? new Set<number>() : await orderedWith(sql, table, profile, constant);
  return constant.filter(({ index: i }) => !ordered.has(i)).map(({ name }) => name);
}

/**
 * Of each column, in what share of the values of a key with several rows these are the same, and how many tell.
 * @param step one of so many values is looked at
 */
async function agreements(
  sql: SqlEngine,
  table: string,
  key: string,
  others: readonly Profile[],
  step = 1,
): Promise<{ readonly share: number; readonly values: number }[]> {
  if (others.length === 0) return [];
  const same = others.map(({ index: i }) => `min(${columnId(i)}) = max(${columnId(i)}) AS s${i}`);
  const shares = others.map(
    ({ index: i }) => `avg(s${i}::INTEGER)::DOUBLE AS m${i}, count(s${i})::DOUBLE AS n${i}`,
  );
  const some = step > 1 ? `AND hash(${key}) % ${step} = 0` : '';
  const row = await queryRow(
    sql,
    `SELECT ${shares.join(', ')} FROM (SELECT ${same.join(', ')} FROM ${table}
      WHERE ${key} IS NOT NULL ${some} GROUP BY ${key} HAVING count(*) > 1)`,
  );
  return others.map(({ index: i }) => ({ share: Number(row[`m${i}`] ?? 0), values: Number(row[`n${i}`]) }));
}

/**
 * Columns that follow the order of a number: its class, its tax. They repeat with it and say nothing of subjects.
 * Neighbouring values then agree far more often than by chance, or the correlation is high.
 */
async function orderedWith(
  sql: SqlEngine,
  table: string,
  { index }: Profile,
  others: readonly Profile[],
): Promise<Set<number>> {
  if (others.length === 0) return new Set();
  const key = columnId(index);
  const own = others.map(({ index: i }) => `min(${columnId(i)}) AS v${i}`);
  const lagged = others.map(({ index: i }) => `v${i}, lag(v${i}) OVER (ORDER BY k) AS w${i}`);
  const facts = others.map((other) => {
    const i = other.index;
    const correlation = kindOf(other) === 'number' ? `abs(corr(k::DOUBLE, v${i}::DOUBLE))` : 'NULL::DOUBLE';
    return `avg((v${i} = w${i})::INTEGER)::DOUBLE AS a${i}, ${correlation} AS r${i}`;
  });
  const row = await queryRow(
    sql,
    `SELECT ${facts.join(', ')} FROM (SELECT k, ${lagged.join(', ')} FROM (
      SELECT ${key} AS k, ${own.join(', ')} FROM ${table} WHERE ${key} IS NOT NULL GROUP BY ${key}))`,
  );
  return new Set(
    others
      .filter((other) => {
        const agreed = Number(row[`a${other.index}`] ?? 0);
        const expected = agreement(other, 2);
        return agreed > (1 + expected) / 2 || Number(row[`r${other.index}`] ?? 0) > MAX_CORRELATION;
      })
      .map(({ index: i }) => i),
  );
}

/** At most how often so many rows agree on a column by chance: the sum of that power of its values' shares. */
function agreement({ topValues, rowCount, nullCount }: Profile, count: number): number {
  const rows = Math.max(1, rowCount - nullCount);
  const shares = topValues.map(({ count }) => count / rows);
  const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  return shares.reduce((sum, share) => sum + share ** count, 0) + rest * (shares.at(-1) ?? 1) ** (count - 1);
}
