/** Whether the configuration of a generator fits the table that it is of. */
import { UserError } from '../domain/errors';
import type { SourceTableConfig } from '../domain/generators';
import { nearNamesSentence } from '../domain/near-names';
import { onlyTable } from '../domain/only-table';
import { columnsOfRule } from '../domain/rules';
import type { Source, SourceTable } from '../domain/sources';
import { missingSubjectColumns } from '../domain/subjects';

/** An error of a configuration. */
export function invalid(sentence: string): UserError {
  return new UserError('config/invalid', sentence);
}

/** Every named column must exist, once. */
export function checkColumns(
  { columns, primaryKey }: SourceTableConfig,
  profiles: SourceTable['columns'],
  sourceName: string,
): void {
  const known = new Set(profiles.map(({ name }) => name));
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (!known.has(name)) {
      throw invalid(`The configuration names a column “${name}” that ${sourceName} does not have.`);
    }
    if (seen.has(name)) throw invalid(`The configuration names the column “${name}” twice.`);
    seen.add(name);
  }
  if (primaryKey !== null && !known.has(primaryKey)) {
    throw invalid(`The primary key “${primaryKey}” is not a column of ${sourceName}.`);
  }
}

/** Every column that rows of the same person are declared to share must exist: without one, fewer rows are protected. */
export function checkSubject(
  table: SourceTableConfig,
  profiles: SourceTable['columns'],
  sourceName: string,
): void {
  const names = profiles.map(({ name }) => name);
  const [missing] = missingSubjectColumns(names, table);
  if (missing === undefined) return;
  throw invalid(
    `Rows of the same person are to share “${missing}”, which is not a column of ${sourceName}. ${nearNamesSentence(missing, names)}`,
  );
}

/** Rules may name any column of the table. */
export function checkRules({ name, rules }: SourceTableConfig, profiles: SourceTable['columns']): void {
  const known = new Set(profiles.map((profile) => profile.name));
  for (const column of rules.added.flatMap(columnsOfRule)) {
    if (known.has(column)) continue;
    throw invalid(
      `A rule names the column “${column}”, which ${name} does not have. Change the rule or remove it.`,
    );
  }
}

export function checkHoldout(columns: SourceTable['columns'], sourceName: string, holdout: Source): void {
  const held = new Set(onlyTable(holdout).columns.map(({ name }) => name));
  const missing = columns.filter(({ name }) => !held.has(name)).map(({ name }) => name);
  if (missing.length === 0) return;
  throw invalid(
    `The holdout ${holdout.name} lacks the column${missing.length > 1 ? 's' : ''} ${missing.slice(0, 5).join(', ')} of ${sourceName}. A holdout needs the same columns.`,
  );
}
