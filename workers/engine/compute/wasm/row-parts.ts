/**
 * A sub-column that outweighs the others would leave the workers of a pool waiting for the one that trains it, so
 * several may share the rows of its batches. Sums of numbers depend on their order: such a column's gradient is
 * always, on one thread too, added up from partial ones in the order of a binary tree. How many depends on the model
 * alone; which rows they have, on the model and the batch.
 */
import type { ModelSpec } from '../backend';
import { inputsOf, roundUp } from '../layout';
import { outputLevels } from '../output-levels';
import { SETTLED, stepRowWork, stepWork, workOf } from '../work';

/** Shares of a step's work above which a sub-column's rows are parted, the larger into more parts. */
const STANDS_OUT = 0.15;
const DOMINATES = 0.3;
const OVERWHELMS = 0.5;
/** Adding a float of one part to another's, and the share of the rows' work that it may take where none dominates. */
const MEETING = 4;
const BEARABLE = 0.02;
/** Work of a step's rows, about 2 ms of a current core, from which the exchange of gradients pays. */
const WORTH_SHARING = 4e7;

/** Per sub-column its number of parts: 1, or a power of two. */
export function rowParts(spec: ModelSpec): number[] {
  const work = workOf(spec, SETTLED);
  const total = work.reduce((sum, part) => sum + stepWork(part), 0);
  return work.map((part, j) => {
    const rows = stepRowWork(part);
    if (rows < WORTH_SHARING || rows <= STANDS_OUT * total) return 1;
    if (rows > DOMINATES * total) return rows > OVERWHELMS * total ? 8 : 4;
    const meeting = MEETING * gradientFloats(spec, j);
    return [4, 2].find((parts) => (parts - 1) * meeting <= BEARABLE * rows) ?? 1;
  });
}

/** Floats of the gradient of V, b, c and of all tables of sub-column j. */
export function gradientFloats(spec: ModelSpec, j: number): number {
  const parts = spec.subColumns;
  const { cardinality, hidden } = parts[j]!;
  const width = outputLevels(parts[j]!)?.width ?? roundUp(cardinality, 4);
  const codes = inputsOf(spec, j).reduce((sum, i) => sum + parts[i]!.cardinality, 0);
  return hidden * (width + codes + 1) + width;
}

/** Rows below which a part costs more to add up than to share out; whole tiles of the kernels. */
const SPAN = 64;

/** Rows of one part of a batch; may be none. */
export function partRange(part: number, parts: number, rows: number): [number, number] {
  const spans = Math.ceil(rows / SPAN);
  const start = (of: number) => Math.min(rows, SPAN * Math.floor((spans * of) / parts));
  return [start(part), start(part + 1)];
}

/** Adds losses of nodes that make up all parts up, in the order of the tree. */
export function totalLoss(losses: ReadonlyMap<number, number>, node = 1): number {
  return losses.get(node) ?? totalLoss(losses, 2 * node) + totalLoss(losses, 2 * node + 1);
}
