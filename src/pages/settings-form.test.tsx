import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ArgnConfiguration } from '../../workers/engine/models/argn/family';
import { toy } from '../../workers/engine/models/testing/toy/family';
import { GeneratorConfig } from '../domain/generators';
import type { z } from '../domain/zod';
import { draftOf, readDraft, type SettingsDraft } from './settings-draft';
import { SettingsForm } from './settings-form';

const ARGN = draftOf(ArgnConfiguration, ArgnConfiguration.parse({ model: 'argn' }));
const TOY = draftOf(toy.configuration, toy.configuration.parse({ model: 'toy' }));

type Props = Omit<Parameters<typeof SettingsForm>[0], 'schema' | 'draft' | 'onChange'>;

function html(schema: z.ZodObject, draft: SettingsDraft, props: Props = {}): string {
  return renderToStaticMarkup(<SettingsForm schema={schema} draft={draft} onChange={() => {}} {...props} />);
}

/** The markup of one field, with its label. */
function field(markup: string, label: string): string {
  const part = markup.split('<div class="min-w-0">').find((text) => text.includes(`>${label}</label>`));
  if (part === undefined) throw new Error(`There is no field “${label}”.`);
  return part;
}

function SeedForm() {
  const [draft, setDraft] = useState<SettingsDraft>({ randomState: '7' });
  return <SettingsForm schema={GeneratorConfig} draft={draft} onChange={setDraft} />;
}

describe('the form of the default model', () => {
  it('has a field for every setting, in order, group by group', () => {
    const labels = (group: 'main' | 'compute' | 'outcome') =>
      [...html(ArgnConfiguration, ARGN, { group }).matchAll(/>([^<]+)<\/label>/g)].map(([, label]) => label);
    expect(labels('main')).toEqual([
      'Model size',
      'Epochs at most',
      'Minutes at most',
      'Rows at most',
      'Batch size',
      'Gradient accumulation',
    ]);
    expect(labels('compute')).toEqual(['Computed by', 'Threads']);
    expect(labels('outcome')).toEqual([
      'Value protection',
      'Rare below',
      'Rare categories become',
      'Privacy guard',
      'Flexible generation',
    ]);
  });

  it('names every field, its help and its error for a screen reader', () => {
    const markup = html(ArgnConfiguration, { ...ARGN, batchSize: '2' });
    const batch = field(markup, 'Batch size');
    const [, id] = /for="([^"]+)"/.exec(batch)!;
    expect(batch).toContain(`<input id="${id}"`);
    expect(batch).toContain(`aria-describedby="${id}-help"`);
    expect(batch).toContain('aria-invalid="true"');
    expect(batch).toContain(`<p id="${id}-help"`);
    expect(batch).toContain('Enter a whole number from 4 to 65,536.');
    expect(field(markup, 'Threads')).not.toContain('aria-invalid=');
  });

  it('shows null as empty with its text, and the choice that is made', () => {
    const markup = html(ArgnConfiguration, ARGN);
    expect(field(markup, 'Rows at most')).toMatch(
      /placeholder="All rows"[^>]*value=""|value=""[^>]*placeholder="All rows"/,
    );
    expect(field(markup, 'Model size')).toContain('<option value="M" selected="">Medium (default)</option>');
    expect(field(markup, 'Epochs at most')).toContain('inputMode="decimal"');
    expect(field(markup, 'Batch size')).toContain('inputMode="numeric"');
  });

  it('switches off what needs another setting', () => {
    const label = 'Rare categories become';
    expect(field(html(ArgnConfiguration, ARGN), label)).not.toMatch(/<select[^>]* disabled=/);
    const without = html(ArgnConfiguration, { ...ARGN, valueProtection: false });
    expect(field(without, label)).toMatch(/<select[^>]* disabled=/);
  });
});

describe('the form of any schema', () => {
  it('is made from it alone', () => {
    const markup = html(toy.configuration, TOY);
    expect(field(markup, 'Bins')).toMatch(/value="4"/);
    expect(field(markup, 'Smoothing')).toContain('placeholder="By the rows"');
    expect(field(markup, 'Tails')).toMatch(/<select[^>]* disabled=/);
    expect(markup).toContain('role="switch"');
    expect(markup).not.toContain('>hidden<');
  });

  it('says why a choice is not to be had', () => {
    const limits = { tails: { unavailable: ['keep'], reason: 'Not with so few rows.' } };
    const tails = field(html(toy.configuration, { ...TOY, exact: true }, { limits }), 'Tails');
    expect(tails).toMatch(/<option value="keep" disabled="">/);
    expect(tails).toContain('Not with so few rows.');
  });

  it('draws another seed on request', () => {
    render(<SeedForm />);
    const seed = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Random seed' }).value;
    const drawn = [seed()];
    for (let i = 0; i < 3; i++) {
      fireEvent.click(screen.getByRole('button', { name: 'New seed' }));
      drawn.push(seed());
    }
    expect(drawn[0]).toBe('7');
    expect(new Set(drawn).size).toBe(4);
    expect(readDraft(GeneratorConfig, { randomState: seed() }).values).toEqual({
      randomState: Number(seed()),
    });
  });

  it('is read back as the settings it shows', () => {
    const settings = { bins: 7, smoothing: 0.5, tails: 'keep', exact: true };
    const draft = draftOf(toy.configuration, settings);
    expect(draft).toMatchObject({ bins: '7', smoothing: '0.5' });
    expect(readDraft(toy.configuration, draft).values).toMatchObject(settings);
    expect(readDraft(toy.configuration, { ...draft, smoothing: '' }).values).toMatchObject({
      smoothing: null,
    });
    const { values, errors } = readDraft(toy.configuration, { ...draft, bins: '2.5', smoothing: '-1' });
    expect(values).toBeNull();
    expect(errors).toEqual({
      bins: 'Enter a whole number from 2 to 9.',
      smoothing: 'Enter a number of 0 or more.',
    });
  });
});
