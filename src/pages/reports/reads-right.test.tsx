import { screen, within } from '@testing-library/react';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { mixedTable } from '../../../workers/quality/testing/make-columns';
import { reportOn } from '../../../workers/quality/testing/report-on';
import type { WholeReport } from '../../domain/reports';
import { ScoreCards } from '../score-cards';
import { renderPage } from '../testing/render-page';
import { ReportSections } from './report-page';

/** A fact, and where it stands: on the first screen, or in the section that a button of this name leads to. */
type Fact = readonly [what: string, button: string | null, text: RegExp];

const PRIVACY_OFFICER: readonly Fact[] = [
  ['whether there is a sign of copying', null, /(Pass|Inconclusive|Attention):/],
  ['how much nearer rows are to those trained on, and how certain that is', null, /% \(95 %: .* to .* %\)/],
  ['how many rows are copies', null, /Copies of training rows/],
  ['from where on a figure is alarming', 'Privacy', /attention if it begins above/],
  [
    'what each figure means',
    'Privacy',
    /Rows equal training rows|unseen people|follow single training rows|interval is too wide/,
  ],
  ['which attacks were not tested', 'Dossier', /Linkability.*Not tested/],
  ['what all of it does not prove', 'Dossier', /no proof of anonymity/],
  ['which files these are', 'Dossier', /SHA-256 [0-9a-f]{64}/],
  ['how many values were hidden', 'Provenance', /Hidden in job.*about 20 rare values hidden/],
  [
    'whether protection was on, and where the unseen rows come from',
    'Provenance',
    /held out \(a file of its own\).*Value protection.*on/,
  ],
];

const DATA_SCIENTIST: readonly Fact[] = [
  ['how close the rows are', null, /Accuracy.*\d+\.\d %/],
  ['what is reachable', null, /fresh real rows reach \d+\.\d %/],
  ['whether relations of two and three columns are kept', null, /Bivariate.*Trivariate/],
  ['which columns are worst', 'Accuracy by column', /Gap/],
  ['which pairs are worst', 'Accuracy by column', /Pairs, worst first/],
  ['how the values of a column are spread', 'Univariate', /age/],
  ['how two columns go together', 'Bivariate', /age|job|pay|since/],
  ['how far rows lie from the closest record', 'Distances', /Mean distance to the closest record/],
  [
    'with which seeds, settings and version it can be made again',
    'Provenance',
    /Doppelgrid1\.2\.3.*training 3, generation 4.*maxEpochs 100/,
  ],
  [
    'how many rows each figure was computed on',
    'Limits',
    /Distancesall 300 rows of each set50,000 \(rows for distances\)/,
  ],
];

const REGIONS: Readonly<Record<string, string>> = {
  Univariate: 'Univariate distributions',
  Bivariate: 'Bivariate distributions',
  Limits: 'What was compared',
  Provenance: 'How this report came about',
};

async function aReport(): Promise<WholeReport> {
  const measured = await reportOn({
    training: mixedTable(300, 1),
    holdout: mixedTable(300, 2),
    synthetic: mixedTable(300, 3),
  });
  const file = { name: 'people.csv', rows: 300, columns: 4, bytes: 9_000, sha256: 'ab'.repeat(32) };
  return {
    ...measured,
    columns: measured.univariate.length,
    hidden: [{ kind: 'rare', column: 'job', values: 20, become: 'invented' }],
    provenance: {
      ...{ appVersion: '1.2.3', source: { file: file.name, bytes: file.bytes, rows: file.rows } },
      ...{ holdoutFile: 'held.csv', columns: { all: 4, regenerated: [], leftOut: [] } },
      ...{ seeds: { training: 3, generation: 4 }, files: [{ role: 'original', ...file }] },
      settings: { model: { maxEpochs: 100 }, generation: {} },
    },
  };
}

// Sections are drawn one after the other, by no `act`.
beforeAll(() => void vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false));
afterAll(() => void vi.unstubAllGlobals());

it('has what a privacy officer and a data scientist need on its first screen, or one click away', async () => {
  const report = await aReport();
  renderPage(
    <>
      <section aria-label="Summary">
        <ScoreCards report={report} />
      </section>
      <ReportSections report={report} whole={report} />
    </>,
  );
  await screen.findByRole('region', { name: 'What was compared' }, { timeout: 10_000 });
  const links = within(screen.getByRole('navigation', { name: 'Sections of the report' }));
  for (const [what, button, text] of [...PRIVACY_OFFICER, ...DATA_SCIENTIST]) {
    if (button !== null) expect(links.getAllByRole('button', { name: button }), what).toHaveLength(1);
    const name = button === null ? 'Summary' : (REGIONS[button] ?? button);
    const [region] = screen.getAllByRole('region', { name });
    expect(region!.textContent!.replace(/\s+/g, ' '), what).toMatch(text);
  }
});
