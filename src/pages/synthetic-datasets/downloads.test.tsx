import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DoppelgridClient } from '../../client/api';
import { canceledError, UserError } from '../../domain/errors';
import type { Job } from '../../domain/job';
import type { SyntheticDataset } from '../../domain/synthetic-datasets';
import { renderPage } from '../testing/render-page';
import { Downloads } from './downloads';

type Download = DoppelgridClient['syntheticDatasets']['download'];

const DATASET = { id: 'd1', summary: { parquetBytes: 1_234_567 } } as SyntheticDataset;
const FILE = new File(['PAR1'], 'people.parquet');
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

function page(answer: Download, dataset = DATASET) {
  const download = vi.fn(answer);
  renderPage(<Downloads dataset={dataset} />, {
    syntheticDatasets: { download },
    reports: { list: () => [] },
  });
  return download;
}

describe('Downloads', () => {
  let saved: [File, string][] = [];
  beforeEach(() => {
    saved = [];
    const files = new Map<string, File>();
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      files.set(`blob:${files.size}`, file as File);
      return `blob:${files.size - 1}`;
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push([files.get(this.href)!, this.download]);
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it('saves the file that was asked for, as it was asked for', async () => {
    const download = page(async () => FILE);
    expect(screen.getByText(/^The Parquet file is 1\.23 MB/)).toBeTruthy();
    await act(async () => fireEvent.click(button('Download Parquet')));
    fireEvent.click(screen.getByRole('switch', { name: 'Neutralise spreadsheet formulas in CSV' }));
    await act(async () => fireEvent.click(button('Download CSV')));
    expect(download.mock.calls.map(([id, format, options]) => [id, format, options?.csv])).toEqual([
      ['d1', 'parquet', { neutraliseFormulas: false }],
      ['d1', 'csv', { neutraliseFormulas: true }],
    ]);
    expect(saved).toEqual([
      [FILE, 'people.parquet'],
      [FILE, 'people.parquet'],
    ]);
  });

  it('offers the other formats in a menu, each with where it ends', async () => {
    const download = page(async () => FILE);
    await act(async () => fireEvent.keyDown(button('More formats'), { key: 'Enter' }));
    const names = (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent);
    expect(names.map((text) => text!.split(')')[0])).toEqual([
      'JSON (.json',
      'JSON Lines (.jsonl',
      'Excel (.xlsx',
      'Arrow (.arrow',
      'SQLite (.sqlite',
    ]);
    expect(names[2]).toContain('above 1,048,575 rows, several sheets');
    await act(async () => {
      fireEvent.click(screen.getByRole('menuitem', { name: /Excel/ }));
      await vi.waitFor(() => expect(download.mock.calls.map(([, format]) => format)).toEqual(['xlsx']));
    });
  });

  it('writes CSV as the original or by the standard, and in its order, where these are known', async () => {
    const layout = {
      ...{ encoding: 'windows-1252', delimiter: ';', quote: '"', lineEnd: '\n', header: true, decimal: ',' },
    } as const;
    const original = { layout, columns: [], sortedBy: { column: 'when' } };
    const known = { ...DATASET, tables: [{ id: 't', stored: { file: 'f', columns: [], original } }] };
    const download = page(async () => FILE, known as SyntheticDataset);
    expect(screen.getByText(/^Semicolons, decimal comma, Windows-1252, LF;/)).toBeTruthy();
    fireEvent.change(screen.getByRole('combobox', { name: 'CSV is written' }), {
      target: { value: 'standard' },
    });
    fireEvent.click(screen.getByRole('switch', { name: 'Sort by when as the original' }));
    await act(async () => fireEvent.click(button('Download CSV')));
    expect(download.mock.calls[0]![2]).toMatchObject({
      csv: { neutraliseFormulas: false, form: 'standard' },
      sorted: true,
    });
  });

  it('says what the format could not hold', async () => {
    page(async (_id, _format, options) => {
      options!.onProgress!({ waitsFor: null, steps: [], notices: ['3 texts were cut.'] } as unknown as Job);
      return FILE;
    });
    await act(async () => fireEvent.click(button('Download CSV')));
    expect(screen.getByText('3 texts were cut.')).toBeTruthy();
  });

  it('shows how far the file is, one at a time', async () => {
    const step = { code: 'DELIVER_DATA', status: 'IN_PROGRESS', value: 5, max: 10, unit: 'rows' } as const;
    let end: (file: File) => void = () => undefined;
    page((_id, _format, options) => {
      options!.onProgress!({
        waitsFor: null,
        steps: [{ ...step, elapsed: 1, remaining: null }],
      } as unknown as Job);
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    await act(async () => fireEvent.click(button('Download Parquet')));
    expect(screen.getByText('5 of 10 rows')).toBeTruthy();
    expect([button('Download Parquet').disabled, button('Download CSV').disabled]).toEqual([true, true]);
    await act(async () => end(FILE));
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(button('Download CSV').disabled).toBe(false);
  });

  it('leaves nothing when cancelled, and no error', async () => {
    page(
      (_id, _format, options) =>
        new Promise((_, reject) => {
          options!.signal!.addEventListener('abort', () => reject(canceledError('The download')));
        }),
    );
    await act(async () => fireEvent.click(button('Download CSV')));
    await act(async () => fireEvent.click(button('Cancel')));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(saved).toEqual([]);
  });

  it('says why there is no file until the next try', async () => {
    const download = page(async () => FILE);
    download.mockRejectedValueOnce(new UserError('export/failed', 'The disk is full. Free some space.'));
    await act(async () => fireEvent.click(button('Download CSV')));
    expect(screen.getByRole('alert').textContent).toBe('The disk is full. Free some space.');
    await act(async () => fireEvent.click(button('Download CSV')));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(saved).toHaveLength(1);
  });
});
