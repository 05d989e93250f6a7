import type { Measured, MeasureOptions } from '../e2e/webgpu/page/measure';
import { createLayout } from '../workers/engine/models/argn/network/weight-layout';
import { randomPlan } from '../workers/engine/models/argn/testing/samples';
import { adultSpec, median, openAdult, print, TABLE_ROWS, timed } from './adult-shape';
import { withGpuPage } from './gpu-page';

/** AdamW reads the gradient and reads and writes four numbers per weight. */
const UPDATE_BYTES = 36;

/**
 * Training steps and generation on the shape of Adult through WebGPU in a Chromium page: rows/s, GPU time per kernel
 * where the adapter has timestamp queries, and the ratio to WASM on one thread in Node in the same run.
 * `npm run bench -- gpu [batch size] [steps per call]`; on a software adapter the defaults are small.
 */
export async function run(args: readonly string[]): Promise<void> {
  const wasm = await wasmStep(Number(args[0] ?? 512));
  const measured = await inBrowser(args);
  if (!measured) return;
  const { result, batchSize } = measured;
  print(`Adapter: ${result.adapter}${result.software ? ' (SOFTWARE: this is a CPU, no GPU was found)' : ''}`);
  print(`Adult shape, batch ${batchSize}, ${result.dispatchesPerStep} dispatches a step`);
  const step = median(result.millisecondsPerStep);
  const best = Math.min(...result.millisecondsPerStep);
  const rows = (milliseconds: number) => Math.round((batchSize * 1000) / milliseconds).toLocaleString('en');
  print(`step: median ${step.toFixed(2)} ms, best ${best.toFixed(2)} ms, ${rows(step)} rows/s`);
  print(
    `generation: ${Math.round(result.generatedRowsPerSecond).toLocaleString('en')} rows/s, one call, independent`,
  );
  print(`GPU buffers: ${(result.bufferBytes / 1e6).toFixed(1)} MB`);
  if (args[0] !== undefined || !result.software)
    print(`WASM, 1 thread, Node: ${wasm.toFixed(2)} ms a step; WebGPU is ${(wasm / step).toFixed(2)} × that`);
  printKernels(result);
}

function printKernels({ kernels }: Measured): void {
  if (!kernels) {
    print('This adapter has no timestamp queries: no times per kernel.');
    return;
  }
  const entries = Object.entries(kernels);
  const total = entries.reduce((sum, [, time]) => sum + time, 0);
  print('kernel             ms/step   share');
  for (const [name, time] of entries)
    print(
      `${name.padEnd(16)} ${time.toFixed(4).padStart(9)} ${((100 * time) / total).toFixed(0).padStart(6)} %`,
    );
  print(`${'all'.padEnd(16)} ${total.toFixed(4).padStart(9)}`);
  const update = kernels['adamw'];
  if (!update) return;
  const bytes = createLayout(adultSpec()).total * UPDATE_BYTES;
  print(
    `AdamW moves ${(bytes / 1e6).toFixed(1)} MB a step: ${(bytes / 1e6 / update).toFixed(1)} GB/s with its launch`,
  );
}

/** Milliseconds of a WASM step of that batch size in Node. */
async function wasmStep(batchSize: number): Promise<number> {
  const backend = await openAdult('wasm');
  const steps = 16;
  const times: number[] = [];
  for (let call = 0; call < 4; call++) {
    const options = { steps, batchSize, tableRows: TABLE_ROWS, seed: 1, dropout: 0.25 };
    const plan = randomPlan(adultSpec(), { ...options, firstStep: steps * call });
    times.push((await timed(() => backend.train(plan))) / steps);
  }
  backend.dispose();
  return median(times);
}

function inBrowser(args: readonly string[]): Promise<{ result: Measured; batchSize: number } | undefined> {
  return withGpuPage(async (page) => {
    const { software } = await page.evaluate(() => window.conformance.adapterFacts());
    const batchSize = Number(args[0] ?? (software ? 64 : 512));
    const options: MeasureOptions = {
      shape: adultSpec().subColumns.map(({ cardinality, dimension, hidden, column }) => {
        return [cardinality, dimension, hidden, column] as const;
      }),
      tableRows: TABLE_ROWS,
      batchSize,
      steps: Number(args[1] ?? (software ? 1 : 32)),
      calls: software ? 2 : 9,
    };
    const result = await page.evaluate((given) => window.conformance.measureSteps(given), options);
    return { result, batchSize };
  });
}
