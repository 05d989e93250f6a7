import { fireEvent, render, screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { ColumnConfig } from '../../domain/columns';
import { decideEncoding } from '../../domain/decide-encoding';
import { textProfile } from '../../domain/testing/column-profile';
import { ColumnTable } from './column-table';

const profile = textProfile(
  'mail',
  Array.from({ length: 300 }, (_, i) => `k${i}@example.at`),
);
const CONTEXT = { isPrimaryKey: false, isIdentifying: false, valueProtection: true };

function show(config: ColumnConfig) {
  const onChange = vi.fn<(configs: readonly ColumnConfig[]) => void>();
  const decision = decideEncoding(profile, config, CONTEXT);
  render(
    <ColumnTable
      primaryKey={null}
      rows={[{ config, storageType: 'text', decision, profile }]}
      onChange={onChange}
    />,
  );
  return onChange;
}

const shown = (field: HTMLElement) => (field as HTMLSelectElement).selectedOptions[0]?.textContent;

const AUTO = { name: 'mail', included: true, modelEncodingType: 'AUTO' } as const;

it('says what a column holds, how it is written and why, and takes another choice', () => {
  const onChange = show(AUTO);
  screen.getByText('Holds e-mail addresses');
  const select = screen.getByLabelText('Encoding of mail');
  expect(shown(select)).toBe('Auto: made-up e-mail addresses');
  const options = within(select).getAllByRole('option');
  expect(options.map(({ textContent }) => textContent)).toEqual([
    'Auto: made-up e-mail addresses',
    'Categorical',
    'Character by character',
    'New keys of the same form',
    'Texts of the same pattern',
    'Made-up values',
    'One value in every row',
    'Nothing: left out',
  ]);
  fireEvent.change(select, { target: { value: 'constant' } });
  expect(onChange).toHaveBeenLastCalledWith([{ ...AUTO, writtenAs: 'constant' }]);
  fireEvent.change(select, { target: { value: 'TABULAR_CATEGORICAL' } });
  expect(onChange).toHaveBeenLastCalledWith([{ ...AUTO, modelEncodingType: 'TABULAR_CATEGORICAL' }]);
});

it('asks what is made up and in which language, beginning with what the values are', () => {
  const onChange = show({ ...AUTO, writtenAs: 'fake' });
  expect(shown(screen.getByLabelText('What is made up for mail'))).toBe('E-mail addresses');
  expect(shown(screen.getByLabelText('Language of mail'))).toBe('German');
  fireEvent.change(screen.getByLabelText('What is made up for mail'), { target: { value: 'city' } });
  expect(onChange).toHaveBeenLastCalledWith([{ ...AUTO, writtenAs: 'fake', fake: 'city' }]);
});

it('takes the value of every row', () => {
  const onChange = show({ ...AUTO, writtenAs: 'constant' });
  fireEvent.change(screen.getByLabelText('Value of mail in every row'), { target: { value: 'x' } });
  expect(onChange).toHaveBeenLastCalledWith([{ ...AUTO, writtenAs: 'constant', constant: 'x' }]);
});

it('searches many columns, shows a page of them, and edits the selected ones at once', () => {
  const onChange = vi.fn<(configs: readonly ColumnConfig[]) => void>();
  const rows = Array.from({ length: 300 }, (_, at) => {
    const config = { ...AUTO, name: `mail ${at}` };
    return {
      config,
      storageType: 'text',
      decision: decideEncoding(profile, config, CONTEXT),
      profile,
    } as const;
  });
  render(<ColumnTable primaryKey={null} rows={rows} onChange={onChange} />);
  expect(screen.getAllByRole('rowheader')).toHaveLength(15);
  fireEvent.change(screen.getByLabelText('Search columns'), { target: { value: '29' } });
  screen.getByText('13 of 300 columns');
  fireEvent.click(screen.getByLabelText('Select mail 129'));
  fireEvent.click(screen.getByLabelText('Select mail 29'));
  fireEvent.click(screen.getByRole('button', { name: 'Leave out' }));
  expect(onChange).toHaveBeenLastCalledWith([
    { ...AUTO, name: 'mail 29', included: false },
    { ...AUTO, name: 'mail 129', included: false },
  ]);
  screen.getByText('2 of 2 changed.');
  onChange.mockClear();
  // Passing through the list changes nothing yet.
  fireEvent.change(screen.getByLabelText('Learn or write the selected columns as'), {
    target: { value: 'TABULAR_CATEGORICAL' },
  });
  expect(onChange).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
  expect(onChange.mock.calls[0]?.[0]).toMatchObject([
    { name: 'mail 29', modelEncodingType: 'TABULAR_CATEGORICAL' },
    { name: 'mail 129', modelEncodingType: 'TABULAR_CATEGORICAL' },
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Clear the selection' }));
  fireEvent.change(screen.getByLabelText('Search columns'), { target: { value: 'phone' } });
  screen.getByText('No column matches.');
});
