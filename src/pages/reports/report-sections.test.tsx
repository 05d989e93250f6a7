import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Report } from '../../domain/reports';
import { ReportSections } from './report-page';

const REPORT = {
  ...{ id: 'r', rules: [], notes: [], distanceRows: 0 },
  ...{ createdAt: '2026-01-01', holdout: 'none', rows: { training: 1, holdout: 0, synthetic: 1 } },
  metrics: { distances: { dcrShare: null, imsTraining: null, imsHoldout: null } },
} as unknown as Report;

it('charts that cannot be read are told with a sentence', () => {
  const { rerender } = render(<ReportSections report={REPORT} whole={null} />);
  expect(screen.getByRole('status').textContent).toBe('Reading the charts');
  rerender(<ReportSections report={REPORT} whole="The charts of this report are gone." />);
  expect(screen.getByText('The charts of this report are gone.')).toBeTruthy();
  expect(screen.queryByRole('navigation')).toBeNull();
});
