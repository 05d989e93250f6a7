import type { GenerationOrder } from '../../../src/domain/synthetic-datasets';
import type { Backend, ModelSpec } from '../models/argn/network/network-backend';
import { sampleCodes } from '../models/argn/sampling/sample-codes';
import { attraction } from './attraction';
import type { CodeMetric } from './code-points';
import { buildCodeTree, type CodeTree } from './code-tree';

/** The table whose rows a fit must not give away. */
export interface WatchedTable {
  readonly metric: CodeMetric;
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
  /** Order of columns in which samples are drawn. */
  readonly order: GenerationOrder;
  /** As the generation has it. */
  readonly logitBias: readonly (Float32Array | null)[];
}

/** Samples compared between two looks at other messages. */
const BLOCK_ROWS = 256;

/**
 * Some rows of the table, ready to be compared with.
 * @param rows row numbers
 */
export function referenceTree({ metric, codes, rowCount }: WatchedTable, rows: ArrayLike<number>): CodeTree {
  return buildCodeTree(metric, metric.points(codes, rowCount, rows));
}

/**
 * Draws rows from the backend's averaged weights, each by itself, and finds which of the references
 * they are nearest to.
 * @param rest called between two blocks
 * @returns samples attracted, by place among the references
 */
export async function attractedSamples(
  backend: Backend,
  spec: ModelSpec,
  { metric, order, logitBias }: WatchedTable,
  request: { readonly references: CodeTree; readonly samples: number; readonly seed: number },
  rest: () => Promise<void>,
): Promise<Float64Array> {
  const { references, samples, seed } = request;
  const total = new Float64Array(references.order.length);
  const configuration = {
    samplingTemperature: 1,
    samplingTopP: 1,
    generationOrder: order,
    sampling: 'independent' as const,
  };
  const blocks = sampleCodes(backend, spec, {
    rows: samples,
    seed,
    configuration,
    logitBias,
    blockRows: BLOCK_ROWS,
  });
  for await (const block of blocks) {
    attraction(metric.pointsOf(block.codes, block.rows), references).forEach((count, r) => {
      total[r]! += count;
    });
    await rest();
  }
  return total;
}
