import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { columnLength, openEngine, reportOn } from '../engine';
import { findPython, PYTHON_HINT, type Python, runPeer } from '../peers/python';
import { DATA, missingFile, readBenchTable } from '../tables';
import { lineOf, type Report, type TableOptions } from './line';
import { makeSandwiches, ratioOf } from './sandwich';

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
  const { training } = await readBenchTable('adult');
  const engine = await openEngine(training, availableParallelism());
  let seed = 1;
  let theirs = '';
  const train = async () => {
    const { wallSeconds, cpuSeconds } = await engine.train(seed++);
    return { wall: wallSeconds, cpu: cpuSeconds };
  };
  // The first one, like the kernels, gets warm.
  const { adapter } = (await engine.train(seed)).summary;
  const sandwiches = await makeSandwiches({
    own: train,
    other: async () => {
      const measured = await trainPeer(python);
      theirs = `mostlyai-engine ${measured.version}, PyTorch ${measured.torch}, ${measured.threads} threads`;
      return { wall: measured.wallSeconds, cpu: measured.cpuSeconds };
    },
    time: ({ wall }) => wall,
    rounds: engineRuns,
    least: 1,
  });
  for (const { kind, name, bar } of KINDS) {
    const what = `whole training, Adult, ${adapter}, ${name}`;
    const figure = (seconds: number) => `${seconds.toFixed(1)} s`;
    const ratio = ratioOf(sandwiches, (cost) => cost[kind]);
    report.line(lineOf(ratio, { what, against: theirs, figure, bar }));
  }
  const { columns } = await engine.generate(columnLength(training[0]!.data), 1);
  const { univariate, bivariate } = (await reportOn({ training, synthetic: columns })).metrics.accuracy;
  const accuracy = ((univariate ?? Number.NaN) + (bivariate ?? Number.NaN)) / 2;
  report.note(
    'Whole training: without reading, analysing and encoding on both sides; validation, early stopping and our privacy ' +
      `guard included. Rows of our last one: (univariate + bivariate)/2 ${accuracy.toFixed(4)} against the training rows.`,
  );
  await engine.close();
}

async function trainPeer(python: Python) {
  return Measured.parse(await runPeer(python, 'mostlyai_engine.py', [`${DATA}bench_adult/train.csv.gz`]));
}
