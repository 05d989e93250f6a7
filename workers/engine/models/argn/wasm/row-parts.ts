/**
 * A sub-column that outweighs the others would leave the workers of a pool waiting for the one that trains it, so
 * several may share the rows of its batches. Sums of numbers depend on their order: such a column's gradient is
 * always, on one thread too, added up from partial ones in the order of a binary tree. How many depends on the model
 * alone; which rows they have, on the model and the batch.
 */
import type { ModelSpec } from '../network/network-backend';
import { outputLevels } from '../network/output-levels';
import { inputsOf, roundUp } from '../network/weight-layout';
import { LONG_BATCH, SETTLED, stepRowWork, stepWork, TYPICAL_BATCH, workOf } from '../network/work-model';

/** Shares of a step's work above which a sub-column's rows are parted, the larger into more parts. */
const STANDS_OUT = 0.12;
const DOMINATES = 0.3;
const OVERWHELMS = 0.5;
/** Adding a float of one part to another's, and the share of the rows' work that it may take where none dominates. */
const MEETING = 4;
const BEARABLE = 0.02;
/** Work of a step's rows, about 2 ms of a current core, from which the exchange of gradients pays. */
const WORTH_SHARING = 4e7;

/** Rows below which a part costs more to add up than to share out; whole tiles of the kernels. */
const SPAN = 64;
/** The same where only large batches are worth sharing. Smaller ones are one part, as if they were not parted. */
const LONG_SPAN = 512;

/** How the rows of a batch are parted. */
export interface RowParts {
  /** 1, or a power of two; some may have no rows. */
  readonly count: number;
  /** Parts begin at its multiples. */
  readonly span: number;
}

/** Per sub-column its parts. */
export function rowParts(spec: ModelSpec): RowParts[] {
  const work = workOf(spec, SETTLED);
  const total = work.reduce((sum, part) => sum + stepWork(part), 0);
  return work.map((part, j) => {
    const rows = stepRowWork(part);
    const share = rows / total;
    if (rows >= WORTH_SHARING && share > DOMINATES) return { count: share > OVERWHELMS ? 8 : 4, span: SPAN };
    if (share <= STANDS_OUT) return { count: 1, span: SPAN };
    const span = rows >= WORTH_SHARING ? SPAN : LONG_SPAN;
    const batch = span === SPAN ? TYPICAL_BATCH : LONG_BATCH;
    const bearable = BEARABLE * stepRowWork(part, batch);
    if (stepRowWork(part, batch) < WORTH_SHARING) return { count: 1, span };
    const meeting = MEETING * gradientFloats(spec, j);
    return { count: [4, 2].find((count) => (count - 1) * meeting <= bearable) ?? 1, span };
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

/** Rows of one part of a batch; may be none. */
export function partRange(part: number, { count, span }: RowParts, rows: number): [number, number] {
  const spans = Math.ceil(rows / span);
  const start = (of: number) => Math.min(rows, span * Math.floor((spans * of) / count));
  return [start(part), start(part + 1)];
}

/** Adds losses of nodes that make up all parts up, in the order of the tree. */
export function totalLoss(losses: ReadonlyMap<number, number>, node = 1): number {
  return losses.get(node) ?? totalLoss(losses, 2 * node) + totalLoss(losses, 2 * node + 1);
}
