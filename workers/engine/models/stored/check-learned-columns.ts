import type { ColumnSchema } from '../../../../src/domain/column-data';
import type { Artefact } from '../artefact';
import { must } from './broken-model';

/**
 * Checks that a stored model has learned the columns of its table, of their types; it may have learned others besides.
 * @throws UserError `not-found` that says what is wrong
 */
export function checkLearnedColumns(
  learned: readonly { readonly schema: Pick<ColumnSchema, 'name' | 'storageType'> }[],
  output: Artefact['output'],
): void {
  const types = new Map(learned.map(({ schema }) => [schema.name, schema.storageType]));
  must(types.size === learned.length, 'has a column twice');
  for (const { role, schema } of output)
    must(
      role !== 'feature' || types.get(schema.name) === schema.storageType,
      `did not learn the column “${schema.name.slice(0, 80)}”`,
    );
}
