/** The shapes of table that the lines name. */
import { buildSpec, CLASS_RULE, type ModelSpec, planClasses, specOf } from '../engine';

/** Rows of a random table of each shape: as many as Adult has. */
const ROWS = 24_421;
/** Codes of a column that no category has: the one for rare values. */
const RARE_CODES = 1;

export interface Shape {
  readonly name: string;
  /** What PyTorch's layouts model: the cardinalities of the table's columns. */
  readonly cardinalities: readonly number[];
  readonly spec: ModelSpec;
  readonly rows: number;
}

/** Cardinalities of Adult's 16 sub-columns; hidden = 16·round(ln card), dimension = max(10, 3·⌈card^¼⌉) as in size M. */
const ADULT_CARDINALITIES = [74, 9, 103, 16, 16, 7, 15, 6, 5, 2, 28, 24, 68, 42, 2, 6];
export const ADULT: Shape = {
  name: 'Adult',
  cardinalities: ADULT_CARDINALITIES,
  spec: specOf(
    ADULT_CARDINALITIES.map((cardinality, column) => [
      cardinality,
      Math.min(cardinality, Math.max(10, 3 * Math.ceil(cardinality ** 0.25))),
      16 * Math.round(Math.log(Math.max(cardinality, Math.E))),
      column,
    ]),
  ),
  rows: ROWS,
};

export const WIDE: Shape = table('40 columns of 30', Array<number>(40).fill(30), Number.POSITIVE_INFINITY);

const CATEGORIES = [2000, 500, 100, 50, 20, 10, 10, 5, 5, 2];
/** As the app trains it: very many categories in classes. */
export const HIGH_CARDINALITY: Shape = table('10 columns of 2,000 … 2', CATEGORIES, CLASS_RULE.maxPlain);
/** With one softmax each. */
export const ONE_LEVEL: Shape = table(
  '10 columns of 2,000 … 2, one level',
  CATEGORIES,
  Number.POSITIVE_INFINITY,
);

/** The model that a table of such categories gets, size M. */
function table(name: string, cardinalities: readonly number[], maxPlain: number): Shape {
  const columns = cardinalities.map((cardinality) => {
    const classes = planClasses(cardinality, RARE_CODES, { ...CLASS_RULE, maxPlain });
    return [{ name: 'cat', cardinality, ordinal: false, ...(classes ? { classes } : {}) }];
  });
  return { name, cardinalities, spec: buildSpec(columns, 'M'), rows: ROWS };
}
