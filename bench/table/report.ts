import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ALL_ROWS } from '../../src/domain/split';
import { evaluate } from '../../workers/quality/evaluate';
import { missingAdult, PUBLISHED, readAdult, readPublished } from '../../workers/quality/testing/adult';
import { memorySource } from '../../workers/quality/testing/memory-source';
import { timed } from '../adult-shape';
import { findPython, PYTHON_HINT, PythonPeer } from '../peers/python';
import { lineOf, type Report, type TableOptions } from './line';
import { sandwichRatio } from './sandwich';

const FOLDER = fileURLToPath(new URL('../../../shared/data/bench_adult/', import.meta.url));
const NAME = PUBLISHED[1]!;

const Measured = z.object({ wallSeconds: z.number(), version: z.string() });

/** The whole report on a published synthetic Adult against the packaged one, both from rows in memory. */
export async function measureReport(report: Report, { engineRuns }: TableOptions): Promise<void> {
  const python = findPython();
  const missing = missingAdult();
  if (missing || !python?.qa) {
    const why = missing ? `${missing} is missing.` : `there is no mostlyai-qa. To get it: ${PYTHON_HINT}`;
    report.note(`The packaged report was not measured: ${why}`);
    return;
  }
  const files = [`syn/${NAME}.csv.gz`, 'train.csv.gz', 'holdout.csv.gz'].map((name) => FOLDER + name);
  const peer = new PythonPeer(python, 'mostlyai_qa.py', files);
  try {
    // The first one of it loads what it needs, and counts for nothing.
    const { version } = Measured.parse(await peer.answer());
    const own = ownReport();
    await own();
    const ratio = await sandwichRatio({
      own,
      other: async () => Measured.parse(await peer.ask()).wallSeconds,
      rounds: engineRuns,
      fewest: 1,
    });
    const figure = (seconds: number) => `${seconds.toFixed(1)} s`;
    const what = `whole report, Adult, synthetic rows “${NAME}”`;
    report.line(lineOf(ratio, { what, against: `mostlyai-qa ${version}, all cores`, figure }));
  } finally {
    peer.close();
  }
}

/** Seconds of a report of ours, one thread. */
function ownReport(): () => Promise<number> {
  const adult = readAdult();
  const synthetic = readPublished(NAME, adult.training);
  const source = memorySource({ training: adult.training, holdout: adult.holdout, synthetic });
  const request = {
    reportId: NAME,
    syntheticDatasetId: 'dataset',
    syntheticTableId: 'synthetic',
    columns: adult.training.map((column) => column.name),
    training: { tableId: 'training', rows: ALL_ROWS },
    holdout: { tableId: 'holdout', rows: ALL_ROWS, origin: 'file' as const },
    randomState: 1,
    original: 'training+holdout' as const,
  };
  return async () => (await timed(() => evaluate(request, source))) / 1000;
}
