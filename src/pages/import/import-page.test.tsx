import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Source } from '../../domain/sources';
import { useActivity } from '../actions';
import { renderPage } from '../testing/render-page';
import { ImportPage } from './import-page';

const SOURCE = { id: 's1', name: 'a.csv', tables: [{ rowCount: 1, columns: [{}, {}] }] } as unknown as Source;

describe('several files', () => {
  afterEach(() => {
    act(() => useActivity.setState({ together: [], importing: null }));
  });

  it('are named with what became of each', () => {
    useActivity.setState({
      together: [
        { name: 'a.csv', outcome: SOURCE },
        { name: 'b.csv', outcome: 'It is empty.' },
      ],
    });
    renderPage(<ImportPage />, { sources: { list: () => [SOURCE] } });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('1 of 2 files were read');
    const items = within(screen.getByRole('list', { name: 'Files' })).getAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'a.csv1 row × 2 columns',
      'b.csvIt is empty.',
    ]);
    expect(screen.getByRole('link', { name: 'a.csv' }).getAttribute('href')).toBe('#/sources/s1');
  });

  it('are read one after the other, and a deleted source is no link', () => {
    useActivity.setState({
      importing: { name: 'b.csv', progress: null, cancel: () => undefined },
      together: [
        { name: 'a.csv', outcome: SOURCE },
        { name: 'b.csv', outcome: null },
      ],
    });
    renderPage(<ImportPage />);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Reading 2 files');
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeTruthy();
    expect(screen.getByText('Not read yet')).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'a.csv' })).toBeNull();
  });
});
