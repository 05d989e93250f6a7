import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aBundle, aDataset, aGenerator, aRecipe, aSource } from '../../domain/testing/stock';
import '../../components/opened-menu';
import { renderPage } from '../testing/render-page';
import { ListPage } from './list-page';

const PROJECTS = [
  { id: 'first', name: 'My project', description: '', archived: false, current: true },
  { id: 'p', name: 'Second', description: '', archived: false, current: false },
] as never[];

beforeEach(() => {
  window.location.hash = '#/generators';
});

function show(count = 60, others: ReturnType<typeof aGenerator>[] = []) {
  const generators = [
    ...others,
    ...Array.from({ length: count }, (_, i) => aGenerator(`g${i}`, 's', { isTrained: i % 2 === 0 })),
    aGenerator('elsewhere', 's', { projectId: 'p' }),
  ];
  const remove = vi.fn(async () => undefined);
  renderPage(<ListPage kind="generator" />, {
    sources: { list: () => [aSource('s')] },
    generators: { list: () => generators },
    syntheticDatasets: { list: () => [aDataset('d', 'g0', { rows: 7 })] },
    projects: { list: () => PROJECTS, delete: remove },
    workspace: {
      usage: async () => ({ files: [], used: null, quota: null }),
      times: ({ id }) => ({ createdAt: Number(id.slice(1)) || 0, updatedAt: Number(id.slice(1)) || 0 }),
    },
  });
  return remove;
}

const names = () =>
  screen.getAllByRole('rowheader').map((cell) => within(cell).getByRole('link').textContent ?? '');
const head = (name: string) => screen.getByRole('columnheader', { name });
const settle = () => act(async () => new Promise((resolve) => setTimeout(resolve)));

describe('ListPage', () => {
  it('shows the resources of the project that is worked in, the last changed first, page by page', async () => {
    show();
    await settle();
    expect([names().length, names()[0], names().at(-1)]).toEqual([25, 'g59', 'g35']);
    expect(screen.getByText('1–25 of 60')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect([names().length, window.location.hash]).toEqual([10, '#/generators?page=3']);
    fireEvent.change(screen.getByLabelText('Per page'), { target: { value: '100' } });
    expect([names().length, window.location.hash]).toEqual([60, '#/generators?size=100']);
  });

  it('sorts by its columns, and says so', async () => {
    show(3);
    await settle();
    expect(head('Changed').getAttribute('aria-sort')).toBe('descending');
    fireEvent.click(within(head('Name')).getByRole('button'));
    expect(names()).toEqual(['g0', 'g1', 'g2']);
    expect([head('Name'), head('Changed')].map((cell) => cell.getAttribute('aria-sort'))).toEqual([
      'ascending',
      'none',
    ]);
    fireEvent.click(within(head('Name')).getByRole('button'));
    expect([names()[0], window.location.hash]).toEqual(['g2', '#/generators?sort=name&order=descending']);
  });

  it('tells what goes on from what, and finds it', async () => {
    show(2, [aGenerator('further', 's', { continues: 'g0' })]);
    await settle();
    expect(screen.getByRole('rowheader', { name: /^further/ }).textContent).toContain('goes on from g0');
    fireEvent.change(screen.getByLabelText('Training'), { target: { value: 'true' } });
    expect([names(), window.location.hash]).toEqual([['further'], '#/generators?continued=true']);
    fireEvent.change(screen.getByLabelText('Training'), { target: { value: 'false' } });
    expect(names()).toEqual(['g1', 'g0']);
  });

  it('finds by words, status and project, and offers all where nothing is found', async () => {
    show(4);
    await settle();
    fireEvent.change(screen.getByLabelText('Status'), { target: { value: 'NEW' } });
    expect(names()).toEqual(['g3', 'g1']);
    fireEvent.change(screen.getByLabelText('Project'), { target: { value: 'all' } });
    expect(names()).toEqual(['g3', 'g1', 'elsewhere']);
    fireEvent.change(screen.getByLabelText('Search'), { target: { value: 'nowhere' } });
    expect(screen.getByText(/No generator matches/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(names()).toHaveLength(5);
    expect(window.location.hash).toBe('#/generators?project=all');
  });

  it('is as its address says', async () => {
    window.location.hash = '#/generators?q=else&project=p';
    show(4);
    await settle();
    expect(names()).toEqual(['elsewhere']);
    expect((screen.getByLabelText('Search') as HTMLInputElement).value).toBe('else');
  });

  it('selects several and deletes them together, once that is confirmed', async () => {
    const remove = show(3);
    await settle();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select g1' }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select g2' }));
    expect(screen.getByRole('status').textContent).toBe('2 of 3 selected');
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    const dialog = screen.getByRole('dialog', { name: 'Delete 2 items?' });
    await act(async () => fireEvent.click(within(dialog).getByRole('button', { name: 'Delete' })));
    expect(remove).toHaveBeenCalledWith([
      { kind: 'generator', id: 'g2' },
      { kind: 'generator', id: 'g1' },
    ]);
  });

  it('says of what has not been made yet what is known, without a count of rows', async () => {
    show(2);
    await settle();
    const cells = screen.getAllByRole('row').map((row) => within(row).queryAllByRole('cell'));
    expect(cells.slice(1).map((row) => row.slice(1, 4).map(({ textContent }) => textContent))).toEqual([
      ['Not started', 'TabularARGN', '2 columns'],
      ['Done', 'TabularARGN', '10 × 2'],
    ]);
  });

  it('says what was made of each', async () => {
    show(1);
    await settle();
    expect(screen.getByText('1 generation')).toBeTruthy();
    expect(screen.getByText('7 rows generated')).toBeTruthy();
  });

  it('that is empty says what makes one, and where there are some', async () => {
    show(0);
    await settle();
    expect(screen.getByText(/There is no generator in “My project” yet/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show those of all projects' }));
    expect(names()).toEqual(['elsewhere']);
  });

  it('has datasets and recipes like the others, with what is to be said of them', async () => {
    const [duplicate, create] = [vi.fn(async () => aRecipe('copy')), vi.fn(() => aBundle('new', []))];
    const parts = {
      sources: { list: () => [aSource('s')] },
      datasets: { list: () => [aBundle('Both', ['s', 'gone'])], create },
      recipes: { list: () => [aRecipe('Monthly')], duplicate },
      projects: { list: () => PROJECTS },
      workspace: { usage: async () => ({ files: [], used: null, quota: null }), times: () => null },
    };
    const { unmount } = renderPage(<ListPage kind="dataset" />, parts);
    await settle();
    const heads = () => screen.getAllByRole('columnheader').map((cell) => cell.textContent);
    const cells = () => screen.getAllByRole('cell').map((cell) => cell.textContent);
    expect(heads().slice(1, 4)).toEqual(['Name', 'Sources', 'Rows × columns']);
    expect(cells().slice(1, 3)).toEqual(['1', '10 × 2']);
    expect(screen.queryByLabelText('Status')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'New dataset' }));
    expect([create.mock.calls, window.location.hash]).toEqual([
      [[{ name: 'New dataset' }]],
      '#/datasets/new',
    ]);
    unmount();

    renderPage(<ListPage kind="recipe" />, parts);
    await settle();
    expect(heads().slice(1, 5)).toEqual(['Name', 'Model', 'Version', 'Columns']);
    expect(cells().slice(2, 4)).toEqual(['2', '3']);
    fireEvent.keyDown(screen.getByRole('button', { name: 'Actions for Monthly' }), { key: 'Enter' });
    const entries = (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent);
    expect(entries).toEqual([...['Open', 'Rename…', 'Duplicate', 'Move to a project…', 'Export', 'Delete…']]);
    fireEvent.click(screen.getByRole('menuitem', { name: 'Duplicate' }));
    await waitFor(() => expect(duplicate).toHaveBeenCalledWith('Monthly'));
  });
});
