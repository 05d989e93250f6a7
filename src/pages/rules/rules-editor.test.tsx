import { act, fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GeneratorsApi } from '../../client/api';
import { canceledError, UserError } from '../../domain/errors';
import { idOfRule, type Rule, RuleSettings, type TableRule } from '../../domain/rules';
import { renderPage } from '../testing/render-page';
import { RulesEditor } from './rules-editor';

const ORDER: Rule = { kind: 'inequality', low: 'a', high: 'b', strict: false };
const COLUMNS = ['a', 'b', 'c'].map((name) => ({ name, storageType: 'integer' as const }));

type Find = GeneratorsApi['findRules'];
type Options = NonNullable<Parameters<Find>[1]>;

const kept = (rule: Rule, source: TableRule['source'] = 'found'): TableRule => ({
  ...{ rule, source, state: 'kept', applicable: 1000, kept: 1000 },
});

/** Answers searches with these rules, and checks of added ones with a row that breaks them. */
const finding =
  (found: readonly TableRule[]) =>
  async ({ rules }: Options): Promise<readonly TableRule[]> =>
    rules!.find
      ? found
      : rules!.added.map((rule) => ({ ...kept(rule, 'added'), state: 'partly', kept: 999 }));

/** The editor with its settings, which are told at every change. */
function Page({
  given,
  rows,
  tell,
}: {
  given: RuleSettings;
  rows: number;
  tell: (now: RuleSettings) => void;
}) {
  const [settings, setSettings] = useState(given);
  tell(settings);
  return (
    <RulesEditor generatorId="g" columns={COLUMNS} rows={rows} settings={settings} onChange={setSettings} />
  );
}

/** The editor and what it last said of its settings. */
function open(answer: (options: Options) => Promise<readonly TableRule[]>, given: object = {}, rows = 1000) {
  const findRules = vi.fn<Find>((_id, options) => answer(options!));
  const said: { settings: RuleSettings } = { settings: RuleSettings.parse(given) };
  const tell = (now: RuleSettings) => {
    said.settings = now;
  };
  const page = <Page given={said.settings} rows={rows} tell={tell} />;
  const view = renderPage(page, { generators: { findRules } });
  return { findRules, said, ...view };
}

const pass = (milliseconds = 500) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const lines = () =>
  within(screen.getByRole('table'))
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the rules of a table before its training', () => {
  it('are sought when the page is open, and listed with a switch each', async () => {
    const { findRules, said } = open(finding([kept(ORDER)]));
    expect(findRules).not.toHaveBeenCalled();
    await pass();
    expect(findRules).toHaveBeenCalledTimes(1);
    expect(lines()).toEqual(['a ≤ bOrder']);
    expect(screen.getByRole('cell', { name: /all 1,000 rows$/ })).toBeDefined();
    fireEvent.click(screen.getByRole('switch', { name: 'Keep: `a` ≤ `b`' }));
    expect(said.settings.off).toEqual([idOfRule(ORDER)]);
    expect(screen.getByText('Switched off')).toBeDefined();
    fireEvent.click(screen.getByRole('switch', { name: 'Keep: `a` ≤ `b`' }));
    expect(said.settings.off).toEqual([]);
  });

  it('of a long table are sought on request', async () => {
    const { findRules } = open(finding([]), {}, 1_000_000);
    await pass(10_000);
    expect(findRules).not.toHaveBeenCalled();
    expect(screen.getByText(/^Searching 3,000,000 values/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Look for rules now' }));
    await pass();
    expect(screen.getByText(/^No rule was found that every row keeps/)).toBeDefined();
  });

  it('end with the page, can be cancelled, and fail in a sentence', async () => {
    const signals: AbortSignal[] = [];
    const hanging = ({ signal }: Options) =>
      new Promise<readonly TableRule[]>((_, reject) => {
        signals.push(signal!);
        signal!.addEventListener('abort', () => reject(canceledError('The search for rules')));
      });
    const { unmount, findRules } = open(hanging);
    await pass();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await pass();
    findRules.mockImplementationOnce(async () => {
      throw new UserError('internal', 'The worker died.');
    });
    fireEvent.click(screen.getByRole('button', { name: 'Look for rules now' }));
    await pass();
    expect(screen.getByRole('alert').textContent).toContain('The worker died.');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await pass();
    unmount();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('are not sought where that is switched off; added ones are checked', async () => {
    const { findRules } = open(finding([kept(ORDER)]), { find: false, added: [ORDER] });
    await pass();
    expect(findRules.mock.calls.map(([, options]) => options!.rules!.find)).toEqual([false]);
    expect(lines()).toEqual(['a ≤ bOrder · added by you']);
    expect(screen.getByText('999 of 1,000 rows (99.90 %)')).toBeDefined();
    expect(screen.getByText(/^One original row breaks it/)).toBeDefined();
  });

  it('are removed if a person added them, and say what is wrong with them', async () => {
    const answer = async ({ rules }: Options) => {
      if (!rules!.find) throw new UserError('config/invalid', '“a” holds text.');
      return [];
    };
    const { said } = open(answer, { added: [ORDER] });
    await pass();
    expect(screen.getByRole('alert').textContent).toContain('`a` ≤ `b`: “a” holds text.');
    fireEvent.click(screen.getByRole('button', { name: 'Remove the rule' }));
    expect(said.settings.added).toEqual([]);
  });

  it('can be filtered by column when there are many', async () => {
    const many = Array.from({ length: 11 }, (_, k): Rule => ({ ...ORDER, high: `b${k}` }));
    open(finding(many.map((rule) => kept(rule))));
    await pass();
    expect(lines()).toHaveLength(11);
    fireEvent.change(screen.getByLabelText('Rules about'), { target: { value: 'b7' } });
    expect(lines()).toEqual(['a ≤ b7Order']);
  });

  it('are added by a form, after a check', async () => {
    const { said } = open(finding([kept(ORDER)]), { off: [idOfRule(ORDER)] });
    await pass();
    fireEvent.click(screen.getByRole('button', { name: 'Add a rule' }));
    const dialog = within(screen.getByRole('dialog'));
    fireEvent.change(dialog.getByLabelText('Kind of rule'), { target: { value: 'inequality' } });
    fireEvent.click(dialog.getByRole('button', { name: 'Check and add' }));
    expect(dialog.getByRole('alert').textContent).toContain('Choose every column.');
    fireEvent.change(dialog.getByLabelText('Low or early column'), { target: { value: 'a' } });
    fireEvent.change(dialog.getByLabelText('High or late column'), { target: { value: 'b' } });
    expect(within(dialog.getByRole('list', { name: 'The rule in words' })).getByText(/≤/)).toBeDefined();
    fireEvent.click(dialog.getByRole('button', { name: 'Check and add' }));
    await pass();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(said.settings).toEqual({ find: true, off: [], added: [ORDER] });
    expect(lines()).toEqual(['a ≤ bOrder · added by you']);
    fireEvent.click(screen.getByRole('button', { name: 'Remove: `a` ≤ `b`' }));
    expect(lines()).toEqual(['a ≤ bOrder']);
  });
});
