import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { UserError } from '../../domain/errors';
import type { HeaderGuess, Source } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { HeaderNotice } from './header-notice';

function notice(headerGuess: HeaderGuess, renamed: readonly string[] = []) {
  const again = { name: 'people.csv', tables: [{ rowCount: 4 }] } as unknown as Source;
  const reread = vi.fn(async () => again);
  const dialect = { header: headerGuess.header, delimiter: ';' };
  const chosen = { encoding: 'utf-8' };
  const source = { id: 's1', dialect, chosen, headerGuess, tables: [{ renamed }] } as unknown as Source;
  renderPage(<HeaderNotice source={source} />, { sources: { reread } });
  return reread;
}

describe('HeaderNotice', () => {
  it('is not there where the names are plain', () => {
    notice({ header: true, isSure: true, forms: [] });
    expect(screen.queryByRole('note')).toBeNull();
  });

  it('asks, and reads the file again with either answer', async () => {
    const reread = notice({ header: true, isSure: false, forms: [] });
    for (const name of ['It is a row', 'It holds names']) {
      await act(async () => fireEvent.click(screen.getByRole('button', { name })));
    }
    expect(reread.mock.calls).toEqual([
      ['s1', { header: false, encoding: 'utf-8' }],
      ['s1', { header: true, encoding: 'utf-8' }],
    ]);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says why the file could not be read again', async () => {
    const reread = notice({ header: true, isSure: false, forms: [] });
    reread.mockRejectedValueOnce(new UserError('not-found', 'The file is no longer at hand.'));
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'It is a row' })));
    expect(screen.getByRole('alert').textContent).toContain('no longer at hand');
  });

  it('says that a row of values was read as one, and lets it be names', () => {
    notice({ header: false, isSure: true, forms: ['e-mail'] }, ['column_2']);
    const [guess, renamed] = screen.getAllByRole('note');
    expect(guess!.textContent).toContain('holds e-mail addresses');
    expect(renamed!.textContent).toContain('column_2');
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['It holds names']);
  });
});
