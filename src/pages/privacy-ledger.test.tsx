import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { PrivacyLedger } from '../domain/differential-privacy';
import { PrivacyLedgerSection } from './privacy-ledger';
import { renderPage } from './testing/render-page';

const LEDGER: PrivacyLedger = {
  ...{ maxEpsilon: 3, delta: 1e-5, epsilon: 2.987, mu: 0.7, thresholdDelta: 1e-6, rowsPerSubject: 1 },
  subjects: 'known',
  noise: 'secure',
  releases: [
    { what: 'domains: categories', releases: 4, mu: 0.1, epsilon: 0.4 },
    { what: 'something new', releases: 1200, mu: 0.6, epsilon: 2.5 },
  ],
  declaredPublic: ['number of rows', 'report'],
  attackRisk: [{ falsePositives: 0.01, truePositives: 0.053 }],
};

const lines = () =>
  within(screen.getByRole('region', { name: 'What was released' }))
    .getAllByRole('row')
    .map((row) => [...row.children].map(({ textContent }) => textContent));

it('says the guarantee, what it does not cover, the attack risk, and what was released at which ε and δ', () => {
  renderPage(<PrivacyLedgerSection ledger={LEDGER} />);
  expect(
    screen.getByText(/^Differential privacy: ε 2\.99, δ 0\.00001 for each subject, whoever they are/),
  ).toBeTruthy();
  expect(screen.getByText(/accuses 1 in 100 people .* at most 5\.3 in 100 of those who did/)).toBeTruthy();
  expect(screen.getByText('number of rows')).toBeTruthy();
  expect(lines()).toEqual([
    ['Released', 'Times', 'ε', 'δ'],
    ['Which categories there are', '4', '0.4', '0.000009'],
    ['Something new', '1,200', '2.5', '0.000009'],
    ['A rare category that shows all the same', '', '0', '0.000001'],
    ['All together', '', '2.99', '0.00001'],
  ]);
});

it('tells of the updates of a training by gradients', () => {
  const training = { steps: 1234, sampleRate: 0.0833, noiseMultiplier: 2, maxGradNorm: 1 };
  renderPage(
    <PrivacyLedgerSection ledger={{ ...LEDGER, thresholdDelta: 0, subjects: 'declared', training }} />,
  );
  expect(screen.getByText('1,234')).toBeTruthy();
  expect(screen.getByText('8.33 %, drawn at random')).toBeTruthy();
  expect(screen.getByText('a subject, with one row, as is assumed')).toBeTruthy();
  expect(lines()).toHaveLength(4);
});

it('warns where the noise is seeded', () => {
  renderPage(<PrivacyLedgerSection ledger={{ ...LEDGER, noise: 'seeded' }} />);
  expect(screen.getByRole('alert').textContent).toContain('NONE');
});
