import { CLASS_RULE, planClasses } from '../workers/engine/encoding/category-classes';
import type { Shape } from '../workers/engine/models/argn/testing/samples';
import { median, print } from './adult-shape';
import { withGpuPage } from './gpu-page';

/**
 * A training step through WebGPU of a table with one column of very many codes, as one softmax and as classes of codes,
 * by turns: wall time, and GPU time of the kernels of the output layer where the adapter has timestamp queries.
 * `npm run bench -- gpu-codes [codes] [batch size]`; the defaults suit a software adapter.
 */
export async function run(args: readonly string[]): Promise<void> {
  const codes = Number(args[0] ?? 4000);
  const batchSize = Number(args[1] ?? 64);
  const shape: Shape = [
    [codes, 8, 64, 0],
    [5, 3, 16, 1],
    [12, 4, 32, 2],
  ];
  const classes = planClasses(codes, 1, CLASS_RULE);
  if (!classes) {
    print(`A column of ${codes} codes has no classes.`);
    return;
  }
  await withGpuPage(async (page) => {
    const { name, software } = await page.evaluate(() => window.conformance.adapterFacts());
    print(
      `Adapter: ${name}${software ? ' (SOFTWARE: only the ratios of kernels without barriers tell)' : ''}`,
    );
    print(`One column of ${codes} codes and two of few, batch ${batchSize}, ${classes.length} classes`);
    for (const given of [null, [classes, null, null], null, [classes, null, null]]) {
      const options = { shape, tableRows: 5000, batchSize, steps: software ? 1 : 16, calls: 3 };
      const measured = await page.evaluate(
        (all) => window.conformance.measureSteps(all),
        given ? { ...options, classes: given } : options,
      );
      const kernels = Object.entries(measured.kernels ?? {}).filter(([, time]) => time >= 0.005);
      const times = kernels.map(([kernel, time]) => `${kernel} ${time.toFixed(2)}`).join(', ');
      print(
        `${given ? 'classes' : 'softmax'}: ${median(measured.millisecondsPerStep).toFixed(1)} ms a step, ` +
          `${(measured.bufferBytes / 1e6).toFixed(1)} MB of buffers; ms of the GPU: ${times || 'no timestamps'}`,
      );
    }
  });
}
