import { act, fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../pages/testing/render-page';
import { LibraryMenu } from './library-menu';

it('leads to every list by keyboard, and says which one is shown', async () => {
  window.location.hash = '#/recipes';
  renderPage(<LibraryMenu />);
  const button = screen.getByRole('button', { name: 'Library' });
  fireEvent.keyDown(button, { key: 'Enter' });
  const entries = screen.getAllByRole('menuitem');
  expect(entries.map(({ textContent }) => textContent)).toEqual([
    ...['Sources', 'Datasets', 'Generators', 'Synthetic datasets', 'Reports', 'Recipes', 'Jobs', 'Storage'],
  ]);
  const current = entries.filter((entry) => entry.getAttribute('aria-current') === 'page');
  expect(current.map(({ textContent }) => textContent)).toEqual(['Recipes']);
  await act(async () => {
    fireEvent.keyDown(screen.getByRole('menuitem', { name: 'Datasets' }), { key: 'Enter' });
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  expect(window.location.hash).toBe('#/datasets');
});
