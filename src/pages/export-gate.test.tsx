import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DoppelgridClient } from '../client/api';
import { preferences } from '../client/preferences';
import { RecipeChecks } from '../domain/recipe-checks';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import { mayLeave, mayLeaveAsModel } from './export-gate';
import { ExportGateDialog } from './export-gate-dialog';

const report = {
  ...{ id: 'r', rules: [] },
  metrics: { accuracy: { overall: 0.8, overallMax: 0.95 }, distances: { dcrShare: 0.5 } },
};
const dataset = { config: { name: 'people' }, reportId: 'r' } as SyntheticDataset;
const client = {
  reports: { list: () => [report] },
} as unknown as DoppelgridClient;

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
  HTMLDialogElement.prototype.close ??= () => undefined;
});
afterEach(() => preferences.set({ gates: RecipeChecks.parse({}) }));

it('lets rows leave where nothing is asked for, or all of it is reached', async () => {
  expect(await mayLeave(client, dataset)).toBe(true);
  preferences.set({ gates: RecipeChecks.parse({ minAccuracy: 0.8 }) });
  expect(await mayLeave(client, dataset)).toBe(true);
});

it.each([
  ['Save all the same', true],
  ['Keep them here', false],
])('names figure and threshold, and does as a person says: %s', async (button, expected) => {
  preferences.set({ gates: RecipeChecks.parse({ minAccuracy: 0.9 }) });
  render(<ExportGateDialog />);
  let answer: Promise<boolean>;
  act(() => {
    answer = mayLeave(client, dataset);
  });
  expect(await screen.findByText('Accuracy: 80 %, at least 90 % is asked for – missed.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: button, hidden: true }));
  expect(await answer!).toBe(expected);
  expect(screen.queryByText(/missed/)).toBeNull();
});

it('asks before a generator leaves whose model tells of its people, once it is audited', async () => {
  const asked: string[] = [];
  const figure = { attacks: ['likelihood ratio'], value: 0.8, low: 0.77, high: 0.83 };
  const audit = { people: 900, auc: figure, at1: null, at10: null, isolated: null, attacks: [] };
  const generators = {
    audit: async (id: string) => asked.push(id),
    get: () => ({
      config: { name: 'people' },
      audit: { audit: { ...audit, rows: { learned: 900, reference: 300 } }, exposed: [] },
    }),
  };
  const model = { generators } as unknown as DoppelgridClient;
  expect(await mayLeaveAsModel(model, 'g')).toBe(true);
  expect(asked).toEqual([]);
  preferences.set({ gates: RecipeChecks.parse({ minVerdict: 'inconclusive' }) });
  render(<ExportGateDialog />);
  let answer: Promise<boolean>;
  act(() => {
    answer = mayLeaveAsModel(model, 'g');
  });
  expect(await screen.findByText(/Audit of the model: attention, at least inconclusive/)).toBeTruthy();
  expect(asked).toEqual(['g']);
  fireEvent.click(screen.getByRole('button', { name: 'Export all the same', hidden: true }));
  expect(await answer!).toBe(true);
});
