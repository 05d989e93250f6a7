/** Log-likelihood with the SIMD kernels. */
import type { EvaluationRequest } from '../network/network-backend';
import { usedInputs, visibilityKeys } from '../network/visibility';
import { loadRows, selectLoaded } from './load-rows';
import { openTarget } from './target';
import { ROW_CAPACITY, type Workspace } from './workspace';

/** Rows whose losses are summed first. The sum of these sums does not depend on how rows are shared out. */
export const EVALUATION_SPAN = 256;

/**
 * @param weights address of the state array to read
 * @param targets sub-columns to evaluate
 * @param span rows whose losses are summed; divides ROW_CAPACITY
 * @returns [targets × spans] sum of −log p, nats
 */
export function evaluateSpans(
  space: Workspace,
  weights: number,
  request: EvaluationRequest,
  targets: readonly number[],
  span: number = EVALUATION_SPAN,
): Float64Array {
  const { kernels, layout } = space;
  const { spec } = layout;
  const total = request.rows.length;
  const keys = visibilityKeys(spec, request.orders);
  const inputs = usedInputs(keys, layout);
  const selection = { rows: request.rows, orderOf: request.orderOf, keys };
  const spans = Math.ceil(total / span);
  const losses = new Float64Array(targets.length * spans);
  kernels.setDropout(0, 1, 0, 0);
  space.slots.chooseRows(space.u16, space.at.codeTable / 2, request.rows, space.rowCount);
  targets.forEach((j, position) => {
    openTarget(space, weights, j, inputs[j]!);
    for (let chunk = 0; chunk < total; chunk += ROW_CAPACITY) {
      const count = Math.min(ROW_CAPACITY, total - chunk);
      if (position === 0 || total > ROW_CAPACITY) loadRows(space, selection, chunk, count, 1);
      for (let from = 0; from < count; from += span) {
        selectLoaded(space, from);
        const at = position * spans + (chunk + from) / span;
        losses[at] = kernels.evaluateRows(Math.min(span, count - from));
      }
    }
  });
  return losses;
}

/** Adds spans up in their order. */
export function sumSpans(spans: Float64Array): number {
  let sum = 0;
  for (const loss of spans) sum += loss;
  return sum;
}
