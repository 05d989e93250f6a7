import { columnLength } from '../../../src/domain/column-data';
import { UserError } from '../../../src/domain/errors';
import type { Distances } from '../../../src/domain/metrics';
import { familyOf, type NamedColumn, takeRows } from '../columns';
import { type Hooks, Pacer } from '../pacing';
import { distanceMetrics, type NearestRecords } from './distance-metrics';
import { encodeColumn, PointBuilder, type PointSet } from './encode';
import { buildTree, nearestDistances } from './nearest';
import { distanceRows, sampleRows } from './sampling';

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
  return familyOf(column.storageType) === 'category' ? 3 : 1;
}

/** Distances to the closest records of whole tables (quality.md §3.1, §4), over all dimensions at once. */
export async function computeDistances(input: DistancesInput, hooks: Hooks = {}): Promise<DistancesResult> {
  const seed = input.seed ?? 1;
  const pacer = new Pacer(hooks);
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
    builder.add(encodeColumn(training, holdout, synthetic));
    if (pacer.advance(0)) await pacer.rest();
  }
  const points = builder.finish();
  pacer.expect(queryCount(points));
  const nearest = await nearestRecords(points, pacer);
  return { metrics: distanceMetrics(nearest), rows, dims: points.training.dims, nearest };
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

/** Queries `nearestRecords` makes, which is how far it advances the pacer. */
export function queryCount(points: { training: PointSet; holdout: PointSet | null }): number {
  return (points.holdout ? 3 : 1) * points.training.rows;
}

/** The three directions of quality.md §4; without holdout, only synthetic to training. */
export async function nearestRecords(
  points: { training: PointSet; holdout: PointSet | null; synthetic: PointSet },
  pacer: Pacer,
): Promise<NearestRecords> {
  const training = buildTree(points.training);
  const synthetic = buildTree(points.synthetic);
  const synTrn = await nearestDistances(synthetic, training, pacer);
  if (!points.holdout) return { synTrn, synHol: null, trnHol: null };
  const holdout = buildTree(points.holdout);
  const synHol = await nearestDistances(synthetic, holdout, pacer);
  const trnHol = await nearestDistances(holdout, training, pacer);
  return { synTrn, synHol, trnHol };
}
