import { describe, expect, it } from 'vitest';
import { GeneratorConfig } from '../domain/generators';
import { onlyTable } from '../domain/only-table';
import { defaultsOfDraft, draftOfDefaults, withModelDefaults } from './model-defaults';

const CONFIG = GeneratorConfig.parse({
  name: 'people',
  tables: [{ name: 'people', sourceId: 's', tableId: 't', primaryKey: null, columns: [] }],
});
const modelOf = (config: GeneratorConfig) => onlyTable(config).tabularModelConfiguration;

describe('defaults of new generators', () => {
  it("are kept only where they differ from the model's own", () => {
    expect(defaultsOfDraft(draftOfDefaults({}))).toEqual({});
    const defaults = { modelSize: 'L', threads: 2 };
    expect(defaultsOfDraft(draftOfDefaults(defaults))).toEqual(defaults);
    expect(defaultsOfDraft({ ...draftOfDefaults({}), maxEpochs: 'many' })).toBeNull();
  });

  it('go into a proposed configuration', () => {
    expect(modelOf(withModelDefaults(CONFIG, { modelSize: 'S', maxEpochs: 3 }))).toEqual({
      ...modelOf(CONFIG),
      modelSize: 'S',
      maxEpochs: 3,
    });
    expect(withModelDefaults(CONFIG, {})).toEqual(CONFIG);
  });

  it.each([
    { modelSize: 'XXL' },
    { maxEpochs: -1 },
    { threads: 'two' },
    { unknown: 1 },
    { valueProtection: false },
  ])('leave out what cannot be, and protection: %j', (defaults) => {
    expect(withModelDefaults(CONFIG, defaults)).toEqual(CONFIG);
  });
});
