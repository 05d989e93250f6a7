import { drawRequest } from '../engine';
import { lineOf, type Report, rowsPerSecond, type TableOptions } from './line';
import { sandwichRatio } from './sandwich';
import { ADULT } from './shapes';
import { drawTimer, openModel, stepTimer } from './step-timer';

const BATCHES = [256, 512, 2048];
const DRAWN = 8192;
const REFERENCE_DRAWN = 256;

/** Steps and draws against the same in plain TypeScript. */
export async function measureReference(report: Report, { rounds }: TableOptions): Promise<void> {
  const { spec, rows } = ADULT;
  const wasm = await openModel(spec, rows);
  const reference = await openModel(spec, rows, 'reference');
  const against = 'plain TypeScript';
  for (const batchSize of BATCHES) {
    const own = await stepTimer(wasm, spec, rows, batchSize);
    const other = await stepTimer(reference, spec, rows, batchSize);
    const ratio = await sandwichRatio({ own, other, rounds });
    const what = `training step, Adult, batch ${batchSize.toLocaleString('en')}`;
    report.line(lineOf(ratio, { what, against, figure: rowsPerSecond }));
  }
  for (const sampling of ['independent', 'balanced'] as const) {
    const draw = (backend: typeof wasm, count: number) =>
      drawTimer(count, () =>
        backend.generate(drawRequest(spec, { rows: count, seed: 3, sampling, weights: 'average' })),
      );
    const own = await draw(wasm, DRAWN);
    const other = await draw(reference, REFERENCE_DRAWN);
    const ratio = await sandwichRatio({ own, other, rounds });
    report.line(lineOf(ratio, { what: `drawing, Adult, ${sampling}`, against, figure: rowsPerSecond }));
  }
  wasm.dispose();
  reference.dispose();
}
