import { describe, expect, test } from 'vitest';
import { missingAdult, PUBLISHED, readAdult, readFixture, readPublished } from './testing/adult';
import { deviations } from './testing/parity';
import { reportOn } from './testing/report-on';

const missing = missingAdult();
if (missing)
  process.stderr.write(`SKIPPED: reports on published files are not compared, ${missing} is missing\n`);

describe.skipIf(missing !== null)('a report on published Adult files', () => {
  const adult = missing === null ? readAdult() : null;

  test.each(PUBLISHED)('%s: equals the reference’s, or lies near it where embeddings count', async (name) => {
    const report = await reportOn({ ...adult!, synthetic: readPublished(name, adult!.training) });
    const { accuracy, distances } = report.metrics;
    const fixture = readFixture(name);
    const { univariate, bivariate, trivariate } = deviations(report, fixture);
    expect(univariate).toBeLessThan(1e-4);
    expect(bivariate).toBeLessThan(1e-4);
    expect(trivariate).toBeLessThan(1e-4);
    expect(accuracy.overall).toBeCloseTo(fixture.metrics.accuracy['overall']!, 6);
    expect(accuracy.overallMax).toBeCloseTo(fixture.metrics.accuracy['overall_max']!, 6);
    // Another embedder, and all dimensions: ±0.02 (docs/metrics.md, What differs from mostlyai-qa).
    const theirs = fixture.metrics.distances;
    expect(report.distanceRows).toBe(24_421);
    expect(Math.abs(distances.dcrShare! - theirs['dcr_share']!)).toBeLessThan(0.025);
    expect(Math.abs(distances.imsTraining! - theirs['ims_training']!)).toBeLessThanOrEqual(0.002);
  });
});
