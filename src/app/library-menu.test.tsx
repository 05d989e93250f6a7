import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import '../components/opened-menu';
import { renderPage } from '../pages/testing/render-page';
import { LibraryMenu } from './library-menu';

it('leads to every list by keyboard, and says which one is shown', async () => {
  window.location.hash = '#/recipes';
  renderPage(<LibraryMenu />);
  const button = screen.getByRole('button', { name: 'Library' });
  fireEvent.keyDown(button, { key: 'Enter' });
  const entries = await screen.findAllByRole('menuitem');
  expect(entries.map(({ textContent }) => textContent)).toEqual([
    ...[
      'Sources',
      'Datasets',
      'Generators',
      'Synthetic datasets',
      'Reports',
      'Recipes',
      'Connectors',
      'Evaluate files',
      'SQL',
      'Jobs',
      'Storage',
    ],
  ]);
  const current = entries.filter((entry) => entry.getAttribute('aria-current') === 'page');
  expect(current.map(({ textContent }) => textContent)).toEqual(['Recipes']);
  fireEvent.keyDown(screen.getByRole('menuitem', { name: 'Datasets' }), { key: 'Enter' });
  await waitFor(() => expect(window.location.hash).toBe('#/datasets'));
});
