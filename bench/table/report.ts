import { z } from 'zod';
import { publishedAdult, reportOn } from '../engine';
import { findPython, PYTHON_HINT, PythonPeer } from '../peers/python';
import { DATA } from '../tables';
import { timed } from '../terminal';
import { lineOf, type Report, type TableOptions } from './line';
import { sandwichRatio } from './sandwich';

const Measured = z.object({ wallSeconds: z.number(), version: z.string() });

/** The whole report on a published synthetic Adult against the packaged one, both from rows in memory. */
export async function measureReport(report: Report, { engineRuns }: TableOptions): Promise<void> {
  const python = findPython();
  const { missingAdult, PUBLISHED, readAdult, readPublished } = await publishedAdult();
  const missing = missingAdult();
  if (missing || !python?.qa) {
    const why = missing ? `${missing} is missing.` : `there is no mostlyai-qa. To get it: ${PYTHON_HINT}`;
    report.note(`The packaged report was not measured: ${why}`);
    return;
  }
  const name = PUBLISHED[1];
  const files = [`syn/${name}.csv.gz`, 'train.csv.gz', 'holdout.csv.gz'];
  const peer = new PythonPeer(
    python,
    'mostlyai_qa.py',
    files.map((file) => `${DATA}bench_adult/${file}`),
  );
  try {
    // The first one of it loads what it needs, and counts for nothing.
    const { version } = Measured.parse(await peer.answer());
    const { training, holdout } = readAdult();
    const synthetic = readPublished(name, training);
    const own = async () => (await timed(() => reportOn({ training, holdout, synthetic }))) / 1000;
    await own();
    const ratio = await sandwichRatio({
      own,
      other: async () => Measured.parse(await peer.ask()).wallSeconds,
      rounds: engineRuns,
      least: 1,
    });
    const figure = (seconds: number) => `${seconds.toFixed(1)} s`;
    const what = `whole report, Adult, synthetic rows “${name}”`;
    report.line(lineOf(ratio, { what, against: `mostlyai-qa ${version}, all cores`, figure }));
  } finally {
    peer.close();
  }
}
