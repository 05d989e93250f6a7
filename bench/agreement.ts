import { agreementOf, publishedAdult, reportOn } from './engine';
import { type Compared, gapOf, swappedPairs, widestGaps } from './table/agreement-summary';
import { describeProcess, print } from './terminal';

/**
 * Every figure of the report beside the reference's own, for published Adult files.
 * @param args names of files in `bench_adult/syn` (without `.csv.gz`); all of them by default
 */
export async function run(args: readonly string[]): Promise<void> {
  const published = await publishedAdult();
  const missing = published.missingAdult();
  if (missing) {
    print(`The report cannot be compared: ${missing} is missing.`);
    return;
  }
  print(`Agreement of the report with its references on Adult, ${describeProcess()}, one thread`);
  const { agreement, sdAgreement } = await agreementOf();
  const { training, holdout } = published.readAdult();
  const compared: Compared[] = [];
  for (const name of args.length > 0 ? args : published.publishedFiles()) {
    const synthetic = published.readPublished(name, training);
    const cpu = process.cpuUsage();
    const report = await reportOn({ training, holdout, synthetic });
    const { user, system } = process.cpuUsage(cpu);
    print(`${name} (report ${((user + system) / 1e6).toFixed(2)} CPU s)`);
    for (const { figure, ours, theirs, bar } of [
      ...agreement(report, published.readFixture(name)),
      ...sdAgreement(report, published.readSdFixture(name)),
    ]) {
      const gap = gapOf(ours, theirs);
      compared.push({ file: name, figure, ours, theirs, bar });
      print(
        `  ${bar === null ? '·' : gap <= bar ? ' ' : '✗'} ${figure.padEnd(48)} ${String(ours).padStart(12)} ${String(theirs).padStart(12)}  ${gap.toExponential(1)} of ${bar ?? 'any'}`,
      );
    }
  }
  summarise(compared);
}

/** By which files are put in order. */
const HEADLINES = [
  ...['accuracy overall', 'accuracy univariate', 'accuracy bivariate', 'accuracy trivariate'],
  ...['accuracy coherence', 'cosine training–synthetic', 'discriminator training–synthetic'],
  ...['DCR share, worst group', 'DCR share, all columns', 'SDMetrics quality', 'SDMetrics diagnostic'],
];
/** Files so close are tied. */
const TIE = 0.002;

/** The widest gap of each figure, and pairs of files in another order than the reference's. */
function summarise(compared: readonly Compared[]): void {
  print('\nWidest gap of each figure');
  for (const { figure, gap, file, bar, missed, files } of widestGaps(compared))
    print(
      `  ${missed > 0 ? '✗' : ' '} ${figure.padEnd(48)} ${gap.toExponential(1)} of ${bar ?? 'any'}, ${missed} of ${files} above (${file})`,
    );
  print(`\nOrder of the files by each headline figure, ties of ${TIE}`);
  for (const figure of HEADLINES) {
    const ofFigure = compared.filter((each) => each.figure === figure);
    if (ofFigure.length < 2) continue;
    const swapped = swappedPairs(ofFigure, TIE);
    const pairs = (ofFigure.length * (ofFigure.length - 1)) / 2;
    print(
      `  ${swapped.length > 0 ? '✗' : ' '} ${figure.padEnd(40)} ${swapped.length} of ${pairs} pairs swapped`,
    );
    for (const { files, ours, theirs } of swapped)
      print(`      ${files.join(' and ')}: ${ours.toFixed(4)} here, ${theirs.toFixed(4)} there`);
  }
}
