import { describe, expect, test } from 'vitest';
import { missingAdult, readAdult, readFixture, readPublished, readSdFixture } from './testing/adult';
import { agreement, sdAgreement } from './testing/agreement';
import { reportOn } from './testing/report-on';

const missing = missingAdult();
if (missing)
  process.stderr.write(`SKIPPED: reports on published files are not compared, ${missing} is missing\n`);

describe.skipIf(missing !== null)('a report on published Adult files', () => {
  const adult = missing === null ? readAdult() : null;

  // One that lost much, and one that copied some of its training rows; `npm run bench -- agreement` compares all.
  test.each(['2023-05__ctgan', '2023-05__synthpop'])(
    '%s: has the figures of the references',
    async (name) => {
      const report = await reportOn({ ...adult!, synthetic: readPublished(name, adult!.training) });
      expect(report.distanceRows).toBe(24_421);
      const figures = [...agreement(report, readFixture(name)), ...sdAgreement(report, readSdFixture(name))];
      expect(figures.length).toBeGreaterThan(25);
      for (const { figure, ours, theirs, bar } of figures) {
        if (bar !== null) expect(Math.abs(ours! - theirs!), figure).toBeLessThanOrEqual(bar);
      }
    },
    120_000,
  );
});
