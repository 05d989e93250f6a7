import { describe, expect, it } from 'vitest';
import { changedSettings, chosenWith, readingOfNewer } from './chosen-dialect';
import type { CsvDialect } from './sources';

const dialect: CsvDialect = {
  ...{ encoding: 'utf-8', delimiter: ',', quote: '"', header: true, skipLines: 0 },
  ...{ decimal: '.', nullValues: ['', 'None'], endLine: 9 },
};
const columns = { 1: { keepText: true as const } };

describe('chosenWith', () => {
  it('keeps what was set and adds the change, nothing that was found', () => {
    const source = { dialect, chosen: { header: false, columns } };
    expect(chosenWith(source, { decimal: ',' })).toEqual({ header: false, columns, decimal: ',' });
    expect(chosenWith(source, { columns: undefined })).toEqual({ header: false });
  });

  it('forgets what was said of columns that may stand elsewhere', () => {
    const source = { dialect, chosen: { header: false, delimiter: ',', columns } };
    expect(chosenWith(source, { delimiter: ';' })).toEqual({ header: false, delimiter: ';' });
    expect(chosenWith(source, { delimiter: ',' })).toEqual(source.chosen);
    expect(chosenWith(source, { quote: '' })).not.toHaveProperty('columns');
  });

  it('takes all settings for set where that was not noted', () => {
    expect(chosenWith({ dialect }, { header: false })).toEqual({ ...dialect, header: false });
  });
});

it('changed settings are those that differ, a removed one undefined', () => {
  const { endLine: _end, ...rest } = dialect;
  expect(changedSettings({ ...rest, comment: '#' }, dialect)).toEqual({ comment: '#', endLine: undefined });
  expect(changedSettings(dialect, { ...dialect })).toEqual({});
});

it('a newer file is cut as before, and its columns speak for themselves', () => {
  const cut = { encoding: 'utf-8', delimiter: ',', quote: '"', header: true, skipLines: 0 };
  expect(readingOfNewer({ dialect, chosen: { endLine: 9 } })).toEqual(cut);
  expect(readingOfNewer({ dialect, chosen: { nullValues: ['x'] } })).toEqual({ ...cut, nullValues: ['x'] });
  expect(readingOfNewer({ dialect })).toEqual({ ...cut, decimal: '.', nullValues: ['', 'None'] });
});
