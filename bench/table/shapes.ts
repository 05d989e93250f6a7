/** The shapes of table that the lines name. */
import type { ModelSpec } from '../../workers/engine/compute/backend';
import { buildSpec } from '../../workers/engine/models/argn/spec';
import { adultSpec, TABLE_ROWS } from '../adult-shape';

export interface Shape {
  readonly name: string;
  /** What PyTorch's layouts model: the cardinalities of the table's columns. */
  readonly cardinalities: readonly number[];
  readonly spec: ModelSpec;
  readonly rows: number;
}

export const ADULT: Shape = shapeOf('Adult', adultSpec());
export const WIDE: Shape = table('40 columns of 30', Array<number>(40).fill(30));
export const HIGH_CARDINALITY: Shape = table(
  '10 columns of 2,000 … 2',
  [2000, 500, 100, 50, 20, 10, 10, 5, 5, 2],
);

function shapeOf(name: string, spec: ModelSpec): Shape {
  const cardinalities = spec.subColumns.map(({ cardinality }) => cardinality);
  return { name, cardinalities, spec, rows: TABLE_ROWS };
}

/** The model that a table of such categories gets, size M. */
function table(name: string, cardinalities: readonly number[]): Shape {
  const columns = cardinalities.map((cardinality) => [{ name: 'cat', cardinality, ordinal: false }]);
  return { name, cardinalities, spec: buildSpec(columns, 'M'), rows: TABLE_ROWS };
}
