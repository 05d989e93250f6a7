import { fireEvent, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { GeneratorsApi } from '../../client/api';
import type { ColumnProfile } from '../../domain/columns';
import { decideColumns } from '../../domain/decide-encoding';
import { UserError } from '../../domain/errors';
import { type Generator, GeneratorConfig } from '../../domain/generators';
import { onlyTable } from '../../domain/only-table';
import type { Source } from '../../domain/sources';
import { missingSubjectColumns } from '../../domain/subjects';
import { renderPage } from '../testing/render-page';
import { ConfigureView } from './configure-view';

const ROWS = 2000;

function profile(name: string, own: Partial<ColumnProfile>): ColumnProfile {
  return {
    ...{ index: 0, originalName: name, name, storageType: 'text', rowCount: ROWS, nullCount: 0 },
    ...{ distinctCount: 10, nonRareShare: 1, uniqueShare: 0, nonRareDistinct: 10, infiniteCount: 0 },
    ...{ min: null, median: null, mean: null, max: null, maxLength: 5, fixedLength: false },
    ...{ looksLikeUuid: false, exceedsSafeInteger: false, topValues: [], histogram: [], nearMiss: null },
    subject: null,
    ...own,
  };
}

function people(name: string, storageType: ColumnProfile['storageType'], companions: readonly string[]) {
  const subject = { values: 200, rowsEach: 10, companions };
  return profile(name, { storageType, distinctCount: 200, subject });
}

const UNSURE = [
  people('birth_date', 'date', ['salary', 'city']),
  people('salary', 'integer', ['birth_date', 'city']),
  profile('city', {}),
  profile('reason', {}),
];

/** The page of an untrained generator, and the configuration that it last kept. */
function open(columns: readonly ColumnProfile[], subjectColumns: string[] | null = null) {
  const own = { subjectColumns, columns: columns.map(({ name }) => ({ name })) };
  const config = GeneratorConfig.parse({
    name: 'people',
    tables: [{ name: 'people', sourceId: 's', tableId: 't', ...own }],
  });
  const source = { id: 's', name: 'people.csv', tables: [{ id: 't', rowCount: ROWS, columns }] };
  const update = vi.fn(refuse(columns.map(({ name }) => name)));
  const decide: GeneratorsApi['decide'] = (_id, settings) =>
    new Map(decideColumns(columns, settings).map(({ name, decision }) => [name, decision]));
  renderPage(
    <ConfigureView generator={{ id: 'g', config } as Generator} source={source as unknown as Source} />,
    { generators: { update, decide, findRules: async () => [] } },
  );
  return () => onlyTable(update.mock.lastCall![1]).subjectColumns;
}

/** Refuses what the table does not have, as the client does. */
function refuse(names: readonly string[]): GeneratorsApi['update'] {
  return (id, config) => {
    const [missing] = missingSubjectColumns(names, onlyTable(config));
    if (missing !== undefined) throw new UserError('config/invalid', `There is no ${missing}.`);
    return { id, config } as Generator;
  };
}

const share = () => screen.getByLabelText<HTMLSelectElement>('Rows of the same person share');
const question = () => screen.queryByText(/Rows with the same birth_date and salary seem to be one person’s/);
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

it('asks whose rows are whose where no name says so, and keeps a yes', () => {
  const kept = open(UNSURE);
  expect(question()).not.toBeNull();
  expect(share().selectedOptions[0]!.textContent).toBe('As found in the data: birth_date and salary');
  expect(kept()).toBeNull();
  click('Yes, one person');
  expect(kept()).toEqual(['birth_date', 'salary']);
  expect(question()).toBeNull();
  expect(share().value).toBe('several');
  expect(screen.getByText('at least 200 people, about 10.0 rows each')).toBeDefined();
});

it('keeps a no, which can be undone', () => {
  const kept = open(UNSURE);
  click('No, rows are independent');
  expect(kept()).toEqual([]);
  expect(question()).toBeNull();
  expect(screen.getByText('One row per person, as you chose.')).toBeDefined();
  click('Undo');
  expect(question()).not.toBeNull();
});

it('takes one column at once, and several that are ticked', () => {
  const kept = open([profile('city', {}), profile('team', {}), profile('reason', {})]);
  expect(screen.getByText('One row per person is assumed.')).toBeDefined();
  expect(share().selectedOptions[0]!.textContent).toBe('As found in the data: nothing');
  fireEvent.change(share(), { target: { value: '=city' } });
  expect(kept()).toEqual(['city']);
  expect(screen.getByRole('rowheader', { name: /city/ }).textContent).toContain('regenerated');
  fireEvent.change(share(), { target: { value: 'several' } });
  fireEvent.click(screen.getByRole('checkbox', { name: 'team' }));
  expect(kept()).toEqual(['city', 'team']);
  fireEvent.click(screen.getByRole('checkbox', { name: 'city' }));
  expect(kept()).toEqual(['team']);
  fireEvent.change(share(), { target: { value: 'none' } });
  expect(kept()).toEqual([]);
  expect(screen.queryByRole('checkbox', { name: 'team' })).toBeNull();
});

it('warns that people are not protected where value protection is off', () => {
  open([people('email', 'text', ['city']), profile('city', {})]);
  expect(question()).toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
  fireEvent.click(screen.getByLabelText('Value protection'));
  expect(screen.getByRole('alert').textContent).toMatch(/people behind these rows are not protected.*email/);
});

it('warns once, of rare values, where rows are nobody’s in particular', () => {
  open([profile('city', {}), profile('reason', {})]);
  expect(screen.queryByRole('alert')).toBeNull();
  fireEvent.click(screen.getByLabelText('Value protection'));
  expect(screen.getAllByRole('alert')).toHaveLength(1);
  expect(screen.getByRole('alert').textContent).toMatch(/^Value protection is off\. Rare categories/);
});

it('drops no chosen column that is gone from the table, and does not train until it is chosen again', () => {
  const columns = [profile('city', {}), profile('team', {})];
  const kept = open(columns, ['gone']);
  const train = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Train' });
  expect(screen.getByRole('alert').textContent).toBe('There is no gone.');
  expect(train().disabled).toBe(true);
  expect(share().selectedOptions[0]!.textContent).toBe('gone (not in the table)');
  expect(screen.getByText(/no longer in the table/)).toBeDefined();
  expect(screen.queryByText(/One row per person/)).toBeNull();
  fireEvent.change(share(), { target: { value: '=team' } });
  expect(kept()).toEqual(['team']);
  expect(train().disabled).toBe(false);
  expect(screen.queryByRole('alert')).toBeNull();
});

it('shows a column that is gone among several, to be unticked', () => {
  const kept = open([profile('city', {}), profile('team', {})], ['city', 'gone']);
  const gone = screen.getByRole<HTMLInputElement>('checkbox', { name: 'gone (not in the table)' });
  expect(gone.checked).toBe(true);
  fireEvent.click(gone);
  expect(kept()).toEqual(['city']);
  expect(screen.queryByText(/no longer in the table/)).toBeNull();
});
