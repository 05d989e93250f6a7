import { availableParallelism } from 'node:os';
import { type Backend, drawRequest, openBackend } from '../engine';
import { lineOf, type Report, rowsPerSecond, type TableOptions } from './line';
import { sandwichRatio } from './sandwich';
import { ADULT, HIGH_CARDINALITY } from './shapes';
import { drawTimer, openModel, stepTimer } from './step-timer';

const THREADS = 2;
const DRAWN = 8192;
/** Blocks of rows side by side, as a generation draws them. */
const BLOCKS = 4;
const BAR = 1.6;

/** Two workers against one. */
export async function measureCores(report: Report, { rounds }: TableOptions): Promise<void> {
  if (availableParallelism() < THREADS) {
    report.note('This machine has one core: two workers were not measured.');
    return;
  }
  const against = 'one worker';
  for (const { shape, batchSize } of [
    { shape: ADULT, batchSize: 512 },
    { shape: ADULT, batchSize: 2048 },
    { shape: HIGH_CARDINALITY, batchSize: 512 },
  ]) {
    const { spec, rows } = shape;
    const one = await openModel(spec, rows);
    const two = await openModel(spec, rows, await openBackend('wasm', THREADS));
    // The other side's time is that of one worker: the ratio is our speed with two over it.
    const ratio = await sandwichRatio({
      own: await stepTimer(two, spec, rows, batchSize),
      other: await stepTimer(one, spec, rows, batchSize),
      rounds,
    });
    const what = `training step with two workers, ${shape.name}, batch ${batchSize.toLocaleString('en')}`;
    report.line(lineOf(ratio, { what, against, figure: rowsPerSecond, bar: BAR }));
    if (shape === ADULT && batchSize === 2048) {
      const drawn = await sandwichRatio({ own: await draw(two), other: await draw(one), rounds });
      const drawing = 'drawing with two workers, Adult, balanced';
      report.line(lineOf(drawn, { what: drawing, against, figure: rowsPerSecond, bar: BAR }));
    }
    one.dispose();
    two.dispose();
  }
}

function draw(backend: Backend) {
  const block = (seed: number) =>
    backend.generate(
      drawRequest(ADULT.spec, { rows: DRAWN, seed, sampling: 'balanced', weights: 'average' }),
    );
  return drawTimer(BLOCKS * DRAWN, () =>
    Promise.all(Array.from({ length: BLOCKS }, (_, seed) => block(seed))),
  );
}
