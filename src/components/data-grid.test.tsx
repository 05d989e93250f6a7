import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataGrid, type GridPage } from './data-grid';

const ROW_HEIGHT = 34;

/** Rows "0 a", "0 b", …; no value in column b of every tenth. */
const page = (offset: number, limit: number): GridPage => ({
  offset,
  rows: Array.from({ length: limit }, (_, k) => {
    const row = offset + k;
    return [`${row} a`, row % 10 === 0 ? null : `${row} b`];
  }),
});

async function grid(load: (offset: number, limit: number) => Promise<GridPage>, rowCount = 1_000) {
  await act(async () =>
    render(
      <DataGrid
        label="Rows of a.csv"
        columns={['a', 'b']}
        rowCount={rowCount}
        numeric={new Set(['b'])}
        load={load}
      />,
    ),
  );
  const cells = (row: number) => {
    const line = screen
      .getAllByRole('row')
      .find((each) => each.getAttribute('aria-rowindex') === String(row + 2));
    return (
      line &&
      within(line)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent)
    );
  };
  const scrollTo = (row: number) =>
    act(async () => {
      const area = screen.getByRole('region', { name: 'Rows of a.csv' });
      area.scrollTop = row * ROW_HEIGHT;
      fireEvent.scroll(area);
    });
  return { cells, scrollTo };
}

describe('DataGrid', () => {
  // Nothing has a size here, and what has none shows no rows.
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(10 * ROW_HEIGHT);
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
  });
  afterEach(() => vi.restoreAllMocks());

  it('fetches the rows in view only, and each page once', async () => {
    const load = vi.fn(async (offset: number, limit: number) => page(offset, limit));
    const { cells, scrollTo } = await grid(load);
    expect(load.mock.calls).toEqual([[0, 100]]);
    expect(cells(1)).toEqual(['1 a', '1 b']);
    expect(cells(500)).toBeUndefined();
    expect(screen.getAllByRole('row').length).toBeLessThan(30);
    await scrollTo(500);
    expect(load.mock.calls.slice(1)).toEqual(expect.arrayContaining([[500, 100]]));
    expect(cells(500)).toEqual(['500 a', 'empty']);
    const calls = load.mock.calls.length;
    await scrollTo(505);
    await scrollTo(0);
    expect(load.mock.calls.length).toBe(calls);
  });

  it('tells no value from one that is still on its way', async () => {
    let answer: (page: GridPage) => void = () => undefined;
    const { cells } = await grid(() => new Promise((resolve) => (answer = resolve)));
    expect(cells(0)).toEqual(['…', '…']);
    await act(async () => answer(page(0, 100)));
    expect(cells(0)).toEqual(['0 a', 'empty']);
  });

  it('asks again for rows that could not be fetched', async () => {
    const load = vi.fn(async (offset: number, limit: number) => page(offset, limit));
    load.mockRejectedValueOnce(new Error('The worker is gone.'));
    const { cells, scrollTo } = await grid(load);
    expect(cells(0)).toEqual(['…', '…']);
    await scrollTo(20);
    expect(load.mock.calls).toEqual([
      [0, 100],
      [0, 100],
    ]);
    expect(cells(20)).toEqual(['20 a', 'empty']);
  });

  it('tells screen readers how large the whole is and aligns numbers right', async () => {
    await grid(async (offset, limit) => page(offset, limit));
    const table = screen.getByRole('table');
    expect([table.getAttribute('aria-rowcount'), table.getAttribute('aria-colcount')]).toEqual(['1001', '2']);
    const [, a, b] = screen.getAllByRole('columnheader');
    expect([a, b].map((header) => header!.className.includes('text-right'))).toEqual([false, true]);
  });
});
