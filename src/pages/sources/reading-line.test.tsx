import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Source, SourceTable } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { LeftOut } from './left-out';
import { ReadingLine } from './reading-line';
import { TableChoice } from './table-choice';

const region = (firstLine: number, lastLine: number, isRead: boolean) => ({
  ...{ firstLine, lastLine, isRead, rowCount: 3 },
  names: ['name', 'n'],
});
const TABLE = {
  columns: [{}, {}],
  rejectedCount: 1,
  rejected: [{ line: 9, column: null, reason: 'the row has 3 fields where 2 were expected', text: '1,2,3' }],
  skippedCount: 2,
  skipped: [
    { line: 1, reason: 'title or note', text: 'Gifts' },
    { line: 4, reason: 'another table', text: 'Ann,pen' },
  ],
  regions: [region(2, 4, false), region(6, 9, true)],
} as unknown as SourceTable;
const SOURCE = {
  id: 's1',
  dialect: {
    ...{ encoding: 'utf-8', delimiter: ',', quote: '"', header: true, skipLines: 5, decimal: '.' },
    nullValues: [''],
  },
  tables: [TABLE],
} as unknown as Source;

describe('how a file was read', () => {
  it('stands in one line, and each decision leads to its setting', () => {
    renderPage(
      <>
        <ReadingLine source={SOURCE} />
        <div data-reading="delimiter mergeDelimiters">
          <select aria-label="Separator" />
        </div>
        <LeftOut table={TABLE} />
      </>,
    );
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'comma',
      'UTF-8',
      'names in line 6 (5 lines above left out)',
      'table 2 of 2',
      '1 row rejected',
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'comma' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Separator'));
    fireEvent.click(screen.getByRole('button', { name: '1 row rejected' }));
    expect(document.querySelector('details')?.open).toBe(true);
  });

  it('lists what is left out, with reasons', () => {
    renderPage(<LeftOut table={TABLE} />);
    const rows = screen.getAllByRole('row', { hidden: true }).map(({ textContent }) => textContent);
    // Each cell of a card has its title, which is hidden where the table is one.
    expect(rows).toContain('Line 1Read astitle or noteTextGifts');
    expect(rows).toContain('Line 4Read asanother tableTextAnn,pen');
    expect(screen.getByText(/2 lines are no rows/)).toBeTruthy();
  });

  it('offers the other tables of the file', async () => {
    const again = { name: 'a.csv', tables: [{ rowCount: 2 }] } as unknown as Source;
    const reread = vi.fn(async () => again);
    renderPage(<TableChoice source={SOURCE} />, { sources: { reread } });
    expect(screen.getByRole('note').textContent).toContain('lines 2–4 (name, n)');
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Read lines 2–4' })));
    expect(reread.mock.calls).toEqual([
      ['s1', { encoding: 'utf-8', delimiter: ',', quote: '"', skipLines: 1 }],
    ]);
  });
});
