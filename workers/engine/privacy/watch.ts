import { SyntheticTableConfiguration } from '../../../src/domain/synthetic-datasets';
import type { Backend, ModelSpec } from '../compute/backend';
import { sampleCodes } from '../sampling/sample-codes';
import { attraction } from './attraction';
import type { CodeMetric } from './code-points';

/** The table whose rows a fit must not give away. */
export interface WatchedTable {
  readonly metric: CodeMetric;
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
  /** As the generation has it. */
  readonly logitBias: readonly (Float32Array | null)[];
}

/** Rows drawn between two looks at other messages. */
const BLOCK_ROWS = 256;

/**
 * Draws rows from the backend's averaged weights, each by itself in natural order, and finds which of the references
 * they are nearest to.
 * @param references row numbers of the table
 * @param rest called between two blocks
 * @returns samples attracted, by reference
 */
export async function attractedSamples(
  backend: Backend,
  spec: ModelSpec,
  { metric, codes, rowCount, logitBias }: WatchedTable,
  request: { readonly references: ArrayLike<number>; readonly samples: number; readonly seed: number },
  rest: () => Promise<void>,
): Promise<Float64Array> {
  const references = metric.points(codes, rowCount, request.references);
  const total = new Float64Array(request.references.length);
  const configuration = SyntheticTableConfiguration.parse({ sampling: 'independent' });
  const blocks = sampleCodes(backend, spec, {
    rows: request.samples,
    seed: request.seed,
    configuration,
    logitBias,
    blockRows: BLOCK_ROWS,
  });
  for await (const block of blocks) {
    const samples = metric.pointsOf(block.codes, block.rows);
    attraction(metric, samples, references).forEach((count, r) => {
      total[r]! += count;
    });
    await rest();
  }
  return total;
}
