/** Brings rows of a plan into the workspace. */
import { NO_ROW } from '../backend';
import type { Workspace } from './workspace';

/** Rows of the code table with their column orders. */
export interface RowSelection {
  readonly rows: Uint32Array;
  readonly orderOf: Uint16Array;
  /** [orders × sub-columns] of `visibilityKeys`. */
  readonly keys: Uint16Array;
}

/**
 * Makes `count` ≤ ROW_CAPACITY rows of a selection, from `first`, the current rows.
 * @param weight of a real row in the gradient; pads get 0
 */
export function loadRows(
  space: Workspace,
  selection: RowSelection,
  first: number,
  count: number,
  weight: number,
): void {
  const { at, u16, u32, f32, kernels } = space;
  const n = space.layout.spec.subColumns.length;
  for (let r = 0; r < count; r++) {
    const row = selection.rows[first + r]!;
    const real = row !== NO_ROW;
    u32[at.rowIndex / 4 + r] = real ? row : 0;
    f32[at.weights / 4 + r] = real ? weight : 0;
    const from = selection.orderOf[first + r]! * n;
    const to = at.keys / 2 + r * n;
    for (let i = 0; i < n; i++) u16[to + i] = selection.keys[from + i]!;
  }
  kernels.setRows(at.codeTable, at.rowIndex, at.codeTable, at.rowIndex, at.keys, 2 * n, at.weights, n);
}

/** Copies the column-major code table in, row-major: a row is then one cache line. */
export function storeCodeTable(space: Workspace, codes: Uint16Array): void {
  const n = space.layout.spec.subColumns.length;
  const start = space.at.codeTable / 2;
  for (let i = 0; i < n; i++) {
    const column = i * space.rowCount;
    for (let r = 0; r < space.rowCount; r++) space.u16[start + r * n + i] = codes[column + r]!;
  }
}
