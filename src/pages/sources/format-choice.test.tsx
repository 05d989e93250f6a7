import { act, fireEvent, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { UserError } from '../../domain/errors';
import type { Source } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { FormatChoice } from './format-choice';

const SOURCE = {
  id: 's1',
  dialect: { table: 'Sales', entry: 'a/book.xlsx', header: true },
  format: {
    id: 'xlsx',
    container: 'zip',
    tables: [{ name: 'Sales' }, { name: 'Costs', rowCount: 1200 }],
    entries: [{ name: 'a/book.xlsx' }, { name: 'b.csv' }],
    notes: ['1 cell with an error is left empty.'],
  },
} as unknown as Source;

it('says what a file was read as, and reads another of its tables with nothing kept of the one before', async () => {
  const reread = vi.fn(async () => ({ name: 'x.zip', tables: [{ rowCount: 2 }] }) as unknown as Source);
  renderPage(<FormatChoice source={SOURCE} />, { sources: { reread } });
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Read as Excel workbook in a ZIP archive: the file “a/book.xlsx”, one of 2: the sheet “Sales”, one of 2.',
    '1 cell with an error is left empty.',
  ]);
  await act(async () => fireEvent.change(screen.getByLabelText('Sheet'), { target: { value: 'Costs' } }));
  await act(async () =>
    fireEvent.change(screen.getByLabelText('File in the archive'), { target: { value: 'b.csv' } }),
  );
  expect(reread.mock.calls).toEqual([
    ['s1', { table: 'Costs', entry: 'a/book.xlsx' }],
    ['s1', { entry: 'b.csv' }],
  ]);
});

it('says why another table cannot be read', async () => {
  const reread = async () => {
    throw new UserError('source/empty', 'The sheet “Costs” is empty.');
  };
  renderPage(<FormatChoice source={SOURCE} />, { sources: { reread } });
  await act(async () => fireEvent.change(screen.getByLabelText('Sheet'), { target: { value: 'Costs' } }));
  expect(screen.getByRole('alert').textContent).toBe('The sheet “Costs” is empty.');
});
