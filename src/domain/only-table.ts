import { UserError } from './errors';

/**
 * The table of a source, generator or synthetic dataset. All of them may hold several; what runs takes one.
 * @throws UserError `config/invalid` if there are more, or none
 */
export function onlyTable<T>({ tables }: { readonly tables: readonly T[] }): T {
  const [table] = tables;
  if (table !== undefined && tables.length === 1) return table;
  throw new UserError(
    'config/invalid',
    `There are ${tables.length} tables here, and Doppelgrid works on one table at a time for now. Choose one.`,
    { details: { tables: tables.length } },
  );
}
