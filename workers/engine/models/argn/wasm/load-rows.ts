/** Loads rows of a plan into the workspace. */
import { NO_ROW } from '../network/network-backend';
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
  const { at, u16, u32, f32 } = space;
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
  if (space.slots.any) loadSlots(space, selection.rows.subarray(first, first + count));
  selectLoaded(space, 0);
}

/** Makes loaded rows from `first` on the current ones. */
export function selectLoaded({ at, kernels, layout, slots }: Workspace, first: number): void {
  const n = layout.spec.subColumns.length;
  const rows = at.rowIndex + 4 * first;
  const keys = at.keys + 2 * n * first;
  const weights = at.weights + 4 * first;
  if (slots.any)
    kernels.setRows(at.rowCodes, at.identity + 4 * first, at.codeTable, rows, keys, 2 * n, weights, n);
  else kernels.setRows(at.codeTable, rows, at.codeTable, rows, keys, 2 * n, weights, n);
}

/** Writes the slots of rows of the code table; pads, whose weight is 0, get the first. */
function loadSlots({ at, u16, layout, slots }: Workspace, rows: Uint32Array): void {
  const n = layout.spec.subColumns.length;
  for (let i = 0; i < n; i++) {
    const map = slots.map(i);
    const from = at.codeTable / 2 + i;
    let to = at.rowCodes / 2 + i;
    for (let r = 0; r < rows.length; r++, to += n) {
      const code = rows[r] === NO_ROW ? 0 : u16[from + rows[r]! * n]!;
      u16[to] = map === null || rows[r] === NO_ROW ? code : map[code]!;
    }
  }
}

/** Rows copied at a time: their cache lines stay in cache until all columns are written. */
const COPY_ROWS = 4096;

/**
 * Copies rows of a column-major code table into the workspace, row-major, so that a row is one cache line.
 * @param codes [sub-column][row], as many rows of each
 * @param first row of the workspace's table to begin at
 */
export function storeCodeTable(space: Workspace, codes: Uint16Array, first = 0): void {
  const n = space.layout.spec.subColumns.length;
  const rows = codes.length / n;
  const start = space.at.codeTable / 2 + first * n;
  for (let from = 0; from < rows; from += COPY_ROWS) {
    const to = Math.min(from + COPY_ROWS, rows);
    for (let i = 0; i < n; i++) {
      for (let r = from; r < to; r++) space.u16[start + r * n + i] = codes[i * rows + r]!;
    }
  }
}
