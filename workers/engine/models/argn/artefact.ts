import { forbiddenCodes } from '../../encoding/encoder';
import type { OutputColumn } from '../../sampling/decode-block';
import type { ArgnConfiguration } from './family';
import type { ModelSpec } from './network/network-backend';
import type { OrderMix } from './training/step-planner';

/**
 * A trained model: plain JSON and tensors, as a file will hold them (JSON manifest and little-endian f32), no
 * training rows. The weights are the averaged ones in the canonical layout of `spec` (compute/layout.ts).
 */
export interface ArgnArtefact {
  readonly manifest: {
    readonly format: 1;
    readonly model: 'argn';
    readonly configuration: ArgnConfiguration;
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

/** Per sub-column of the model: codes that must not be generated. */
export function forbiddenOf(artefact: ArgnArtefact): (readonly number[])[] {
  return artefact.manifest.columns.flatMap((column) =>
    column.role === 'feature' ? forbiddenCodes(column.encoding) : [],
  );
}
