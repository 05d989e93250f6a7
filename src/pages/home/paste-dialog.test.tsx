import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Source } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { PasteDialog } from './paste-dialog';

const TEXT = 'name\tage\nAda\t36\n';

function paste(name: string | null) {
  const onClose = vi.fn();
  const create = vi.fn(async () => ({ id: '1', name: 'a.csv' }) as Source);
  renderPage(<PasteDialog onClose={onClose} />, { sources: { create } });
  const read = screen.getByRole<HTMLButtonElement>('button', { name: 'Read the table' });
  const rows = screen.getByLabelText('Rows, with the column names first');
  if (name !== null)
    fireEvent.change(screen.getByLabelText('Name of the table'), { target: { value: name } });
  return {
    onClose,
    create,
    read,
    rows,
    type: (text: string) => fireEvent.change(rows, { target: { value: text } }),
  };
}

describe('PasteDialog', () => {
  it('waits for rows, with the cursor where they go', () => {
    const { read, rows, type } = paste(null);
    expect(document.activeElement).toBe(rows);
    expect(read.disabled).toBe(true);
    type('  \n');
    expect(read.disabled).toBe(true);
    type(TEXT);
    expect(read.disabled).toBe(false);
  });

  it.each([
    [null, 'pasted.csv'],
    ['  ', 'pasted.csv'],
    [' people ', 'people.csv'],
    ['people.tsv', 'people.tsv'],
  ])('closes and reads the rows under a file name: %j as %s', (given, name) => {
    const { onClose, create, read, type } = paste(given);
    type(TEXT);
    fireEvent.click(read);
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(create).toHaveBeenCalledTimes(1);
    expect(create).toHaveBeenCalledWith({ name, text: TEXT }, expect.anything());
  });
});
