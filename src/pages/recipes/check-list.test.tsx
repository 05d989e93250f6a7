import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../domain/recipes';
import type { Report } from '../../domain/reports';
import type { SyntheticDataset } from '../../domain/synthetic-datasets';
import { renderPage } from '../testing/render-page';
import { CheckList } from './check-list';

const CHECKS = { minAccuracy: 0.9, minAccuracyOfMaximum: null, maxDcrShare: 0.6, minRulesKept: null };
const DATASET = {
  id: 'd1',
  recipe: {
    ...{ id: 'r1', name: 'Monthly', version: 3, checks: CHECKS, formats: ['csv'] },
    differences: ['The file has no column “city”.'],
  },
} as unknown as SyntheticDataset;
const REPORT = {
  metrics: { accuracy: { overall: 0.93, overallMax: 0.95 }, distances: { dcrShare: 0.7 } },
  rules: [],
} as unknown as Report;

describe('CheckList', () => {
  it('says which checks a run by a recipe passed, and leads to it', () => {
    const recipe = { id: 'r1', name: 'Monthly', versions: [] } as unknown as Recipe;
    renderPage(<CheckList dataset={DATASET} report={REPORT} />, { recipes: { list: () => [recipe] } });
    expect(screen.getByRole('link', { name: 'Monthly, version 3' }).getAttribute('href')).toBe(
      '#/recipes/r1',
    );
    expect(screen.getByText(/1 of 2 checks missed/)).toBeTruthy();
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Accuracy: 93 %, at least 90 % is asked for – passed.',
      'DCR share: 70 %, at most 60 % is asked for – missed.',
      'The file has no column “city”.',
    ]);
  });

  it('names a recipe that was deleted, and counts a missing report as missed', () => {
    renderPage(<CheckList dataset={DATASET} report={undefined} />);
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText(/2 of 2 checks missed/)).toBeTruthy();
  });

  it('is not there for a dataset that no recipe made', () => {
    const { container } = renderPage(
      <CheckList dataset={{ id: 'd1' } as SyntheticDataset} report={REPORT} />,
    );
    expect(container.textContent).toBe('');
  });
});
