import { UserError } from '../../../../src/domain/errors';
import { hash, hashText, RandomStream } from '../../../../src/domain/random';
import { pause } from '../../../../src/threads/thread';
import type { RowBlock, SampleRequest, Sampler } from '../model';
import { decodeRows } from './decode-rows';
import { drawTree } from './draw-tree';
import type { LearnedMarginals } from './learned-marginals';
import { sweep } from './pair-model';

/** Rows drawn at once. */
const BLOCK_ROWS = 25_000;
/** Passes of Gibbs sampling from rows of the tree to rows of all pairs. */
const PASSES = 8;

/** Draws rows by the tree; they depend on the seed and on nothing private. */
export class MarginalsSampler implements Sampler {
  readonly #learned: LearnedMarginals;

  constructor(learned: LearnedMarginals) {
    this.#learned = learned;
  }

  async *rows({ rows, seed, from }: SampleRequest): AsyncGenerator<RowBlock> {
    const { columns, nodes } = this.#learned;
    const factors = this.#learned.factors.map((pair) => ({
      ...pair,
      factors: Float64Array.from(pair.factors),
    }));
    const sizes = columns.map(({ groups }) => groups.reduce((a, b) => Math.max(a, b), 0) + 1);
    const margins = columns.map(({ groups, counts }, c) => {
      const sums = new Float64Array(sizes[c]!);
      for (const [code, group] of groups.entries()) sums[group]! += counts[code]!;
      return sums;
    });
    for (let row0 = from?.row0 ?? 0; row0 < rows; row0 += BLOCK_ROWS) {
      const started = performance.now();
      const count = Math.min(BLOCK_ROWS, rows - row0);
      const stream = new RandomStream(hash(seed, hashText('groups')), row0);
      const groups = drawTree(nodes, sizes, count, stream);
      if (factors.length > 0)
        for (let pass = 0; pass < PASSES; pass++) await sweep(groups, sizes, factors, margins, stream, pause);
      yield {
        row0,
        rows: count,
        point: { row0 },
        columns: columns.map((column, c) => decodeRows(column, groups[c]!, seed, row0)),
        seconds: (performance.now() - started) / 1000,
      };
    }
  }

  // biome-ignore lint/correctness/useYield: it only says that it cannot.
  async *complete(): AsyncGenerator<RowBlock> {
    throw new UserError(
      'config/invalid',
      'Private marginals cannot complete rows of which some cells are given. Generate whole rows, or train TabularARGN.',
    );
  }

  memory(): number {
    const counts = this.#learned.nodes.reduce((sum, node) => sum + node.counts.length, 0);
    return 8 * counts;
  }

  dispose(): void {}
}
