/**
 * What the row kernels work on, set by the caller before a run over rows: addresses in bytes, counts in elements.
 * Positional setters instead of a record in memory, so that neither side knows a layout of the other.
 */

/** Rows that one pass keeps in the first-level cache. */
export const TILE: i32 = 32;

// Rows: codes[rowIndex[r]][part], keys[r][part] (visible: key of the input below key of the target), weights[r].
export let codes: usize = 0;
export let rowIndex: usize = 0;
export let keys: usize = 0;
export let keyStride: usize = 0;
export let weights: usize = 0;
export let parts: i32 = 0;

// The target sub-column: inputs[p] is an input's part and tables + tableOffsets[p] its table T, whose gradient lies at
// a fixed distance from it.
export let part: i32 = 0;
export let hidden: i32 = 0;
export let width: i32 = 0;
export let bias: usize = 0;
export let output: usize = 0;
export let outputBias: usize = 0;
export let tables: usize = 0;
export let tableOffsets: usize = 0;
export let inputs: usize = 0;
export let inputCount: i32 = 0;

// Scratch: hiddenTile[TILE][hidden], logitTile[TILE][width], deltaTile[TILE][hidden], lists[TILE][inputCount], counts[TILE].
export let hiddenTile: usize = 0;
export let deltaTile: usize = 0;
export let logitTile: usize = 0;
export let lists: usize = 0;
export let counts: usize = 0;
export let zeros: usize = 0;

// Dropout: drop a unit when its byte of the hash is below the threshold; base = hash(seed, step, part).
export let dropThreshold: u32 = 0;
export let dropScale: f32 = 1;
export let dropBase: u32 = 0;
export let dropFirstRow: u32 = 0;

export function setScratch(
  hiddenTile_: usize,
  deltaTile_: usize,
  logitTile_: usize,
  lists_: usize,
  counts_: usize,
  zeros_: usize,
): void {
  hiddenTile = hiddenTile_;
  deltaTile = deltaTile_;
  logitTile = logitTile_;
  lists = lists_;
  counts = counts_;
  zeros = zeros_;
}

export function setRows(
  codes_: usize,
  rowIndex_: usize,
  keys_: usize,
  keyStride_: usize,
  weights_: usize,
  parts_: i32,
): void {
  codes = codes_;
  rowIndex = rowIndex_;
  keys = keys_;
  keyStride = keyStride_;
  weights = weights_;
  parts = parts_;
}

export function setTarget(
  part_: i32,
  hidden_: i32,
  width_: i32,
  bias_: usize,
  output_: usize,
  outputBias_: usize,
  tables_: usize,
  tableOffsets_: usize,
  inputs_: usize,
  inputCount_: i32,
): void {
  part = part_;
  hidden = hidden_;
  width = width_;
  bias = bias_;
  output = output_;
  outputBias = outputBias_;
  tables = tables_;
  tableOffsets = tableOffsets_;
  inputs = inputs_;
  inputCount = inputCount_;
}

export function setDropout(threshold: u32, scale: f32, base: u32, firstRow: u32): void {
  dropThreshold = threshold;
  dropScale = scale;
  dropBase = base;
  dropFirstRow = firstRow;
}
