import type { ModelConfiguration } from '../../src/domain/generators';
import { hash, hashText } from '../../src/domain/random';
import type { TrainingState } from './compute/backend';
import type { RaceCourse } from './compute/choice/race';
import { StepPlanner } from './models/argn/plan';
import {
  ADAM,
  averageDecay,
  effectiveBatchSize,
  learningRate,
  orderMixOf,
  RECIPE,
  weightDecayOf,
} from './models/argn/schedule';
import { costOf } from './models/argn/spec';
import type { PreparedTable } from './prepare-table';

/** Rows of the table that a race is run on: what a step costs does not grow with the rows. */
const MOST_ROWS = 1 << 15;

/** The first steps of a training of this table, for backends to race on: its batch, its weights, its codes. */
export function raceCourse(
  table: Pick<PreparedTable, 'codes' | 'trainingRows' | 'validationRows'>,
  spec: RaceCourse['spec'],
  initial: TrainingState,
  limits: Pick<ModelConfiguration, 'batchSize' | 'gradientAccumulationSteps' | 'enableFlexibleGeneration'>,
): RaceCourse {
  const { trainingRows } = table;
  const rowCount = Math.min(trainingRows, MOST_ROWS);
  const batchSize = effectiveBatchSize(trainingRows, costOf(spec), limits);
  const planner = new StepPlanner({
    rows: Uint32Array.from({ length: rowCount }, (_, row) => row),
    batchSize,
    columnCount: spec.columnCount,
    orders: orderMixOf(RECIPE, limits),
    seed: hashText('race'),
  });
  const perStep = (steps: number, of: (step: number) => number) =>
    Float32Array.from({ length: steps }, (_, s) => of(s));
  return {
    spec,
    codes: firstRows(table, rowCount),
    rowCount,
    hyper: { ...ADAM, weightDecay: weightDecayOf(RECIPE, trainingRows) },
    initial,
    plan: (firstStep, steps) => ({
      ...planner.batches(firstStep, steps),
      firstStep,
      learningRate: perStep(steps, (s) => learningRate(firstStep + s, batchSize, 0)),
      emaDecay: perStep(steps, (s) => averageDecay(firstStep + s, batchSize)),
      dropout: RECIPE.dropout,
      seed: hash(hashText('race'), firstStep),
    }),
  };
}

function firstRows(
  { codes, trainingRows, validationRows }: Pick<PreparedTable, 'codes' | 'trainingRows' | 'validationRows'>,
  rowCount: number,
): Uint16Array {
  const rows = trainingRows + validationRows;
  const parts = codes.length / rows;
  const first = new Uint16Array(parts * rowCount);
  for (let j = 0; j < parts; j++) first.set(codes.subarray(j * rows, j * rows + rowCount), j * rowCount);
  return first;
}
