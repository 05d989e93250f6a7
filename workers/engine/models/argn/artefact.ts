import { UserError } from '../../../../src/domain/errors';
import type { ModelConfiguration } from '../../../../src/domain/generators';
import type { ModelSpec } from '../../compute/backend';
import { forbiddenCodes } from '../../encoding/encoder';
import type { OutputColumn } from '../../sampling/decode-block';
import type { OrderMix } from './plan';

/**
 * What the numbers of an artefact mean. 2: a column of very many categories has one code and its classes. In 1 it had
 * two codes, a class and a place; everything else was the same.
 */
export const ARTEFACT_FORMAT = 2;

/**
 * A trained model: plain JSON and tensors, as a file will hold them (JSON manifest and little-endian f32), no
 * training rows. The weights are the averaged ones in the canonical layout of `spec` (compute/layout.ts).
 */
export interface ArgnArtefact {
  readonly manifest: {
    readonly format: typeof ARTEFACT_FORMAT;
    readonly model: 'argn';
    readonly configuration: ModelConfiguration;
    readonly spec: ModelSpec;
    /** Column orders it was trained in, while it learned. */
    readonly orders: OrderMix;
    /** Output columns in the order of the source. */
    readonly columns: readonly OutputColumn[];
    /** Rows of the source. */
    readonly sourceRows: number;
  };
  readonly tensors: { readonly weights: Float32Array };
}

/** An artefact of any version, as it was stored. */
export interface StoredArtefact {
  readonly manifest: Omit<ArgnArtefact['manifest'], 'format' | 'orders'> & {
    readonly format: number;
    /** Absent before rotated orders came. */
    readonly orders?: OrderMix;
  };
  readonly tensors: ArgnArtefact['tensors'];
}

/**
 * A stored model as this version understands it.
 * @throws UserError `config/invalid` for a format of a newer version, or one of format 1 with two codes per category
 */
export function openArtefact({ manifest, tensors }: StoredArtefact): ArgnArtefact {
  const { format } = manifest;
  if (!(Number.isInteger(format) && format >= 1 && format <= ARTEFACT_FORMAT))
    throw new UserError(
      'config/invalid',
      `This generator was stored in format ${format}, and this version reads formats up to ${ARTEFACT_FORMAT}. Open it with the version that made it, or train it again here.`,
      { details: { format } },
    );
  const outdated = format === 1 ? manifest.columns.find(hasTwoCodes) : undefined;
  if (outdated)
    throw new UserError(
      'config/invalid',
      `This generator was trained by an earlier version, which modelled the very many values of column “${outdated.schema.name}” in another way. Train it again: its settings are kept.`,
      { details: { format, column: outdated.schema.name } },
    );
  const orders = manifest.orders ?? earlierOrders(manifest.configuration);
  return { manifest: { ...manifest, format: ARTEFACT_FORMAT, orders }, tensors };
}

/** What models were trained in that do not say it: the table's order and, in flexible generation, random ones. */
function earlierOrders({ enableFlexibleGeneration }: ModelConfiguration): OrderMix {
  return { natural: enableFlexibleGeneration ? 1 / 3 : 1, rotated: 0 };
}

/** Categories and values have one code each since format 2. */
function hasTwoCodes(column: OutputColumn): boolean {
  if (column.role !== 'feature') return false;
  const { type, subColumns } = column.encoding;
  return (type === 'TABULAR_CATEGORICAL' || type === 'TABULAR_NUMERIC_DISCRETE') && subColumns.length > 1;
}

/** Per sub-column of the model: codes that must not be generated. */
export function forbiddenOf(artefact: ArgnArtefact): (readonly number[])[] {
  return artefact.manifest.columns.flatMap((column) =>
    column.role === 'feature' ? forbiddenCodes(column.encoding) : [],
  );
}
