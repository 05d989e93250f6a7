import { createLayout, inputsOf, type ModelSpec } from '../engine';
import { openMachineLimits } from '../peers/machine-limits';
import { lineOf, type Report, type TableOptions, thousands } from './line';
import { sandwichRatio } from './sandwich';
import { ADULT, type Shape, WIDE } from './shapes';
import { openModel, stepTimer } from './step-timer';

const BATCH = 512;
/** AdamW and the moving average read the gradient and read and write four numbers per weight. */
const UPDATE_BYTES = 36;

/** How much of what a core can do at most a training step does. */
export async function measureLimits(report: Report, { rounds }: TableOptions): Promise<void> {
  const limits = await openMachineLimits();
  for (const shape of [ADULT, WIDE]) {
    const perRow = await ownTimer(shape);
    const products = multiplyAdds(shape.spec, BATCH);
    const bytes = createLayout(shape.spec).total * UPDATE_BYTES;
    const secondsPerStep = async () => ((await perRow()) * BATCH) / 1000;
    const arithmetic = await sandwichRatio({
      own: async () => (await secondsPerStep()) / products,
      other: limits.secondsPerMultiplyAdd,
      rounds,
    });
    const memory = await sandwichRatio({
      own: async () => (await secondsPerStep()) / bytes,
      other: limits.secondsPerByte,
      rounds,
    });
    const step = `${shape.name}, batch ${BATCH}`;
    report.line(
      lineOf(arithmetic, {
        what: `multiply-adds of a step's products, ${step}`,
        against: 'SIMD mul + add in registers, one thread',
        figure: (seconds) => `${thousands(1e-9 / seconds)} G/s`,
      }),
    );
    report.line(
      lineOf(memory, {
        what: `bytes of a step's AdamW, ${step}`,
        against: 'triad through memory, one thread',
        figure: (seconds) => `${thousands(1e-9 / seconds)} GB/s`,
      }),
    );
  }
  report.note(
    'Limits: counted are the matrix products of the whole step and the bytes of its AdamW and average alone, each over ' +
      "the whole step's time; gathering, softmax and scattering come on top of both.",
  );
}

async function ownTimer({ spec, rows }: Shape) {
  return stepTimer(await openModel(spec, rows), spec, rows, BATCH);
}

/** Multiply-adds of the matrix products of a step: logits, dV and dh per row; T = E·W, dE and dW per step. */
function multiplyAdds(spec: ModelSpec, batchSize: number): number {
  let perRow = 0;
  let perStep = 0;
  for (const [j, target] of spec.subColumns.entries()) {
    perRow += target.hidden * target.cardinality;
    for (const i of inputsOf(spec, j)) {
      const { cardinality, dimension } = spec.subColumns[i]!;
      perStep += cardinality * dimension * target.hidden;
    }
  }
  return 3 * (perRow * batchSize + perStep);
}
