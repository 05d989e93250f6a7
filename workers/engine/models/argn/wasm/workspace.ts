/**
 * The memory of the SIMD kernels. It is sized once from the model and the table and never grows, because growing would
 * detach every view (docs/kernels.md, WASM).
 */
import { UserError } from '../../../../../src/domain/errors';
import { NOISE_CHUNK, NOISE_RESERVE } from '../network/gradient-noise';
import type { EvaluationRequest, ModelSpec } from '../network/network-backend';
import { maskWords } from '../network/restrictions';
import { createLayout, type Layout } from '../network/weight-layout';
import { instantiate, type Kernels } from './kernels';
import { allocateLevels, headWidth, type LevelTables, storeLevels } from './levels';
import { allocateSlots, InputSlots, slottedFloats } from './slots';

/** Rows of one tile, as in `assembly/context.ts`. */
const TILE = 32;
/** Rows loaded at a time. A batch or a block of draws that fits is loaded once for all targets. */
export const ROW_CAPACITY = 8192;
/** Probabilities kept between the two passes of balanced sampling, bytes. */
const PROBABILITY_BYTES = 16 << 20;
const PAGE = 65_536;
const LIMIT = 65_536 * PAGE;

/** Byte addresses. [rows] is ROW_CAPACITY, [n] the number of sub-columns, max over targets where one is used. */
interface Regions {
  /** f32 [layout.total] */
  readonly parameters: number;
  readonly average: number;
  /** f32, the blocks of owned sub-columns. */
  readonly firstMoment: number;
  readonly secondMoment: number;
  /** f32, one block: all zero between steps. */
  readonly gradient: number;
  /** T of the current target, f32 [Σ cardinality of its inputs × hidden], and its gradient. */
  readonly tables: number;
  readonly tableGradients: number;
  /** u32, per input of the current target: bytes from `tables` to T_ij, and i. */
  readonly tableOffsets: number;
  readonly inputs: number;
  /** f32 [rows of a table made in part][embedding width]: these rows of an embedding, and their gradient. */
  readonly embeddingRows: number;
  readonly embeddingRowGradients: number;
  readonly outputTransposed: number;
  readonly projectionTransposed: number;
  readonly zeros: number;
  readonly hiddenTile: number;
  readonly deltaTile: number;
  readonly logitTile: number;
  /** f32 [largest class] */
  readonly memberRow: number;
  /** u32 [TILE][hidden + 1] and [TILE]: hidden units above 0. */
  readonly active: number;
  readonly activeEnds: number;
  /** f32 [TILE]: factors of clipped rows. */
  readonly factors: number;
  /** u32: random words of a private training. */
  readonly noise: number;
  readonly lists: number;
  readonly counts: number;
  /** u16 [rowCount][n]: the training table. */
  readonly codeTable: number;
  /** u16 [rows][n]: rows being drawn, or slots of rows of the training table. */
  readonly rowCodes: number;
  /** u32 [rows]: 0, 1, 2, … */
  readonly identity: number;
  /** u16 [rows][n] */
  readonly keys: number;
  /** u32 [rows] */
  readonly rowIndex: number;
  /** f32 [rows] */
  readonly weights: number;
  readonly expected: number;
  readonly uniforms: number;
  /** f32 [codes of a softmax, and of all classes, each rounded up to 4] */
  readonly shift: number;
  /** u32 [probabilityRows][words of a mask of codes] */
  readonly masks: number;
  /** f32 [probabilityRows][width of a softmax] */
  readonly probabilities: number;
  /** Per sub-column with classes. */
  readonly levels: readonly (LevelTables | null)[];
  /** Per sub-column that may have slots. */
  readonly slotLists: readonly (number | null)[];
}

export interface Workspace {
  readonly layout: Layout;
  readonly kernels: Kernels;
  readonly rowCount: number;
  readonly at: Regions;
  readonly f32: Float32Array;
  readonly u32: Uint32Array;
  readonly u16: Uint16Array;
  /** Of the loaded rows. */
  readonly slots: InputSlots;
  /** Rows whose probabilities fit at once for any target; a multiple of the tile. */
  readonly probabilityRows: number;
  /** Sub-columns trained here, ascending; the moments of others are not held. */
  readonly owned: readonly number[];
  /** Per owned sub-column: floats from the start of a moment array to its block. */
  readonly momentStart: Float64Array;
  readonly bytes: number;
}

/**
 * Allocates for a model and a code table.
 * @param owned sub-columns that are trained here, ascending; all by default
 * @throws UserError when WebAssembly memory cannot hold it
 */
export function createWorkspace(
  module: WebAssembly.Module,
  spec: ModelSpec,
  rowCount: number,
  owned: readonly number[] = spec.subColumns.map((_, j) => j),
): Workspace {
  const layout = createLayout(spec);
  const parts = spec.subColumns;
  const momentStart = new Float64Array(parts.length).fill(Number.NaN);
  let moments = 0;
  for (const j of owned) {
    momentStart[j] = moments;
    moments += layout.blockSize(j);
  }
  const width = Math.max(...parts.map((_, j) => softmaxWidth(layout, j)));
  const probabilityRows = Math.floor(
    Math.min(ROW_CAPACITY, Math.max(512, PROBABILITY_BYTES / (4 * width))) / TILE,
  );
  const sizes = { width, probabilityRows: probabilityRows * TILE, moments };
  const { at, bytes } = allocateRegions(layout, rowCount, sizes);
  const memory = allocate(bytes);
  const kernels = instantiate(module, memory);
  kernels.setScratch(
    at.hiddenTile,
    at.deltaTile,
    at.logitTile,
    at.lists,
    at.counts,
    at.zeros,
    at.memberRow,
    at.active,
    at.activeEnds,
  );
  const u32 = new Uint32Array(memory.buffer);
  const u16 = new Uint16Array(memory.buffer);
  storeLevels(layout, at.levels, u16, u32);
  for (let r = 0; r < ROW_CAPACITY; r++) u32[at.identity / 4 + r] = r;
  return {
    layout,
    kernels,
    rowCount,
    at,
    f32: new Float32Array(memory.buffer),
    u32,
    u16,
    slots: new InputSlots(layout, at.slotLists, u32),
    probabilityRows: probabilityRows * TILE,
    owned,
    momentStart,
    bytes: memory.buffer.byteLength,
  };
}

/** Address of the state array that a request reads. */
export function weightsAt({ at }: Workspace, which: EvaluationRequest['weights']): number {
  return which === 'average' ? at.average : at.parameters;
}

/** Columns of the widest softmax of a sub-column: over all codes, over classes or over members. */
function softmaxWidth(layout: Layout, j: number): number {
  return Math.max(headWidth(layout, j), layout.levels(j)?.largest ?? 0);
}

interface RegionSizes {
  /** Columns of the widest softmax. */
  readonly width: number;
  readonly probabilityRows: number;
  /** Floats of the owned blocks. */
  readonly moments: number;
}

function allocateRegions(layout: Layout, rowCount: number, sizes: RegionSizes) {
  const { width, probabilityRows, moments } = sizes;
  const parts = layout.spec.subColumns;
  const n = parts.length;
  const hidden = Math.max(...parts.map((part) => part.hidden));
  const embeddingWidth = Math.max(...parts.map((_, i) => layout.embeddingWidth(i)));
  const block = Math.max(...parts.map((_, j) => layout.blockSize(j)));
  const tables = parts.map(
    ({ hidden }, j) => hidden * layout.inputs(j).reduce((codes, i) => codes + parts[i]!.cardinality, 0),
  );
  const head = Math.max(...parts.map((part, j) => part.hidden * headWidth(layout, j)));
  const codes = Math.max(...parts.map((part) => part.cardinality));
  let cursor = 1024;
  const take = (bytes: number): number => {
    const start = cursor;
    cursor += Math.ceil(bytes / 64) * 64;
    return start;
  };
  const floats = (count: number): number => take(4 * count);
  const at: Regions = {
    tableOffsets: take(4 * n),
    inputs: take(4 * n),
    counts: take(4 * TILE),
    lists: take(4 * TILE * (n + 1)),
    levels: allocateLevels(layout, take),
    slotLists: allocateSlots(layout, take),
    identity: take(4 * ROW_CAPACITY),
    zeros: floats(Math.max(hidden, width, embeddingWidth)),
    hiddenTile: floats(TILE * hidden),
    deltaTile: floats(TILE * hidden),
    logitTile: floats(TILE * width),
    memberRow: floats(width),
    active: take(4 * TILE * (hidden + 1)),
    activeEnds: take(4 * TILE),
    factors: floats(TILE),
    noise: take(4 * (NOISE_CHUNK + NOISE_RESERVE)),
    shift: floats(Math.max(width, codes) + 8),
    outputTransposed: floats(head),
    projectionTransposed: floats(hidden * embeddingWidth),
    embeddingRows: floats(slottedFloats(layout)),
    embeddingRowGradients: floats(slottedFloats(layout)),
    gradient: floats(block),
    tables: floats(Math.max(...tables)),
    tableGradients: floats(Math.max(...tables)),
    parameters: floats(layout.total),
    firstMoment: floats(moments),
    secondMoment: floats(moments),
    average: floats(layout.total),
    rowIndex: take(4 * ROW_CAPACITY),
    weights: floats(ROW_CAPACITY),
    expected: floats(ROW_CAPACITY),
    uniforms: floats(ROW_CAPACITY),
    keys: take(2 * n * ROW_CAPACITY),
    rowCodes: take(2 * n * ROW_CAPACITY),
    masks: take(4 * probabilityRows * maskWords(codes)),
    probabilities: floats(probabilityRows * width),
    codeTable: take(2 * n * rowCount),
  };
  return { at, bytes: cursor };
}

function allocate(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  const size = `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
  const advice = 'Exclude columns with very many values, or train on fewer rows.';
  if (bytes > LIMIT)
    throw new UserError(
      'engine/unavailable',
      `The model needs ${size} of memory; 4,295 MB is all there is. ${advice}`,
      { details: { advice } },
    );
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw new UserError(
      'engine/unavailable',
      `The browser gives no ${size} of memory to the model. ${advice}`,
      { details: { advice }, cause },
    );
  }
}
