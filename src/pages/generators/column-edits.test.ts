import { describe, expect, it } from 'vitest';
import type { ColumnConfig, EncodingDecision, StorageType } from '../../domain/columns';
import { choicesFor, choose, type EditedColumn, editColumns } from './column-edits';

function column(
  name: string,
  storageType: StorageType,
  config: Partial<ColumnConfig> = {},
  decision: Partial<EncodingDecision> = {},
): EditedColumn {
  return {
    config: { name, included: true, modelEncodingType: 'AUTO', ...config },
    storageType,
    decision: { included: true, encodingType: null, evidence: '', role: 'feature', ...decision },
  };
}
const plain = (name: string) => ({ name, included: true, modelEncodingType: 'AUTO' });

describe('editColumns', () => {
  it('changes the columns that a choice fits, and no key', () => {
    const columns = [
      column('id', 'integer', {}, { role: 'primary-key' }),
      column('n', 'float'),
      column('when', 'date'),
      column('text', 'text', { writtenAs: 'key' }),
    ];
    expect(editColumns(columns, 'TABULAR_CATEGORICAL')).toEqual([
      { ...plain('n'), modelEncodingType: 'TABULAR_CATEGORICAL' },
      { ...plain('when'), modelEncodingType: 'TABULAR_CATEGORICAL' },
      { ...plain('text'), modelEncodingType: 'TABULAR_CATEGORICAL' },
    ]);
    expect(editColumns(columns, 'TABULAR_DATETIME').map(({ name }) => name)).toEqual(['when']);
    expect(editColumns(columns, 'fake').map(({ name }) => name)).toEqual(['text']);
    expect(editColumns(columns, 'key').map(({ name }) => name)).toEqual(['id']);
  });

  it('has a column that was left out take part where it is to be learned', () => {
    expect(editColumns([column('a', 'text', { included: false })], 'AUTO')).toEqual([plain('a')]);
  });

  it('leaves out and includes again, and changes nothing that is so already', () => {
    const columns = [
      column('in', 'text'),
      column('out', 'text', { included: false }),
      column('nothing', 'text', { writtenAs: 'omit' }),
    ];
    expect(editColumns(columns, 'leave-out')).toEqual([{ ...plain('in'), included: false }]);
    expect(editColumns(columns, 'include')).toEqual([plain('out'), plain('nothing')]);
  });
});

it('a choice takes the place of what was chosen before', () => {
  const fake = { ...plain('a'), modelEncodingType: 'AUTO', writtenAs: 'fake', fake: 'city' } as const;
  expect(choose(fake, 'AUTO')).toEqual({ ...plain('a'), fake: 'city' });
  expect(choose(fake, 'constant')).toEqual({ ...fake, writtenAs: 'constant' });
});

it('offers what at least one of the columns takes, once', () => {
  expect(choicesFor([column('a', 'date'), column('b', 'boolean'), column('c', 'boolean')])).toEqual([
    ...['AUTO', 'TABULAR_DATETIME', 'TABULAR_DATETIME_RELATIVE', 'TABULAR_CATEGORICAL'],
    ...['constant', 'omit'],
  ]);
});
