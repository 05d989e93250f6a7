import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Generator } from '../domain/generators';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import { openConfiguration } from './actions';
import { ConfigurationDialog } from './configuration-dialog';
import { renderPage } from './testing/render-page';

const ROWS = {
  ...{ generator_id: 'theirs', name: 'rows', random_state: 2 },
  tables: [{ name: 'people', configuration: { sample_size: 5, imputation: { columns: ['a'] } } }],
};
const GENERATORS = [
  { id: 'g1', config: { name: 'Trained' }, trainingStatus: 'DONE' },
  { id: 'g2', config: { name: 'New' }, trainingStatus: 'NEW' },
] as Generator[];

describe('ConfigurationDialog', () => {
  it('asks for a trained generator for the settings of rows, and says what is not taken over', () => {
    const createFrom = vi.fn(() => ({ id: 'd1' }) as SyntheticDataset);
    renderPage(<ConfigurationDialog />, {
      generators: { list: () => GENERATORS },
      syntheticDatasets: { createFrom },
    });
    act(() => openConfiguration('rows.json', JSON.stringify(ROWS)));
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['Trained']);
    expect(screen.getByRole('region', { name: 'Not taken over' }).textContent).toContain(
      '“imputation” is left out',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Create the synthetic dataset' }));
    expect(createFrom).toHaveBeenCalledWith(
      expect.objectContaining({ syntheticDataset: expect.objectContaining({ randomState: 2 }) }),
      'g1',
    );
    expect(window.location.hash).toBe('#/synthetic-datasets/d1');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('cannot go on without a trained generator', () => {
    renderPage(<ConfigurationDialog />);
    act(() => openConfiguration('rows.json', JSON.stringify(ROWS)));
    expect(screen.getByText(/no trained generator yet/)).toBeTruthy();
    const create = screen.getByRole<HTMLButtonElement>('button', { name: 'Create the synthetic dataset' });
    expect(create.disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Back' }));
  });
});
