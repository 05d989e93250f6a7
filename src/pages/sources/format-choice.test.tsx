import { act, fireEvent, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { UserError } from '../../domain/errors';
import type { Source } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { FormatChoice } from './format-choice';

const SOURCE = {
  id: 's1',
  tables: [{ columns: [{ name: 'id' }, { name: 'km' }] }],
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

it('lists the files of one table with their rows and what they lack, and reads one of them alone', async () => {
  const parts = [
    { name: 'a.csv', rowCount: 30, rejectedCount: 1, absent: [1] },
    { name: 'b.csv', rowCount: 1200 },
  ];
  const source = {
    ...SOURCE,
    dialect: { union: 'all' },
    format: { id: 'csv', container: 'zip', entries: [{ name: 'a.csv' }, { name: 'b.csv' }], parts },
  } as unknown as Source;
  const reread = vi.fn(async () => ({ name: 'x.zip', tables: [{ rowCount: 2 }] }) as unknown as Source);
  renderPage(<FormatChoice source={source} />, { sources: { reread } });
  expect(screen.getAllByRole('listitem')[1]?.textContent).toBe('“km” is not in a.csv, and empty there.');
  fireEvent.click(screen.getByText('Rows of each of 2 files'));
  expect(screen.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
    'FileRowsRejectedSkippedColumns it lacks',
    'a.csv3010km',
    'b.csv1,20000 ',
  ]);
  const files = screen.getByLabelText('File in the archive');
  await act(async () => fireEvent.change(files, { target: { value: 'b.csv' } }));
  expect(reread.mock.calls).toEqual([['s1', { entry: 'b.csv' }]]);
});

it('says why another table cannot be read', async () => {
  const reread = async () => {
    throw new UserError('source/empty', 'The sheet “Costs” is empty.');
  };
  renderPage(<FormatChoice source={SOURCE} />, { sources: { reread } });
  await act(async () => fireEvent.change(screen.getByLabelText('Sheet'), { target: { value: 'Costs' } }));
  expect(screen.getByRole('alert').textContent).toBe('The sheet “Costs” is empty.');
});
