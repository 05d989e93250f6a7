import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { ColumnProfile } from '../../domain/columns';
import { ColumnProfiles } from './column-profiles';

const amount = {
  name: 'amount',
  storageType: 'integer',
  rowCount: 60,
  nullCount: 2,
  distinctCount: 58,
  min: 1,
  median: 30,
  mean: 30,
  max: 60,
  topValues: [],
  histogram: [],
  nearMiss: { type: 'integer', count: 2, example: 'about 5', line: 17 },
} as unknown as ColumnProfile;

it('says which texts of a column of numbers count as empty, and nothing of columns without', () => {
  render(<ColumnProfiles columns={[amount, { ...amount, name: 'age', nearMiss: null }]} />);
  expect(screen.getAllByText(/do not read as/).map((sentence) => sentence.textContent)).toEqual([
    '2 values do not read as integer, e.g. "about 5" (line 17): too few rows to show, so left empty.',
  ]);
});
