import { DenseTraining } from '../peers/dense-training';
import { openTfjsWasm } from '../peers/tfjs-wasm';
import { lineOf, type Report, rowsPerSecond, type TableOptions } from './line';
import { sandwichRatio } from './sandwich';
import { ADULT } from './shapes';
import { openModel, sliceTimer, stepTimer } from './step-timer';

const BATCHES = [256, 512, 2048];
const TABLE_ROWS = 4096;

/** Steps against the dense network on tfjs-wasm, op by op. */
export async function measureTfjsWasm(report: Report, { rounds }: TableOptions): Promise<void> {
  const { spec, rows } = ADULT;
  const version = await openTfjsWasm();
  const wasm = await openModel(spec, rows);
  const dense = new DenseTraining(spec, TABLE_ROWS);
  report.note(
    'tfjs trains the same function as one masked matrix over one-hot rows: losses equal to ' +
      `${(await dense.lossGap()).toExponential(0)} from the same weights. It does less a step: one column order, no ` +
      'dropout, no average of the weights. tfjs-wasm with SIMD and explicit transposes, one thread.',
  );
  for (const batchSize of BATCHES) {
    const ratio = await sandwichRatio({
      own: await stepTimer(wasm, spec, rows, batchSize),
      other: await sliceTimer(batchSize, (steps) => () => dense.run(steps, batchSize)),
      rounds,
    });
    const what = `training step, Adult, batch ${batchSize.toLocaleString('en')}`;
    const against = `tfjs-wasm ${version}, dense, op by op`;
    report.line(lineOf(ratio, { what, against, figure: rowsPerSecond }));
  }
  dense.dispose();
  wasm.dispose();
}
