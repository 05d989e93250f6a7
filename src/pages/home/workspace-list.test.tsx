import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ToastRegion } from '../../components/toasts';
import type { Generator } from '../../domain/generators';
import type { Report } from '../../domain/reports';
import type { Source } from '../../domain/sources';
import type { SyntheticDataset } from '../../domain/synthetic-datasets';
import { aBundle, aRecipe } from '../../domain/testing/stock';
import { type ClientParts, renderPage } from '../testing/render-page';
import { WorkspaceList } from './workspace-list';

const SOURCES = [
  { id: 's1', name: 'first.csv', byteSize: 2_000, tables: [{ rowCount: 1 }] },
  { id: 's2', name: '<b>second</b>.csv', byteSize: 5_000_000, tables: [{ rowCount: 1_234 }] },
] as unknown as Source[];
const GENERATORS = [
  { id: 'g1', config: { name: 'Trained', tables: [] }, trainingStatus: 'CANCELED' },
] as unknown as Generator[];
const DATASETS = [
  { id: 'd1', config: { name: 'Running' }, generationStatus: 'IN_PROGRESS', summary: null, reportId: null },
  { id: 'd2', config: { name: 'Ready' }, generationStatus: 'DONE', summary: { rows: 500 }, reportId: 'r2' },
] as SyntheticDataset[];
const REPORTS = [{ id: 'r2', metrics: { accuracy: { overall: 0.963 } } }] as Report[];

const KEPT = { isKept: true, refusal: null };

function list(remove: () => Promise<void> = async () => undefined) {
  const parts: ClientParts = {
    sources: { list: () => SOURCES },
    projects: { delete: vi.fn(remove) },
    generators: { list: () => GENERATORS },
    syntheticDatasets: { list: () => DATASETS },
    reports: { list: () => REPORTS },
    workspace: { state: () => KEPT },
  };
  renderPage(
    <>
      <WorkspaceList />
      <ToastRegion />
    </>,
    parts,
  );
  return parts.projects!.delete;
}

describe('WorkspaceList', () => {
  it('lists everything, the newest of each kind first, with where it leads', () => {
    list();
    const region = screen.getByRole('region', { name: 'Your work' });
    const links = within(region).getAllByRole('link');
    expect(links.map((link) => [link.getAttribute('href'), link.textContent])).toMatchInlineSnapshot(`
      [
        [
          "#/storage",
          "Storage",
        ],
        [
          "#/sources",
          "All 2 sources",
        ],
        [
          "#/sources/s2",
          "<b>second</b>.csv1,234 rows · 5.00 MB",
        ],
        [
          "#/sources/s1",
          "first.csv1 row · 2.00 kB",
        ],
        [
          "#/generators",
          "All 1 generator",
        ],
        [
          "#/generators/g1",
          "TrainedTraining cancelled",
        ],
        [
          "#/synthetic-datasets",
          "All 2 synthetic datasets",
        ],
        [
          "#/synthetic-datasets/d2",
          "Ready500 rows · accuracy 96.3 %",
        ],
        [
          "#/synthetic-datasets/d1",
          "RunningGeneration running",
        ],
      ]
    `);
  });

  it('is not there while there is nothing', () => {
    renderPage(<WorkspaceList />);
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('deletes what was confirmed, and says so', async () => {
    const remove = list();
    fireEvent.click(screen.getByRole('button', { name: 'Delete the source first.csv' }));
    expect(remove).not.toHaveBeenCalled();
    // The dialog is loaded when it is asked for.
    const confirm = await screen.findByRole('button', { name: 'Delete' });
    await act(async () => fireEvent.click(confirm));
    expect(remove).toHaveBeenCalledWith([{ kind: 'source', id: 's1' }]);
    expect(screen.getByText('The source was deleted.')).toBeTruthy();
  });

  it('tells why something could not be deleted', async () => {
    list(async () => {
      throw new Error('A training reads this source.');
    });
    fireEvent.click(screen.getByRole('button', { name: 'Delete the source first.csv' }));
    const confirm = await screen.findByRole('button', { name: 'Delete' });
    await act(async () => fireEvent.click(confirm));
    expect(screen.getByText('A training reads this source.')).toBeTruthy();
  });

  it('has the datasets and recipes of the project that is worked in', () => {
    renderPage(<WorkspaceList />, {
      sources: { list: () => [SOURCES[0]!, { ...SOURCES[1]!, projectId: 'p' }] },
      datasets: {
        list: () => [aBundle('Both', ['s1', 's2', 'gone']), aBundle('There', [], { projectId: 'p' })],
      },
      recipes: { list: () => [aRecipe('Monthly')] },
      projects: {
        list: () =>
          ['first', 'p'].map((id) => ({
            id,
            name: id,
            description: '',
            archived: false,
            current: id === 'first',
          })) as never,
      },
      workspace: { state: () => KEPT },
    });
    const items = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(items.slice(1)).toEqual(['Both2 sources', 'MonthlyVersion 2 · 3 columns · no checks']);
  });
});
