import { StorageType } from '../../../../src/domain/columns';
import { z } from '../../../../src/domain/zod';
import type { Artefact } from '../artefact';
import type { EncodedFeature } from '../coded-columns';
import { must } from './broken-model';
import { checkEncoding } from './check-encoding';
import { checkLearnedColumns } from './check-learned-columns';

const Count = z.number().int().min(0);

/** The form of columns that were learned as codes. */
export const StoredFeatures = z
  .array(
    z.object({
      schema: z.object({ name: z.string(), originalName: z.string(), storageType: StorageType }),
      outputIndex: Count,
      encoding: z.looseObject({}),
    }),
  )
  .min(1);

/**
 * Checks that the columns of a stored model are those of its table, and that all their codes become values.
 * @throws UserError `not-found` that says what is wrong
 */
export function checkFeatures(features: readonly EncodedFeature[], output: Artefact['output']): void {
  for (const [i, { encoding }] of features.entries())
    checkEncoding(`content.features.${i}.encoding`, encoding);
  checkLearnedColumns(features, output);
  for (const { schema, encoding } of features)
    must(
      schema.storageType === encoding.storageType,
      `has a column “${schema.name.slice(0, 80)}” of two types`,
    );
}
