import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Conversion } from '../../domain/conversions';
import { UserError } from '../../domain/errors';
import type { Source } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { ConversionList } from './conversion-list';

const price: Conversion = {
  position: 1,
  column: 'price',
  kind: 'currency',
  cells: 3,
  example: ['$1,234.50', '1234.5'],
};

function list(conversions: readonly Conversion[] | undefined, columns?: object) {
  const again = { name: 'shop.csv', tables: [{ rowCount: 4 }] } as unknown as Source;
  const reread = vi.fn(async () => again);
  const dialect = { delimiter: ',', ...(columns && { columns }) };
  const chosen = { ...(columns && { columns }) };
  const source = { id: 's1', dialect, chosen, tables: [{ conversions }] } as unknown as Source;
  renderPage(<ConversionList source={source} />, { sources: { reread } });
  for (const details of document.querySelectorAll('details')) details.open = true;
  return reread;
}

describe('ConversionList', () => {
  it('is not there without conversions', () => {
    list(undefined);
    expect(screen.queryByRole('list')).toBeNull();
  });

  it('says in a line what was converted and what was assumed', () => {
    list([
      price,
      { ...price, column: 'day', kind: 'date', order: 'day-first', position: 2 },
      { ...price, column: 'tax', undone: true, position: 3 },
    ]);
    expect(document.querySelector('summary')?.textContent).toBe(
      '2 columns were converted: price and day. Day or month first was assumed in day. 1 undone.',
    );
  });

  it('undoes a conversion by reading the file again', async () => {
    const reread = list([price]);
    expect(screen.getByRole('listitem').textContent).toContain('3 cells: $1,234.50 is read as 1234.5');
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Undo: price' })));
    expect(reread.mock.calls).toEqual([['s1', { columns: { 1: { keepText: true } } }]]);
  });

  it('does an undone one again, and says why it could not', async () => {
    const reread = list([{ ...price, undone: true }], { 1: { keepText: true } });
    reread.mockRejectedValueOnce(new UserError('not-found', 'The file is no longer at hand.'));
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Redo: price' })));
    expect(reread.mock.calls).toEqual([['s1', {}]]);
    expect(screen.getByRole('alert').textContent).toContain('no longer at hand');
  });
});
