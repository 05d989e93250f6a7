import { act, fireEvent, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Generator } from '../../domain/generators';
import type { Source } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { ContinueButton } from './continue-button';

const table = (id: string, rowCount: number, ...names: string[]) => ({
  ...{ id, rowCount },
  columns: names.map((name, index) => ({
    ...{ name, index, storageType: 'text', nullCount: 0, distinctCount: 2 },
    ...{ min: null, median: null, max: null, topValues: [] },
  })),
});
const source = {
  ...{
    id: 's',
    name: 'people.csv',
    version: 2,
    fileName: 'june.csv',
    tables: [table('t2', 30, 'a', 'email')],
  },
  earlier: [{ number: 1, fileName: 'may.csv', tables: [table('t1', 20, 'a', 'e-mail')] }],
} as unknown as Source;
const generator = { id: 'g', config: { tables: [{ sourceId: 's', tableId: 't1' }] } } as unknown as Generator;

it('names the differences of a version, and makes no generator where the model cannot go on', async () => {
  const clone = vi.fn(async () => ({ id: 'new' }));
  const whyNotContinue = (_: string, version?: number) => (version === 2 ? 'The columns differ.' : null);
  renderPage(<ContinueButton generator={generator} source={source} />, {
    generators: { clone, whyNotContinue } as never,
  });
  fireEvent.click(screen.getByRole('button', { name: 'Train further' }));
  const make = screen.getByRole<HTMLButtonElement>('button', { name: 'Make the generator', hidden: true });
  expect(screen.getByText('30 rows, 10 more than before.')).toBeTruthy();
  expect(screen.getByText('“e-mail” may be called “email” now.')).toBeTruthy();
  expect(screen.getByRole('note', { hidden: true }).textContent).toBe('The columns differ.');
  expect(make.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('Version of the source'), { target: { value: '1' } });
  expect(screen.queryByText(/more than before/)).toBeNull();
  await act(async () => fireEvent.click(make));
  expect(clone.mock.calls).toEqual([['g', { trainingStatus: 'continue', version: 1 }]]);
  expect(window.location.hash).toBe('#/generators/new');
});
