/** Which inputs a target sees, as a comparison of two numbers: key of the input < key of the target. */
import { UserError } from '../../../../../src/domain/errors';
import type { ModelSpec, OrderTable } from './network-backend';
import type { Layout } from './weight-layout';

/**
 * Keys [orders × sub-columns]: they sort by the rank of the column, then by the position in the column.
 * @throws UserError if the orders do not fit the model
 */
export function visibilityKeys(spec: ModelSpec, orders: OrderTable): Uint16Array {
  const parts = spec.subColumns;
  const sizes = new Uint16Array(spec.columnCount);
  const positions = parts.map((part) => sizes[part.column]!++);
  const largest = Math.max(...sizes);
  if (orders.ranks.length !== orders.count * spec.columnCount || largest * spec.columnCount > 65_535)
    throw new UserError(
      'internal',
      `The ${orders.count} column orders do not fit a model of ${spec.columnCount} columns. Please report this.`,
    );
  const keys = new Uint16Array(orders.count * parts.length);
  for (let order = 0; order < orders.count; order++) {
    const ranks = order * spec.columnCount;
    for (let i = 0; i < parts.length; i++) {
      keys[order * parts.length + i] = orders.ranks[ranks + parts[i]!.column]! * largest + positions[i]!;
    }
  }
  return keys;
}

/**
 * Per target, the inputs that are visible in at least one order, ascending. Others have no gradient and need no table.
 * @param keys of `visibilityKeys`
 * @returns per target
 */
export function usedInputs(
  keys: Uint16Array,
  { spec, inputs }: Pick<Layout, 'spec' | 'inputs'>,
): Uint16Array[] {
  const parts = spec.subColumns.length;
  return spec.subColumns.map((_, j) =>
    inputs(j).filter((i) => {
      for (let at = 0; at < keys.length; at += parts) if (keys[at + i]! < keys[at + j]!) return true;
      return false;
    }),
  );
}

/** Inputs of target j among the sub-columns drawn so far, ascending. */
export function drawnInputs(
  layout: Pick<Layout, 'inputs'>,
  j: number,
  drawn: readonly number[],
): Uint16Array {
  const known = new Set(drawn);
  return layout.inputs(j).filter((i) => known.has(i));
}

/** Keys of one drawing order: the position of each sub-column in it. */
export function keysOfDrawing(order: readonly number[]): Uint16Array {
  const keys = new Uint16Array(order.length);
  order.forEach((part, position) => {
    keys[part] = position;
  });
  return keys;
}
