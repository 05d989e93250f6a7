import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../domain/errors';
import type { CsvDialect, Source } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { DialectEditor, joinNullValues, splitNullValues } from './dialect-editor';

const DIALECT: CsvDialect = {
  encoding: 'utf-8',
  delimiter: ';',
  quote: '"',
  header: true,
  skipLines: 0,
  decimal: ',',
  nullValues: ['', 'NA'],
};
/** Spellings of one column and the decimal sign were found, not set. */
const CHOSEN = { header: true, columns: { 1: { keepText: true as const } } };
const PREVIEW = { columns: ['item', 'price'], rows: [['bread', '1,5']], offset: 0, rowCount: 1 };

function editor({
  sniff = async (_: unknown, dialect?: Partial<CsvDialect>) => ({
    dialect: { ...DIALECT, ...dialect },
    preview: PREVIEW,
  }),
  reread = async () => ({ name: 'a.csv', tables: [{ rowCount: 1 }] }) as unknown as Source,
} = {}) {
  const calls = { sniff: vi.fn(sniff), reread: vi.fn(reread) };
  renderPage(<DialectEditor source={{ id: 's1', dialect: DIALECT, chosen: CHOSEN } as unknown as Source} />, {
    sources: calls,
  });
  return calls;
}
const change = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const wait = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const readAgain = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Read again' });

describe('DialectEditor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows what was detected and offers nothing to do', () => {
    editor();
    expect(screen.getByLabelText<HTMLSelectElement>('Separator').value).toBe(';');
    expect(screen.getByLabelText<HTMLInputElement>('Spellings of “no value”').value).toBe('NA');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('previews a change once the person pauses, and reads again with it', async () => {
    const { sniff, reread } = editor();
    change('Decimal sign', '.');
    change('Separator', '\t');
    expect(screen.getByText('Reading…')).toBeTruthy();
    await wait(300);
    // What was said of a column goes with the separator that it was found by.
    const wanted = { header: true, decimal: '.', delimiter: '\t' };
    expect(sniff.mock.calls).toEqual([[{ sourceId: 's1' }, { encoding: 'utf-8', ...wanted }]]);
    expect(screen.getByRole('region', { name: 'Preview with these settings' }).textContent).toContain('1,5');
    await act(async () => fireEvent.click(readAgain()));
    expect(reread.mock.calls).toEqual([['s1', wanted]]);
  });

  it('goes back to what was detected', () => {
    editor();
    change('Lines to skip first', '3');
    change('Spellings of “no value”', 'NA, -');
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(screen.getByLabelText<HTMLInputElement>('Lines to skip first').value).toBe('0');
    expect(screen.getByLabelText<HTMLInputElement>('Spellings of “no value”').value).toBe('NA');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('does not read with a number that is none', () => {
    editor();
    change('Lines to skip first', '2');
    expect(readAgain().disabled).toBe(false);
    change('Lines to skip first', '2x');
    expect(readAgain().disabled).toBe(true);
    expect(screen.getByLabelText('Lines to skip first').getAttribute('aria-invalid')).toBe('true');
  });

  it('says why the file cannot be read that way', async () => {
    const refused = async () => {
      throw new UserError('source/unreadable', 'Line 2 has three cells, the header two.');
    };
    editor({ sniff: refused, reread: refused });
    change('Quotes', '');
    await wait(300);
    expect(screen.getByRole('note').textContent).toBe('Line 2 has three cells, the header two.');
    await act(async () => fireEvent.click(readAgain()));
    expect(screen.getByRole('alert').textContent).toBe('Line 2 has three cells, the header two.');
    expect(readAgain().disabled).toBe(false);
  });
});

describe('spellings of no value', () => {
  it('survive a round trip, the empty one included', () => {
    const values = ['', 'NA', 'null'];
    expect(splitNullValues(joinNullValues(values), true)).toEqual(values);
  });
  it('are trimmed, unique, and bounded', () => {
    expect(splitNullValues(' NA,NA , ,-', false)).toEqual(['NA', '-']);
    expect(splitNullValues(Array.from({ length: 50 }, (_, i) => `n${i}`).join(','), false)).toHaveLength(32);
    expect(splitNullValues('x'.repeat(100), false)[0]).toHaveLength(64);
  });
});
