import { columnLength, takeRows } from '../../../src/domain/column-data';
import { UserError } from '../../../src/domain/errors';
import type { Distances } from '../../../src/domain/metrics';
import type { ThreadSource } from '../../../src/threads/thread';
import { familyOf, type NamedColumn } from '../columns';
import { type Hooks, Pacer } from '../pacing';
import { distanceMetrics, type NearestRecords } from './distance-metrics';
import { encodeColumn, PointBuilder } from './encode';
import { nearestRecords, queryCount } from './nearest-records';
import { distanceRows, sampleRows } from './sampling';
import type { SearchApi } from './search-task';

export interface DistancesInput {
  readonly training: readonly NamedColumn[];
  readonly holdout: readonly NamedColumn[] | null;
  /** Columns are found by name; the training rows' types count. */
  readonly synthetic: readonly NamedColumn[];
  /** Of the choice of rows where the sets differ in size. Default 1. */
  readonly seed?: number;
}

export interface DistancesResult {
  readonly metrics: Distances;
  /** Rows per set that were compared. */
  readonly rows: number;
  readonly dims: number;
  readonly nearest: NearestRecords;
}

/** Upper bound of the dimensions a column is encoded in, for planning. */
export function plannedDims(column: Pick<NamedColumn, 'storageType'>): number {
  return familyOf(column.storageType) === 'category' ? 4 : 2;
}

/**
 * Distances to the closest records of whole tables (docs/metrics.md, Distances), over all dimensions at once.
 * @param searchers threads to search on; null = the calling one. The result is the same.
 */
export async function computeDistances(
  input: DistancesInput,
  hooks: Hooks = {},
  searchers: ThreadSource<SearchApi> | null = null,
): Promise<DistancesResult> {
  const seed = input.seed ?? 1;
  const pacer = new Pacer(hooks);
  pacer.check();
  const sets = [input.training, input.synthetic, ...(input.holdout ? [input.holdout] : [])];
  const sizes = sets.map((set) => (set[0] ? columnLength(set[0].data) : 0));
  const planned = input.training.reduce((sum, column) => sum + plannedDims(column), 0);
  const rows = distanceRows(sizes, planned);
  if (rows === 0)
    throw new UserError('report/failed', 'There are no rows to compare: one of the tables is empty.');
  const [trn, syn, hol] = ['training', 'synthetic', 'holdout'].map((set, i) =>
    sampleRows(sizes[i] ?? 0, rows, seed, set),
  );
  const builder = new PointBuilder();
  for (const column of input.training) {
    const training = { ...column, data: takeRows(column.data, trn!) };
    const holdout = input.holdout && takeRows(find(input.holdout, column.name, 'holdout'), hol!);
    const synthetic = takeRows(find(input.synthetic, column.name, 'synthetic'), syn!);
    builder.add(await encodeColumn(training, holdout, synthetic, pacer));
    if (pacer.advance(0)) await pacer.rest();
  }
  const points = await builder.finish(pacer);
  pacer.expect(queryCount(rows, input.holdout !== null));
  const nearest = await nearestRecords(points, pacer, seed, { searchers });
  return {
    metrics: distanceMetrics(nearest),
    rows: nearest.synTrn.length,
    dims: points.training.dims,
    nearest,
  };
}

function find(set: readonly NamedColumn[], name: string, what: string): NamedColumn['data'] {
  const column = set.find((candidate) => candidate.name === name);
  if (column) return column.data;
  throw new UserError(
    'report/failed',
    `The ${what} table has no column "${name}" to compare. It must have the columns of the training table.`,
    { details: { column: name } },
  );
}
