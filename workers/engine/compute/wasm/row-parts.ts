/**
 * A sub-column that outweighs the others would leave the workers of a pool waiting for the one that trains it, so
 * several may share the rows of its batches. Sums of numbers depend on their order: such a column's gradient is
 * always, on one thread too, added up from partial ones in the order of a binary tree. How many depends on the model
 * alone.
 */
import type { ModelSpec } from '../backend';
import { stepRowWork, stepWork, workOf } from '../work';

/** Share of a step's work above which a sub-column's rows are parted, and above which into more parts. */
const DOMINATES = 0.3;
const OVERWHELMS = 0.5;
/** Work of a step's rows, about 2 ms of a current core, from which the exchange of gradients pays. */
const WORTH_SHARING = 4e7;

/** Per sub-column its number of parts: 1, or a power of two. */
export function rowParts(spec: ModelSpec): number[] {
  const work = workOf(spec);
  const total = work.reduce((sum, part) => sum + stepWork(part), 0);
  return work.map((part) => {
    const rows = stepRowWork(part);
    if (rows < WORTH_SHARING || rows <= DOMINATES * total) return 1;
    return rows > OVERWHELMS * total ? 8 : 4;
  });
}

/** Rows below which a part costs more to add up than to share out; whole tiles of the kernels. */
const SPAN = 128;

/** Rows of one part of a batch; may be none. */
export function partRange(part: number, parts: number, rows: number): [number, number] {
  const spans = Math.ceil(rows / SPAN);
  const start = (of: number) => Math.min(rows, SPAN * Math.floor((spans * of) / parts));
  return [start(part), start(part + 1)];
}

/** Sums over some rows of a batch. */
export interface PartialGradient {
  /** Empty where there are no rows. */
  readonly values: Float32Array;
  /** Sum of −log p, nats. */
  loss: number;
}

/** On locals: reading `values` from an object for every number takes ten times as long. */
function addTo(sums: Float32Array, values: Float32Array): void {
  const count = values.length;
  for (let k = 0; k < count; k++) sums[k] = sums[k]! + values[k]!;
}

/** Adds partial gradients up: whichever comes first, two meet only where the tree joins them. */
export class GradientTree {
  readonly #parts: number;
  readonly #nodes = new Map<number, PartialGradient>();
  readonly #spare: Float32Array[];

  /**
   * @param parts leaves, a power of two
   * @param spare gets the arrays that are no longer needed
   */
  constructor(parts: number, spare: Float32Array[] = []) {
    this.#parts = parts;
    this.#spare = spare;
  }

  /** @param gradient becomes the tree's */
  addPart(part: number, gradient: PartialGradient): void {
    this.add(this.#parts + part, gradient);
  }

  /** @param node root 1, children of n at 2n and 2n + 1 */
  add(node: number, gradient: PartialGradient): void {
    const sibling = this.#nodes.get(node ^ 1);
    if (node === 1 || !sibling) {
      this.#nodes.set(node, gradient);
      return;
    }
    this.#nodes.delete(node ^ 1);
    const [from, to] = gradient.values.length > 0 ? [sibling, gradient] : [gradient, sibling];
    addTo(to.values, from.values);
    to.loss += from.loss;
    if (from.values.length > 0) this.#spare.push(from.values);
    this.add(node >> 1, to);
  }

  /** Sums so far that wait for others. */
  nodes(): [node: number, gradient: PartialGradient][] {
    return [...this.#nodes];
  }

  /** The sum of all parts, or undefined while some are missing. */
  get total(): PartialGradient | undefined {
    return this.#nodes.get(1);
  }
}
