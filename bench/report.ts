import { computeAccuracy, computeDistances, deviations, publishedAdult, report } from './engine';
import { describeProcess, print, timed } from './terminal';

/** What the reference took for one Adult file on two cores. */
const REFERENCE_SECONDS = '24–30';

type Adult = Awaited<ReturnType<typeof publishedAdult>>;

/**
 * The report against the reference's own output on published Adult files: largest deviation of any column, pair and
 * triple, the distance share beside the reference's, seconds per stage on one thread. The reference's share is the
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
  { training, holdout, original }: ReturnType<Adult['readAdult']>,
  { readFixture, readPublished }: Adult,
): Promise<void> {
  const fixture = readFixture(name);
  const synthetic = readPublished(name, training);
  let start = performance.now();
  const accuracy = await computeAccuracy({ original, synthetic });
  const accuracySeconds = (performance.now() - start) / 1000;
  start = performance.now();
  const { metrics } = await computeDistances({ training, holdout, synthetic });
  const distanceSeconds = (performance.now() - start) / 1000;
  const seconds = (await timed(() => report(training, holdout, synthetic))) / 1000;
  const { univariate, bivariate, trivariate } = deviations(accuracy, fixture);
  const largest = [univariate, bivariate, trivariate].map((value) => value.toExponential(1)).join(', ');
  const theirs = fixture.metrics.distances;
  print(`${name}; in brackets the reference’s`);
  print(`  largest deviation of a column, pair, triple: ${largest}`);
  print(`  overall accuracy ${accuracy.summary.overall} (${fixture.metrics.accuracy['overall']})`);
  print(
    `  DCR share ${metrics.dcrShare?.toFixed(3)} ± ${metrics.dcrShareStandardError?.toFixed(4)} (${theirs['dcr_share']}), ` +
      `identical rows ${metrics.imsTraining} (${theirs['ims_training']})`,
  );
  print(
    `  accuracies ${accuracySeconds.toFixed(2)} s, distances ${distanceSeconds.toFixed(2)} s, whole report ${seconds.toFixed(2)} s`,
  );
}
