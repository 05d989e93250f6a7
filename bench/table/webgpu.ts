import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { SampleShape } from '../engine';
import { withGpuPage } from '../gpu-page';
import type { Compared, Comparison } from '../peers/webgpu-page/main';
import { type Line, lineOf, type Report, rowsPerSecond, type TableOptions, thousands } from './line';
import type { Ratio } from './sandwich';
import { ADULT } from './shapes';

/** Below a folder that git ignores. */
const BUILT = fileURLToPath(new URL('../../test-results/bench-webgpu-page', import.meta.url));
const BATCHES = [512, 2048];
/** What a software adapter can train: a few columns of a few codes. */
const TINY: SampleShape = [
  [3, 3, 16, 0],
  [7, 7, 32, 1],
  [2, 2, 16, 2],
  [12, 10, 32, 3],
  [5, 5, 32, 4],
];

/**
 * Our WebGPU backend against tfjs-webgpu op by op in Chromium, and private steps against plain ones: dispatches counted, times
 * on a real GPU.
 */
export async function measureWebGpu(report: Report, { rounds }: TableOptions): Promise<void> {
  const done = await withGpuPage(
    async (page) => {
      const adapter = await page.evaluate(() => window.peers.adapter());
      if (!adapter) {
        report.note('WebGPU: this browser offers no adapter, not even a software one.');
        return true;
      }
      const compare = (comparison: Comparison) =>
        page.evaluate((given) => window.peers.compare(given), comparison);
      const times = adapter.software
        ? { shape: TINY, batches: [64], ownSteps: 4, tfjsSteps: 1, name: '5 small columns', rounds: 3 }
        : { shape: adultShape(), batches: BATCHES, ownSteps: 32, tfjsSteps: 4, name: 'Adult', rounds };
      const counted = await compare({
        shape: adultShape(),
        batchSize: 16,
        ownSteps: 16,
        tfjsSteps: 1,
        rounds: 0,
      });
      for (const line of countLines(counted)) report.line(line);
      for (const batchSize of times.batches) {
        const { ratio, tfjsVersion, kernels } = await compare({ ...times, batchSize });
        const what = `training step through WebGPU, ${times.name}, batch ${batchSize.toLocaleString('en')}`;
        const against = `tfjs-webgpu ${tfjsVersion}, op by op${adapter.software ? ' (software adapter)' : ''}`;
        if (ratio) report.line(lineOf(ratio, { what, against, figure: rowsPerSecond }));
        if (kernels && !adapter.software) report.note(`${what}: ${describeKernels(kernels)}.`);
        const step = await page.evaluate((given) => window.peers.comparePrivate(given), {
          ...times,
          batchSize,
        });
        if (step.ratio) report.line(privateLine(step.ratio, times.name, batchSize, adapter.software));
        if (step.kernels && !adapter.software) report.note(`in private: ${describeKernels(step.kernels)}.`);
      }
      report.note(
        adapter.software
          ? `WebGPU: no real GPU is at hand. The adapter is ${adapter.name}, which computes on the CPU: its times say nothing about a GPU.`
          : `WebGPU: ${adapter.name}.`,
      );
      report.note(`tfjs-webgpu: losses equal to ${counted.lossGap.toExponential(0)} from the same weights.`);
      return true;
    },
    { build: buildPeers, global: 'peers' },
  );
  if (!done) report.note('WebGPU was not measured: there is no browser.');
}

function privateLine(ratio: Ratio, name: string, batchSize: number, software: boolean): Line {
  return lineOf(ratio, {
    what: `private training step through WebGPU, ${name}, batch ${batchSize.toLocaleString('en')}`,
    against: `our plain step${software ? ' (software adapter)' : ''}`,
    bar: 0.5,
    figure: rowsPerSecond,
  });
}

function adultShape(): SampleShape {
  return ADULT.spec.subColumns.map(({ cardinality, dimension, hidden, column }) => [
    cardinality,
    dimension,
    hidden,
    column,
  ]);
}

function describeKernels(kernels: Readonly<Record<string, number>>): string {
  const times = Object.entries(kernels).map(([name, time]) => `${name} ${time.toFixed(3)}`);
  return `milliseconds of the GPU by kernel, each in a pass of its own: ${times.join(', ')}`;
}

/** Calls are counted, not timed: one measurement tells all. */
function countLines({ own, tfjs, tfjsVersion }: Compared): Line[] {
  return (['dispatches', 'submits'] as const).map((calls) => ({
    what: `GPU ${calls} a training step, Adult`,
    against: `tfjs-webgpu ${tfjsVersion}, op by op`,
    ratio: tfjs[calls] / own[calls],
    kept: 'counted',
    ours: thousands(own[calls]),
    theirs: thousands(tfjs[calls]),
  }));
}

async function buildPeers(): Promise<string> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('../peers/webgpu-page', import.meta.url)),
    base: './',
    // `engine.ts` names modules of Node that the page never asks for; warnings about them say nothing.
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      target: 'es2023',
      outDir: BUILT,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2000,
    },
  });
  return BUILT;
}
