/** One target in the workspace: T = E · W before its rows, dE and dW after them. */
import { openLevels } from './levels';
import type { Workspace } from './workspace';

/**
 * Makes sub-column j the current target and materialises the tables of its inputs.
 * @param weights address of the state array to read: parameters or average
 * @param inputs that any row can see, ascending; rows look at no others
 */
export function openTarget(space: Workspace, weights: number, j: number, inputs: Uint16Array): void {
  const { layout, kernels, at } = space;
  const { hidden } = layout.spec.subColumns[j]!;
  const rowBytes = 4 * hidden;
  let offset = 0;
  inputs.forEach((i, place) => {
    const { cardinality, dimension } = layout.spec.subColumns[i]!;
    kernels.gemm(
      weights + 4 * layout.embedding(j, i),
      4 * layout.embeddingWidth(i),
      4,
      weights + 4 * layout.projection(j, i),
      rowBytes,
      at.zeros,
      0,
      at.tables + offset,
      rowBytes,
      cardinality,
      hidden,
      dimension,
    );
    space.u32[at.inputs / 4 + place] = i;
    space.u32[at.tableOffsets / 4 + place] = offset;
    offset += cardinality * rowBytes;
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

/** Gradients of E and W of target j, opened with the same inputs, from those of its tables, which are left 0. */
export function closeTarget(space: Workspace, j: number, inputs: Uint16Array): void {
  const { layout, kernels, at } = space;
  const { hidden } = layout.spec.subColumns[j]!;
  const rowBytes = 4 * hidden;
  const gradient = at.gradient - 4 * layout.blockStart(j);
  let offset = 0;
  for (const i of inputs) {
    const { cardinality, dimension } = layout.spec.subColumns[i]!;
    const width = layout.embeddingWidth(i);
    const tableGradient = at.tableGradients + offset;
    // dE = dT · Wᵀ; the pad columns of Wᵀ are 0, hence those of dE.
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
      gradient + 4 * layout.embedding(j, i),
      4 * width,
      cardinality,
      width,
      hidden,
    );
    // dW = Eᵀ · dT
    kernels.gemm(
      at.parameters + 4 * layout.embedding(j, i),
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
      cardinality,
    );
    space.f32.fill(0, tableGradient / 4, tableGradient / 4 + cardinality * hidden);
    offset += cardinality * rowBytes;
  }
}
