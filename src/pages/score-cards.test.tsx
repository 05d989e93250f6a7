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
  render(<ScoreCards report={{ metrics: { accuracy, distances }, distanceRows: 6500 } as Report} />);
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
          "96.3 %fresh real rows reach 96.9 %",
          "Within 0.6 percentage points of what fresh original rows would reach.",
          "Univariatefresh real rows reach 98.5 % | 98.0 %",
          "Bivariatefresh real rows reach 97.0 % | 96.0 %",
          "Trivariatefresh real rows reach 95.2 % | 95.0 %",
        ],
        [
          "Privacy",
          "Pass: no sign of copying",
          "Even at the far ends of the 95 % intervals, the rows are no nearer to those trained on than the thresholds allow. That is no proof of anonymity.",
          "Rows nearer to training than to unseen rows50.3 % (95 %: 49.1 to 51.5 %) | Pass",
          "Copies of training rows1.2 % equal a training row, 1.1 % an unseen one; difference 0.1 % (95 %: −0.3 to 0.5 %) | Pass",
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
          "–",
          "Could not be computed for these rows.",
          "Univariate | –",
          "Bivariate | –",
          "Trivariate | –",
        ],
        [
          "Privacy",
          "Inconclusive: no unseen rows to compare with",
          "Without a holdout it cannot be told whether synthetic rows are nearer to the rows trained on than to others. Train with a validation split, or give a holdout file.",
          "Rows nearer to training than to unseen rowsnot measured | Inconclusive",
          "Copies of training rowsnot measured | Inconclusive",
        ],
      ]
    `);
  });
});
