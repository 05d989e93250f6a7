import { deviations, publishedAdult, reportOn } from './engine';
import { describeProcess, print } from './terminal';

/** What the reference took for one Adult file on two cores. */
const REFERENCE_SECONDS = '24–30';

type Adult = Awaited<ReturnType<typeof publishedAdult>>;

/**
 * The report against the reference's own output on published Adult files: largest deviation of any column, pair and
 * triple, the distance share beside the reference's, seconds on one thread. The reference's share is the
 * highest of up to seven sub-spaces and uses another embedder, so it agrees only about.
 * @param args names of files in `bench_adult/syn` (without `.csv.gz`); three of them by default
 */
export async function run(args: readonly string[]): Promise<void> {
  const published = await publishedAdult();
  const missing = published.missingAdult();
  if (missing) {
    print(`The report cannot be compared: ${missing} is missing.`);
    return;
  }
  print(
    `Report on Adult, ${describeProcess()}, one thread; the reference took ${REFERENCE_SECONDS} s a file`,
  );
  const adult = published.readAdult();
  for (const name of args.length > 0 ? args : published.PUBLISHED) await measure(name, adult, published);
}

async function measure(
  name: string,
  { training, holdout }: ReturnType<Adult['readAdult']>,
  { readFixture, readPublished }: Adult,
): Promise<void> {
  const fixture = readFixture(name);
  const synthetic = readPublished(name, training);
  const report = await reportOn({ training, holdout, synthetic });
  const { accuracy, distances } = report.metrics;
  const { univariate, bivariate, trivariate } = deviations(report, fixture);
  const largest = [univariate, bivariate, trivariate].map((value) => value.toExponential(1)).join(', ');
  const theirs = fixture.metrics.distances;
  print(`${name}; in brackets the reference’s`);
  print(`  largest deviation of a column, pair, triple: ${largest}`);
  print(`  overall accuracy ${accuracy.overall} (${fixture.metrics.accuracy['overall']})`);
  print(
    `  DCR share ${distances.dcrShare?.toFixed(3)} ± ${distances.dcrShareStandardError?.toFixed(4)} (${theirs['dcr_share']}), ` +
      `identical rows ${distances.imsTraining} (${theirs['ims_training']})`,
  );
  print(`  whole report ${report.seconds.toFixed(2)} s`);
}
