/** The shapes of table that the lines name. */

import { CLASS_RULE, planClasses } from '../../workers/engine/encoding/category-classes';
import type { ModelSpec } from '../../workers/engine/models/argn/network/network-backend';
import { buildSpec } from '../../workers/engine/models/argn/network/network-spec';
import { adultSpec, TABLE_ROWS } from '../adult-shape';

/** Codes of a column that no category has: the one for rare values. */
const RARE_CODES = 1;

export interface Shape {
  readonly name: string;
  /** What PyTorch's layouts model: the cardinalities of the table's columns. */
  readonly cardinalities: readonly number[];
  readonly spec: ModelSpec;
  readonly rows: number;
}

export const ADULT: Shape = shapeOf('Adult', adultSpec());
export const WIDE: Shape = table('40 columns of 30', Array<number>(40).fill(30), Number.POSITIVE_INFINITY);

const CATEGORIES = [2000, 500, 100, 50, 20, 10, 10, 5, 5, 2];
/** As the app trains it: very many categories in classes. */
export const HIGH_CARDINALITY: Shape = table('10 columns of 2,000 … 2', CATEGORIES, CLASS_RULE.most);
/** With one softmax each. */
export const ONE_LEVEL: Shape = table(
  '10 columns of 2,000 … 2, one level',
  CATEGORIES,
  Number.POSITIVE_INFINITY,
);

function shapeOf(name: string, spec: ModelSpec): Shape {
  const cardinalities = spec.subColumns.map(({ cardinality }) => cardinality);
  return { name, cardinalities, spec, rows: TABLE_ROWS };
}

/** The model that a table of such categories gets, size M. */
function table(name: string, cardinalities: readonly number[], most: number): Shape {
  const columns = cardinalities.map((cardinality) => {
    const classes = planClasses(cardinality, RARE_CODES, { ...CLASS_RULE, most });
    return [{ name: 'cat', cardinality, ordinal: false, ...(classes ? { classes } : {}) }];
  });
  return { name, cardinalities, spec: buildSpec(columns, 'M'), rows: TABLE_ROWS };
}
