import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agreementOf, linkedTables, publishedAdult, reportOn } from './engine';
import { type Compared, gapOf, swappedPairs, widestGaps } from './table/agreement-summary';
import { describeProcess, print } from './terminal';

/**
 * Every figure of the report beside the reference's own, for published Adult files.
 * @param args names of files in `bench_adult/syn` (without `.csv.gz`), `baseball`, or `baseball_argn` and so on; all of them by
 *   default
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
  const tell = (name: string, figures: readonly Omit<Compared, 'file'>[], seconds: number) => {
    print(`${name} (report ${seconds.toFixed(2)} CPU s)`);
    for (const each of figures) {
      const { figure, ours, theirs, bar } = each;
      const gap = gapOf(ours, theirs);
      compared.push({ file: name, ...each });
      print(
        `  ${bar === null ? '·' : gap <= bar ? ' ' : '✗'} ${figure.padEnd(48)} ${String(ours).padStart(12)} ${String(theirs).padStart(12)}  ${gap.toExponential(1)} of ${bar ?? 'any'}`,
      );
    }
  };
  const adult = args.filter((name) => !name.startsWith('baseball'));
  for (const name of args.length > 0 ? adult : published.publishedFiles()) {
    const synthetic = published.readPublished(name, training);
    const cpu = process.cpuUsage();
    const report = await reportOn({ training, holdout, synthetic });
    const { user, system } = process.cpuUsage(cpu);
    const figures = [
      ...agreement(report, published.readFixture(name)),
      ...sdAgreement(report, published.readSdFixture(name)),
    ];
    tell(name, figures, (user + system) / 1e6);
  }
  if (args.length === 0 || args.some((name) => name.startsWith('baseball'))) await compareLinked(args, tell);
  summarise(compared);
}

/** Linked tables, players with their rows, beside the reference: their accuracies by one row of each player. */
async function compareLinked(
  args: readonly string[],
  tell: (name: string, figures: readonly Omit<Compared, 'file'>[], seconds: number) => void,
): Promise<void> {
  const linked = await linkedTables();
  const { pointAgreement } = await agreementOf();
  if (!existsSync(linked.BASEBALL_DATA))
    return print(`Linked tables cannot be compared: ${linked.BASEBALL_DATA} is missing.`);
  const folder = mkdtempSync(join(tmpdir(), 'baseball-'));
  try {
    const script = fileURLToPath(new URL('./peers/baseball_csv.py', import.meta.url));
    execFileSync('python3', [script, linked.BASEBALL_DATA, folder]);
    const training = linked.readLinked(folder, 'train');
    const holdout = linked.readLinked(folder, 'test', training);
    const original = linked.together(training, holdout);
    const cap = linked.rowCap(training);
    for (const name of linked.BASEBALL) {
      if (args.length > 0 && !args.includes(`baseball_${name}`) && !args.includes('baseball')) continue;
      const cpu = process.cpuUsage();
      const synthetic = linked.readLinked(folder, name, training);
      const fixture = linked.readBaseballFixture(name);
      const report = await reportOn({
        training: linked.embeddedRows(training, cap, 1),
        holdout: linked.embeddedRows(holdout, cap, 2),
        synthetic: linked.embeddedRows(synthetic, cap, 3),
      });
      const figures = [
        ...(await linked.linkedAgreement(original, training, holdout, synthetic, fixture, 1)),
        ...pointAgreement(report, fixture),
      ];
      const { user, system } = process.cpuUsage(cpu);
      tell(`baseball_${name}`, figures, (user + system) / 1e6);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
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
