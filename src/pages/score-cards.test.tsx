import { render, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Accuracy, Distances } from '../domain/metrics';
import type { Report } from '../domain/reports';
import { ScoreCards } from './score-cards';

const ACCURACY: Accuracy = {
  overall: 0.9634,
  univariate: 0.98,
  bivariate: 0.96,
  trivariate: 0.95,
  overallMax: 0.969,
  univariateMax: 0.985,
  bivariateMax: 0.97,
  trivariateMax: 0.952,
};
const DISTANCES: Distances = {
  imsTraining: 0.012,
  imsHoldout: 0.011,
  imsTrnHol: 0.013,
  dcrTraining: 0.42,
  dcrHoldout: 0.43,
  dcrTrnHol: 0.41,
  dcrShare: 0.503,
  dcrShareStandardError: 0.004,
};

/** The cards' titles with what they say in a line: value, reference, meaning, and the lines below. */
function cards(accuracy: Accuracy, distances: Distances) {
  render(<ScoreCards report={{ metrics: { accuracy, distances } } as Report} />);
  return screen.getAllByRole('heading').map((heading) => {
    const card = heading.parentElement!;
    const [score, meaning] = [...card.querySelectorAll('p')].map(({ textContent }) => textContent);
    const rows = within(card)
      .getAllByRole('row')
      .map((row) => [...row.children].map(({ textContent }) => textContent.trim()).join(' | '));
    return [heading.textContent, score, meaning, ...rows];
  });
}

describe('ScoreCards', () => {
  it('shows every score beside its reference, with what it means', () => {
    expect(cards(ACCURACY, DISTANCES)).toMatchInlineSnapshot(`
      [
        [
          "Accuracy",
          "96.3 %of 96.9 % for fresh original rows",
          "Within 0.6 percentage points of what fresh original rows would reach.",
          "Univariate | 98.0 % of 98.5 %",
          "Bivariate | 96.0 % of 97.0 %",
          "Trivariate | 95.0 % of 95.2 %",
        ],
        [
          "DCR share",
          "50.3 %± 0.4 % · ideal 50 %",
          "Within chance, synthetic rows are no nearer to the rows trained on than to rows never seen: no sign of memorising.",
          "Distance to training rows | 0.42",
          "Distance to holdout rows | 0.43",
          "Training to holdout | 0.41",
        ],
        [
          "Identical matches",
          "1.2 %original rows among each other: 1.3 %",
          "No more often than original rows equal each other: such rows are common combinations, not copies.",
          "Found in training | 1.2 %",
          "Found in holdout | 1.1 %",
          "Training in holdout | 1.3 %",
        ],
      ]
    `);
  });

  it('claims nothing that could not be computed', () => {
    const none = <T extends object>(values: T) =>
      Object.fromEntries(Object.keys(values).map((key) => [key, null])) as { [K in keyof T]: null };
    const shown = cards(none(ACCURACY), none(DISTANCES));
    expect(shown).toMatchInlineSnapshot(`
      [
        [
          "Accuracy",
          "–of – for fresh original rows",
          "Could not be computed for these rows.",
          "Univariate | – of –",
          "Bivariate | – of –",
          "Trivariate | – of –",
        ],
        [
          "DCR share",
          "–ideal 50 %",
          "Needs a holdout and at least 100 rows of each kind.",
          "Distance to training rows | –",
          "Distance to holdout rows | –",
          "Training to holdout | –",
        ],
        [
          "Identical matches",
          "–original rows among each other: –",
          "Could not be computed for these rows.",
          "Found in training | –",
          "Found in holdout | –",
          "Training in holdout | –",
        ],
      ]
    `);
  });
});
