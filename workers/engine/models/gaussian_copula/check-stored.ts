import { z } from '../../../../src/domain/zod';
import type { Artefact } from '../artefact';
import { checkedPart, must } from '../stored/broken-model';
import { checkFeatures, StoredFeatures } from '../stored/check-features';
import { type CopulaContent, matrixOf, sizeOf } from './artefact';
import { cholesky } from './matrix';

const Count = z.number().int().min(0);

const Content = z.looseObject({
  features: StoredFeatures,
  marginals: z
    .array(z.object({ order: z.array(Count.max(65_535)).min(1), ends: z.array(z.number().min(-40).max(40)) }))
    .min(1),
  missing: z.array(z.number().min(-40).max(40).nullable()),
});

/**
 * Checks what a stored model holds: forms, shapes and indices, so that drawing meets nothing it cannot take.
 * @throws UserError `not-found` that says what is wrong
 */
export function checkStored({
  content,
  tensors,
  output,
}: Pick<Artefact, 'content' | 'tensors' | 'output'>): void {
  checkedPart(Content, 'content', content);
  const { features, marginals, missing } = content as CopulaContent;
  checkFeatures(features, output);
  const cardinalities = features.flatMap(({ encoding }) =>
    encoding.subColumns.map(({ cardinality }) => cardinality),
  );
  must(
    marginals.length === cardinalities.length && missing.length === marginals.length,
    'has marginals of other columns',
  );
  for (const [j, { order, ends }] of marginals.entries()) {
    const codes = new Set(order);
    must(
      codes.size === order.length && order.every((code) => code < cardinalities[j]!),
      'has codes it does not have',
    );
    must(
      ends.length === order.length - 1 && ends.every((end, k) => k === 0 || end >= ends[k - 1]!),
      'has marginals in no order',
    );
  }
  const size = sizeOf(marginals, missing);
  const { correlation } = tensors;
  must(correlation?.length === (size * (size - 1)) / 2, 'has weights of other columns');
  must(correlation!.every(Number.isFinite), 'has weights that are no numbers');
  must(cholesky(matrixOf(correlation!, size), size) !== null, 'has correlations that cannot be');
}
