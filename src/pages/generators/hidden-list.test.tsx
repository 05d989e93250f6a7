import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { HiddenValues } from '../../domain/hidden-values';
import { UnivariateSection } from '../reports/univariate-section';
import { renderPage } from '../testing/render-page';
import { ColumnTable } from './column-table';
import { HiddenList } from './hidden-list';

const hidden: HiddenValues[] = [
  { kind: 'extremes', column: 'claim', rows: 10, sum: 0.45, deviation: 0.85 },
  { kind: 'rare', column: 'city', values: 30, become: 'invented' },
];

it('lists by column what protection hid, and nothing where nothing is hidden', () => {
  const { container } = renderPage(<HiddenList hidden={hidden} />);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(
      /claim.*: about 10 extreme values hidden; about 45 % of the sum and 85 % of the spread/,
    ),
    expect.stringMatching(/city.*: about 30 rare values hidden; invented ones/),
  ]);
  expect(container.textContent).toContain('secret threshold, from 5 to 12');
  expect(renderPage(<HiddenList hidden={hidden} least={20} />).container.textContent).toContain(
    'from 20 to 27',
  );
  const empty = renderPage(<HiddenList hidden={[]} />);
  expect(empty.container.textContent).toBe('');
  expect(container.textContent).toContain('Hidden by value protection');
});

it('tells it below the chart of the column alone', () => {
  const chart = {
    accuracy: 1,
    accuracyMax: 1,
    labels: ['a'],
    original: [1],
    synthetic: [1],
    histogram: null,
  };
  const charts = ['claim', 'other'].map((column) => ({ ...chart, column }));
  renderPage(<UnivariateSection report={{ univariate: charts, hidden }} />);
  const cards = screen.getAllByRole('listitem').filter(({ textContent }) => textContent.includes('100'));
  expect(cards.map(({ textContent }) => textContent.includes('about 10 extreme values hidden'))).toEqual([
    true,
    false,
  ]);
});

it('says that a column that identifies subjects is regenerated', () => {
  const row = (name: string, identifies: boolean) => ({
    config: { name, included: true, modelEncodingType: 'AUTO' as const },
    storageType: 'text' as const,
    decision: {
      included: true,
      encodingType: 'TABULAR_CATEGORICAL' as const,
      evidence: '',
      role: 'feature' as const,
      ...(identifies ? { identifiesSubjects: true as const } : {}),
    },
  });
  renderPage(<ColumnTable primaryKey={null} rows={[row('customer', true), row('city', false)]} />);
  const marked = screen
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent.includes('regenerated'));
  expect(marked).toEqual([true, false]);
});
