import type { ModelSpec } from '../backend';
import type { RaceCourse } from '../choice/race';
import { HYPER, randomCodes, randomPlan, randomState } from './samples';

/** The first steps of a training of a random table. */
export function courseOf(spec: ModelSpec, rowCount = 40, batchSize = 16): RaceCourse {
  return {
    spec,
    codes: randomCodes(spec, rowCount, 1),
    rowCount,
    hyper: HYPER,
    initial: randomState(spec, 1),
    plan: (firstStep, steps) =>
      randomPlan(spec, { steps, batchSize, tableRows: rowCount, seed: 1, firstStep, dropout: 0.1 }),
  };
}
