/**
 * What the row kernels work on, set by the caller before a run over rows. Addresses are in bytes, counts in elements.
 * Positional setters, not a record in memory: neither side depends on how the other lays out its data.
 */

/** Rows of a tile; what a pass needs of them fits the first-level cache. */
export const TILE: i32 = 32;

// Rows: codes[rowIndex[r]][part] name the rows of the tables, labels[labelIndex[r]][part] the codes of the target;
// keys[r][part] (visible: key of the input below key of the target), weights[r].
export let codes: usize = 0;
export let rowIndex: usize = 0;
export let labels: usize = 0;
export let labelIndex: usize = 0;
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

// Levels of its softmax: every row uses the first `head` columns of the output. Without classes these are all columns
// and classOf is 0. With classes they are the classes, and the members of class k begin at column columns[k].
export let head: i32 = 0;
export let classOf: usize = 0;
export let starts: usize = 0;
export let sizes: usize = 0;
export let columns: usize = 0;

// Scratch: hiddenTile[TILE][hidden], logitTile[TILE][head], deltaTile[TILE][hidden], lists[TILE][inputCount],
// counts[TILE], memberRow[largest class], active[TILE][hidden + 1], activeEnds[TILE].
export let hiddenTile: usize = 0;
export let deltaTile: usize = 0;
export let logitTile: usize = 0;
export let lists: usize = 0;
export let counts: usize = 0;
export let zeros: usize = 0;
export let memberRow: usize = 0;
export let active: usize = 0;
export let activeEnds: usize = 0;

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
  memberRow_: usize,
  active_: usize,
  activeEnds_: usize,
): void {
  hiddenTile = hiddenTile_;
  deltaTile = deltaTile_;
  logitTile = logitTile_;
  lists = lists_;
  counts = counts_;
  zeros = zeros_;
  memberRow = memberRow_;
  active = active_;
  activeEnds = activeEnds_;
}

export function setRows(
  codes_: usize,
  rowIndex_: usize,
  labels_: usize,
  labelIndex_: usize,
  keys_: usize,
  keyStride_: usize,
  weights_: usize,
  parts_: i32,
): void {
  codes = codes_;
  rowIndex = rowIndex_;
  labels = labels_;
  labelIndex = labelIndex_;
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

export function setLevels(
  head_: i32,
  classOf_: usize,
  starts_: usize,
  sizes_: usize,
  columns_: usize,
): void {
  head = head_;
  classOf = classOf_;
  starts = starts_;
  sizes = sizes_;
  columns = columns_;
}

export function setDropout(threshold: u32, scale: f32, base: u32, firstRow: u32): void {
  dropThreshold = threshold;
  dropScale = scale;
  dropBase = base;
  dropFirstRow = firstRow;
}

/** Code of the current target in a row that is trained or evaluated. */
@inline
export function labelOf(row: i32): u32 {
  const at = <usize>load<u32>(labelIndex + (<usize>row << 2)) * <usize>parts + <usize>part;
  return <u32>load<u16>(labels + (at << 1));
}
