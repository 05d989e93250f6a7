import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findPython, PYTHON_HINT, type Python, runPeer } from '../peers/python';
import { missingFile, readBenchTable } from '../tables';
import { lineOf, type Report, type TableOptions } from './line';
import { type Cost, openOwnTraining } from './own-training';
import { makeSandwiches, ratioOf } from './sandwich';

const CSV = fileURLToPath(new URL('../../../shared/data/bench_adult/train.csv.gz', import.meta.url));
/** At most 1/8 of the engine's wall time and 1/10 of its CPU time. */
const KINDS = [
  { kind: 'wall', name: 'wall time', bar: 8 },
  { kind: 'cpu', name: 'CPU time', bar: 10 },
] as const;

const Measured = z.object({
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
  threads: z.number(),
  version: z.string(),
  torch: z.string(),
});

/** Training on Adult, from prepared codes to the chosen weights, against the packaged engine with its defaults. */
export async function measureWholeTraining(report: Report, { engineRuns }: TableOptions): Promise<void> {
  const python = findPython();
  const missing = missingFile('adult');
  if (missing || !python?.engine) {
    const why = missing ? `${missing} is missing.` : `there is no mostlyai-engine. To get it: ${PYTHON_HINT}`;
    report.note(`The packaged engine was not measured: ${why}`);
    return;
  }
  const ours = await openOwnTraining(readBenchTable('adult'));
  let seed = 1;
  let engine = '';
  await ours.train(seed);
  const sandwiches = await makeSandwiches<Cost>({
    own: () => ours.train(seed++),
    other: async () => {
      const measured = await trainEngine(python);
      engine = `mostlyai-engine ${measured.version}, PyTorch ${measured.torch}, ${measured.threads} threads`;
      return { wall: measured.wallSeconds, cpu: measured.cpuSeconds };
    },
    time: ({ wall }) => wall,
    rounds: engineRuns,
    fewest: 1,
  });
  for (const { kind, name, bar } of KINDS) {
    const what = `whole training, Adult, ${ours.threads} threads, ${name}`;
    const figure = (seconds: number) => `${seconds.toFixed(1)} s`;
    const ratio = ratioOf(sandwiches, (cost) => cost[kind]);
    report.line(lineOf(ratio, { what, against: engine, figure, bar }));
  }
  report.note(
    'Whole training: without reading, analysing and encoding on both sides; validation, early stopping and our privacy ' +
      `guard included. Rows of our last one: (univariate + bivariate)/2 ${(await ours.accuracy()).toFixed(4)} against ` +
      'the training rows.',
  );
  ours.dispose();
}

async function trainEngine(python: Python) {
  return Measured.parse(await runPeer(python, 'mostlyai_engine.py', [CSV]));
}
