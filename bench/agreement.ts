import { agreementOf, publishedAdult, reportOn } from './engine';
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
      const gap = ours === null || theirs === null ? Number.NaN : Math.abs(ours - theirs);
      print(
        `  ${bar === null ? '·' : gap <= bar ? ' ' : '✗'} ${figure.padEnd(48)} ${String(ours).padStart(12)} ${String(theirs).padStart(12)}  ${gap.toExponential(1)} of ${bar ?? 'any'}`,
      );
    }
  }
}
