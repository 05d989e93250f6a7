import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderPage } from '../testing/render-page';
import { ProjectsPage } from './projects-page';

const counts = {
  ...{ sources: 0, datasets: 0, generators: 0, syntheticDatasets: 0, reports: 0, recipes: 0, connectors: 0 },
  ...{ created: null, updated: null },
};
const PROJECTS = [
  {
    ...counts,
    id: 'first',
    name: 'My project',
    description: '',
    archived: false,
    current: true,
    sources: 2,
    datasets: 1,
    recipes: 3,
  },
  { ...counts, id: 'p', name: 'Census', description: 'Of 1994', archived: false, current: false },
  { ...counts, id: 'o', name: 'Old', description: '', archived: true, current: false },
];

it('lists projects with what is in them, archived ones apart, and switches', () => {
  const [switchTo, create] = [vi.fn(), vi.fn(() => ({ id: 'new', name: 'New' }))];
  renderPage(<ProjectsPage />, { projects: { list: () => PROJECTS, switchTo, create } });
  const [open, archived] = screen.getAllByRole('list');
  expect(
    within(open!)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual([
    'My projectYou work here2 sources, 1 dataset, 3 recipes',
    'CensusOf 1994Nothing in it yetWork here',
  ]);
  expect(within(archived!).getByRole('listitem').textContent).toBe('OldNothing in it yet');
  fireEvent.click(screen.getByRole('button', { name: 'Work in Census' }));
  expect(switchTo).toHaveBeenCalledWith('p');
  fireEvent.click(screen.getByRole('button', { name: 'New project' }));
  const dialog = screen.getByRole('dialog', { name: 'New project' });
  expect((within(dialog).getByRole('button', { name: 'Create' }) as HTMLButtonElement).disabled).toBe(true);
  fireEvent.change(within(dialog).getByLabelText('Name'), { target: { value: ' Next ' } });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Create' }));
  expect(create).toHaveBeenCalledWith({ name: 'Next', description: '' });
  expect(switchTo).toHaveBeenLastCalledWith('new');
});
