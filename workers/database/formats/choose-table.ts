import { UserError } from '../../../src/domain/errors';

/**
 * The table of a database that is read: the one that is asked for, or else the first that has rows.
 * @param tables at least one, in the order that they are listed in
 * @throws UserError `not-found`
 */
export function chooseTable<T extends { readonly name: string; readonly rowCount?: number }>(
  file: string,
  tables: readonly T[],
  wanted: string | undefined,
): T {
  if (wanted === undefined)
    return tables.find(({ rowCount }) => rowCount !== undefined && rowCount > 0) ?? tables[0]!;
  const table = tables.find(({ name }) => name === wanted);
  if (table) return table;
  throw new UserError('not-found', `“${file}” has no table “${wanted}”. Choose another one.`, {
    details: { file },
  });
}
