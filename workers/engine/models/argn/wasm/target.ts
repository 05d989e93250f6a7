/** One target in the workspace: T = E · W before its rows, dE and dW after them, for the slots of `space.slots`. */
import { openLevels } from './levels';
import type { Workspace } from './workspace';

/**
 * Makes sub-column j the current target and materialises the tables of its inputs.
 * @param weights address of the state array to read: parameters or average
 * @param inputs that any of the rows sees, ascending
 */
export function openTarget(space: Workspace, weights: number, j: number, inputs: Uint16Array): void {
  const { layout, kernels, at, slots } = space;
  const { hidden } = layout.spec.subColumns[j]!;
  const rowBytes = 4 * hidden;
  let offset = 0;
  inputs.forEach((i, position) => {
    const { dimension } = layout.spec.subColumns[i]!;
    const rows = slots.rows(i);
    kernels.gemm(
      embeddingRows(space, weights, j, i),
      4 * layout.embeddingWidth(i),
      4,
      weights + 4 * layout.projection(j, i),
      rowBytes,
      at.zeros,
      0,
      at.tables + offset,
      rowBytes,
      rows,
      hidden,
      dimension,
    );
    space.u32[at.inputs / 4 + position] = i;
    space.u32[at.tableOffsets / 4 + position] = offset;
    offset += rows * rowBytes;
  });
  kernels.setTarget(
    j,
    hidden,
    layout.outputWidth(j),
    weights + 4 * layout.bias(j),
    weights + 4 * layout.output(j),
    weights + 4 * layout.outputBias(j),
    at.tables,
    at.tableOffsets,
    at.inputs,
    inputs.length,
  );
  openLevels(kernels, layout, at.levels[j]!, j);
}

/** Address of the rows of E_ij that input i's table is made from, by slot. */
function embeddingRows({ layout, kernels, at, slots }: Workspace, weights: number, j: number, i: number) {
  const embedding = weights + 4 * layout.embedding(j, i);
  const some = slots.list(i);
  if (!some) return embedding;
  kernels.gatherRows(embedding, some.list, some.count, at.embeddingRows, 4 * layout.embeddingWidth(i));
  return at.embeddingRows;
}

/**
 * Gradients of E and W of target j, opened with the same inputs, from those of its tables, which are set to 0.
 * @param frozen E has no gradient
 */
export function closeTarget(space: Workspace, j: number, inputs: Uint16Array, frozen: boolean): void {
  const { layout, kernels, at, slots } = space;
  const { hidden } = layout.spec.subColumns[j]!;
  const rowBytes = 4 * hidden;
  const gradient = at.gradient - 4 * layout.blockStart(j);
  let offset = 0;
  for (const i of inputs) {
    const { dimension } = layout.spec.subColumns[i]!;
    const rows = slots.rows(i);
    const width = layout.embeddingWidth(i);
    const tableGradient = at.tableGradients + offset;
    if (!frozen) embeddingGradient(space, j, i, tableGradient);
    // dW = Eᵀ · dT
    kernels.gemm(
      embeddingRows(space, at.parameters, j, i),
      4,
      4 * width,
      tableGradient,
      rowBytes,
      at.zeros,
      0,
      gradient + 4 * layout.projection(j, i),
      rowBytes,
      dimension,
      hidden,
      rows,
    );
    space.f32.fill(0, tableGradient / 4, tableGradient / 4 + rows * hidden);
    offset += rows * rowBytes;
  }
}

/** dE = dT · Wᵀ; the pad columns of Wᵀ are 0, hence those of dE. */
function embeddingGradient(space: Workspace, j: number, i: number, tableGradient: number): void {
  const { layout, kernels, at, slots } = space;
  const { hidden } = layout.spec.subColumns[j]!;
  const { dimension } = layout.spec.subColumns[i]!;
  const rowBytes = 4 * hidden;
  const rows = slots.rows(i);
  const some = slots.list(i);
  const width = layout.embeddingWidth(i);
  const target = at.gradient + 4 * (layout.embedding(j, i) - layout.blockStart(j));
  const transposed = at.projectionTransposed;
  if (width !== dimension) space.f32.fill(0, transposed / 4, transposed / 4 + hidden * width);
  kernels.transpose(
    at.parameters + 4 * layout.projection(j, i),
    rowBytes,
    transposed,
    4 * width,
    dimension,
    hidden,
  );
  kernels.gemm(
    tableGradient,
    rowBytes,
    4,
    transposed,
    4 * width,
    at.zeros,
    0,
    some ? at.embeddingRowGradients : target,
    4 * width,
    rows,
    width,
    hidden,
  );
  if (some) kernels.scatterRows(at.embeddingRowGradients, some.list, rows, target, 4 * width);
}
