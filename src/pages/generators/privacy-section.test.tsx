import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { GeneratorsApi } from '../../client/api';
import type { ColumnProfile } from '../../domain/columns';
import { decideColumns } from '../../domain/decide-encoding';
import { type Generator, GeneratorConfig } from '../../domain/generators';
import { onlyTable } from '../../domain/only-table';
import type { Source } from '../../domain/sources';
import { renderPage } from '../testing/render-page';
import { ConfigureView } from './configure-view';

const ROWS = 2000;

function profile(name: string, own: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    ...{ index: 0, originalName: name, name, storageType: 'text', rowCount: ROWS, nullCount: 0 },
    ...{ distinctCount: 10, nonRareShare: 1, uniqueShare: 0, nonRareDistinct: 10, infiniteCount: 0 },
    ...{ min: null, median: null, mean: null, max: null, maxLength: 5, fixedLength: false },
    ...{ looksLikeUuid: false, exceedsSafeInteger: false, topValues: [], histogram: [], nearMiss: null },
    subject: null,
    ...own,
  };
}

/** The page of an untrained generator, and the model's configuration that it last kept. */
function open(columns = [profile('city'), profile('reason')], rules: object = {}) {
  const config = GeneratorConfig.parse({
    name: 'people',
    tables: [
      {
        ...{ name: 'people', sourceId: 's', tableId: 't', rules },
        columns: columns.map(({ name }) => ({ name })),
        tabularModelConfiguration: { maxEpochs: 5 },
      },
    ],
  });
  const source = { id: 's', name: 'people.csv', tables: [{ id: 't', rowCount: ROWS, columns }] };
  const update = vi.fn<GeneratorsApi['update']>();
  const findRules = vi.fn<GeneratorsApi['findRules']>(async () => []);
  const decide: GeneratorsApi['decide'] = (_id, settings) =>
    new Map(decideColumns(columns, settings).map(({ name, decision }) => [name, decision]));
  renderPage(
    <ConfigureView generator={{ id: 'g', config } as Generator} source={source as unknown as Source} />,
    { generators: { update, decide, findRules } },
  );
  const kept = () => onlyTable(update.mock.lastCall![1]).tabularModelConfiguration;
  return { kept, findRules };
}

const section = () => within(screen.getByRole('region', { name: 'Differential privacy' }));
const toggle = () =>
  fireEvent.click(section().getByRole('switch', { name: 'Train with differential privacy' }));
const field = (name: string) => section().getByRole<HTMLInputElement>('textbox', { name });
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const choose = (name: RegExp) => fireEvent.click(section().getByRole('radio', { name }));
const train = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Train' });
const text = () => document.body.textContent!;

describe('the switch for differential privacy', () => {
  it('says what will be trained, and keeps the configuration', () => {
    const { kept } = open();
    expect(kept()).toMatchObject({ model: 'argn', differentialPrivacy: null, maxEpochs: 5 });
    toggle();
    expect(kept()).toMatchObject({ model: 'marginals', maxEpsilon: 3, delta: 1e-5 });
    expect(text()).toContain(
      'With differential privacy (private marginals): ε at most 3, δ 0.00001 for each subject.',
    );
    expect(train().disabled).toBe(false);
    toggle();
    expect(kept()).toMatchObject({ model: 'argn', differentialPrivacy: null, maxEpochs: 5 });
    expect(text()).not.toContain('With differential privacy (');
  });

  it('is taken back by Undo', () => {
    const { kept } = open();
    toggle();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(kept()).toMatchObject({ model: 'argn', differentialPrivacy: null });
    expect(section().getByRole('switch').getAttribute('aria-checked')).toBe('false');
  });

  it('says that no rules are kept, instead of looking for them', () => {
    const added = [
      { kind: 'functional-dependency', determinant: ['city'], dependent: 'reason', oneToOne: false },
    ];
    const { findRules } = open(undefined, { added });
    expect(screen.getByText('Rules found in your data')).toBeTruthy();
    toggle();
    expect(screen.queryByText('Rules found in your data')).toBeNull();
    expect(text()).toContain('no rules are looked for and none is kept');
    expect(text()).toContain('The rule that you added is not kept either');
    const asked = findRules.mock.calls.length;
    type('ε at most', '2');
    expect(findRules.mock.calls.length).toBe(asked);
  });
});

describe('the form of differential privacy', () => {
  it('computes the attack risk as ε is typed, as reports do', () => {
    open();
    toggle();
    expect(section().getByText(/accuses 1 in 100 people .* at most 5\.36 in 100/)).toBeTruthy();
    type('ε at most', '1');
    expect(section().getByText(/accuses 1 in 100 people .* at most 1\.97 in 100/)).toBeTruthy();
    choose(/Neural/);
    expect(section().getByText(/accuses 1 in 100 people .* at most 2\.72 in 100/)).toBeTruthy();
  });

  it('keeps choices when engines are switched', () => {
    const { kept } = open();
    toggle();
    type('ε at most', '1.5');
    type('Rows of one subject at most', '3');
    choose(/Neural/);
    expect(field('ε at most').value).toBe('1.5');
    type('Noise multiplier', '4');
    fireEvent.click(section().getByRole('checkbox', { name: /I declare public/ }));
    expect(kept()).toMatchObject({
      ...{ model: 'argn', maxEpochs: 5 },
      differentialPrivacy: { maxEpsilon: 1.5, noiseMultiplier: 4, valueProtectionEpsilon: null },
    });
    choose(/marginals/);
    expect(kept()).toMatchObject({ model: 'marginals', maxEpsilon: 1.5, maxRowsPerSubject: 3 });
    choose(/Neural/);
    expect(field('Noise multiplier').value).toBe('4');
    expect(section().getByRole<HTMLInputElement>('checkbox').checked).toBe(true);
  });

  it('trains the neural model whether its domains are declared public or not', () => {
    open();
    toggle();
    expect(section().queryByRole('checkbox')).toBeNull();
    choose(/Neural/);
    expect(train().disabled).toBe(false);
    fireEvent.click(
      section().getByRole('checkbox', { name: /I declare public: categories, ranges, bins and decimals/ }),
    );
    expect(train().disabled).toBe(false);
  });

  it.each([
    ['ε at most', '0', 'Enter a number above 0 and up to 10,000.'],
    ['δ', '1', 'Enter a number above 0 and below 1.'],
    ['ε for value domains', '3', 'Of ε 3, ε 3 for value domains leaves nothing to learn with.'],
  ])('says what is wrong with %s %s, and trains nothing', (name, value, sentence) => {
    open();
    toggle();
    type(name, value);
    expect(field(name).getAttribute('aria-invalid')).toBe('true');
    expect(section().getByText(new RegExp(sentence.replaceAll('.', '\\.')))).toBeTruthy();
    expect(train().disabled).toBe(true);
  });

  it('warns of a δ of one in the number of people, not of rows', () => {
    const people = { values: 200, rowsEach: 10, companions: [] };
    open([profile('email', { distinctCount: 200, subject: people }), profile('reason')]);
    toggle();
    type('δ', '0.001');
    expect(section().queryByText(/is too large/)).toBeNull();
    type('δ', '0.005');
    expect(section().getByText(/δ 0\.005 is too large for 200 subjects/)).toBeTruthy();
    expect(train().disabled).toBe(false);
  });

  it('switches off what does nothing, and says so', () => {
    open();
    const guard = () => screen.getByRole<HTMLButtonElement>('switch', { name: 'Privacy guard' });
    expect(guard().disabled).toBe(false);
    toggle();
    expect(guard().disabled).toBe(true);
    expect(text()).toContain('Does not run: it looks at rows without noise.');
    expect(screen.getByRole<HTMLButtonElement>('switch', { name: 'Value protection' }).disabled).toBe(true);
    choose(/Neural/);
    expect(screen.getByRole<HTMLButtonElement>('switch', { name: 'Value protection' }).disabled).toBe(false);
    expect(text()).toContain('The training ends earlier when ε is spent.');
    expect(text()).not.toContain('stops earlier when it no longer improves');
  });

  it('does not call a column regenerated that is counted', () => {
    const people = { values: 200, rowsEach: 10, companions: [] };
    open([profile('email', { distinctCount: 200, subject: people }), profile('reason')]);
    expect(text()).toContain('1 of 2 columns is not learned');
    toggle();
    expect(text()).not.toMatch(/regenerated|columns? (?:is|are) not learned/i);
    choose(/Neural/);
    expect(text()).not.toMatch(/regenerated/i);
  });
});
