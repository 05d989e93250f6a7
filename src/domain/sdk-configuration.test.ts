import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelEncodingType } from './columns';
import { UserError } from './errors';
import { GeneratorConfig } from './generators';
import { describeGenerator, parseConfiguration, readConfiguration } from './job-configuration';
import { sdkDataset, sdkGenerator } from './sdk-export';
import { datasetSnippet, generatorSnippet } from './sdk-snippet';
import type { CsvDialect } from './sources';
import type { SyntheticDatasetConfig } from './synthetic-datasets';
import { OWN_DATASETS, OWN_GENERATORS, SDK_DATASETS, SDK_GENERATORS } from './testing/sdk-configurations';
import fixture from './testing/sdk-round-trip.json';

/** What the classes of the SDK made of what is exported here: `model_dump` of each, by its kind and name. */
const LOADED = new Map(fixture.configurations.map((entry) => [`${entry.kind} ${entry.name}`, entry]));
const loaded = (kind: string, { name }: { readonly name: string }) => LOADED.get(`${kind} ${name}`)!;

function described({ generatorId: _id, ...dataset }: SyntheticDatasetConfig) {
  return dataset;
}

const names = <T extends { readonly name: string }>(configs: readonly T[]) =>
  configs.map((config) => [config.name, config] as const);

describe('generators in the classes of the MOSTLY AI SDK', () => {
  it.each(names([...SDK_GENERATORS, ...OWN_GENERATORS]))(
    '%s: what is exported is what they loaded',
    (_name, config) => {
      expect(sdkGenerator(config).json).toEqual(loaded('generator', config).exported);
    },
  );

  it.each(names(SDK_GENERATORS))('%s comes back equal, with nothing to be told', (_name, config) => {
    const { config: read, notes } = parseConfiguration(loaded('generator', config).sdk);
    expect(read).toEqual({ generator: describeGenerator(config) });
    expect([...notes, ...sdkGenerator(config).notes]).toEqual([]);
  });

  it.each(names(OWN_GENERATORS))(
    '%s comes back equal from what is exported, and the SDK’s lacks are told',
    (_name, config) => {
      const { json, notes } = sdkGenerator(config);
      const back = readConfiguration(JSON.stringify(json));
      expect(back).toEqual({ config: { generator: describeGenerator(config) }, notes: [] });
      expect(notes).not.toEqual([]);
    },
  );

  it.each(ModelEncodingType.options)('a column of type %s keeps it, both ways', (modelEncodingType) => {
    const [config] = SDK_GENERATORS;
    const [table] = config!.tables;
    const columns = [{ name: 'c', included: true, modelEncodingType }];
    const { json, notes } = sdkGenerator({ ...config!, tables: [{ ...table!, columns, primaryKey: null }] });
    expect(json).toMatchObject({ tables: [{ columns: [{ model_encoding_type: modelEncodingType }] }] });
    const { config: read, notes: lost } = readConfiguration(JSON.stringify(json));
    expect(read.generator?.tables[0]?.columns).toEqual(columns);
    expect([...notes, ...lost]).toEqual([]);
  });

  it('tells what the SDK does without', () => {
    expect(OWN_GENERATORS.map((config) => sdkGenerator(config).notes)).toMatchInlineSnapshot(`
      [
        [
          "Rare categories become invented values here and _RARE_ in the SDK.",
          "Computed by (wasm): the SDK has no such setting.",
          "Threads (2): the SDK has no such setting.",
        ],
        [
          "The model Private marginals is not in the SDK: MOSTLY_AI/Medium would learn instead, with the same ε and δ.",
        ],
        [
          "Columns that are left out are not named: “left
      out”.",
          "By which columns rows are of one person: the SDK links tables by keys instead.",
          "Rules: the SDK has inequalities and fixed combinations alone, each column in one of them at most. 1 added and 1 switched off are kept here.",
          "ε for value domains: the SDK has no domains that are declared public, and none without protection.",
          "Privacy guard (false): the SDK has no such setting.",
        ],
      ]
    `);
  });
});

describe('synthetic datasets in the classes of the MOSTLY AI SDK', () => {
  it.each(names([...SDK_DATASETS, ...OWN_DATASETS]))(
    '%s: what is exported is what they loaded',
    (_name, config) => {
      expect(sdkDataset(config).json).toEqual(loaded('synthetic-dataset', config).exported);
    },
  );

  it.each(names(SDK_DATASETS))('%s comes back equal, with nothing to be told', (_name, config) => {
    const { config: read, notes } = parseConfiguration(loaded('synthetic-dataset', config).sdk);
    expect(read).toEqual({ syntheticDataset: described(config) });
    expect([...notes, ...sdkDataset(config).notes]).toEqual([]);
  });

  it.each(names(OWN_DATASETS))('%s comes back equal from what is exported', (_name, config) => {
    const { json, notes } = sdkDataset(config);
    expect(readConfiguration(JSON.stringify(json)).config).toEqual({ syntheticDataset: described(config) });
    expect(notes).toEqual([
      'Column order (random): the SDK has no such setting.',
      'Draws (independent): the SDK has no such setting.',
    ]);
  });
});

describe('configurations of the SDK', () => {
  it('lose nothing without a word', () => {
    const { config, notes } = parseConfiguration({
      name: 'theirs',
      tables: [
        {
          ...{ name: 'visits', source_connector_id: 'c1', location: 'bucket/visits', data: null },
          primary_key: null,
          foreign_keys: [{ column: 'who', referenced_table: 'people', is_context: true }],
          columns: [
            { name: 'who', model_encoding_type: null },
            { name: 'note', model_encoding_type: 'LANGUAGE_TEXT' },
          ],
          tabular_model_configuration: {
            ...{ model: 'microsoft/phi-1_5', max_sequence_window: 10, max_epochs: null, compute: 'gpu' },
            differential_privacy: { max_epsilon: null, noise_multiplier: 2 },
            something: 1,
          },
        },
      ],
    });
    expect(config.generator!.tables[0]!.columns).toEqual([
      { name: 'who', included: true, modelEncodingType: 'AUTO' },
      { name: 'note', included: true, modelEncodingType: 'AUTO' },
    ]);
    expect(notes).toMatchInlineSnapshot(`
      [
        "“source_connector_id” is left out. There are no connectors: bring in the file.",
        "“location” is left out. There are no connectors: bring in the file.",
        "“foreign_keys” is left out. Tables are not linked here.",
        "“note” was LANGUAGE_TEXT, which is not to be had here: its type is decided from the data.",
        "“max_sequence_window” is left out. Sequences are not learned here, so their window does nothing.",
        "“compute” is left out. Everything is computed in this browser.",
        "“something” is left out. There is no such field here.",
        "Without a limit ε would be anything: the default is taken.",
        "The model microsoft/phi-1_5 is not here: TabularARGN of medium size learns instead.",
      ]
    `);
    const dataset = {
      ...{ generator_id: 'g', name: 'rows', delivery: { location: 'x' } },
      tables: [
        { name: 'visits', configuration: { imputation: { columns: ['a'] }, sample_seed_dict: 'e30=' } },
      ],
    };
    expect(parseConfiguration(dataset).notes).toEqual([
      '“delivery” is left out. Rows are downloaded here.',
      '“imputation” is left out. Missing values cannot be imputed here.',
      '“sample_seed_dict” is left out. Rows cannot be completed from a seed here.',
    ]);
  });

  it('are read or refused with a sentence, whatever they are', () => {
    const tables = fc.array(
      fc.dictionary(
        fc.constantFrom(
          'name',
          'columns',
          'configuration',
          'tabular_model_configuration',
          'foreign_keys',
          'x',
        ),
        fc.jsonValue({ maxDepth: 2 }),
      ),
    );
    const names = fc.constantFrom(
      'name',
      'tables',
      'constraints',
      'doppelgrid',
      'generator_id',
      'random_state',
    );
    const json = fc.dictionary(names, fc.oneof(fc.jsonValue({ maxDepth: 3 }), tables, fc.record({ tables })));
    fc.assert(
      fc.property(json, (configuration) => {
        try {
          expect(parseConfiguration(configuration).config).toBeTypeOf('object');
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });

  it('with a model that is neither theirs nor ours are refused, as before', () => {
    const table = { name: 't', columns: [], tabular_model_configuration: { model: 'gan' } };
    expect(() => parseConfiguration({ name: 'a', tables: [table] })).toThrow('there is no such model');
  });
});

describe('snippets', () => {
  const [first] = SDK_GENERATORS;

  it('read the file as it was read here', () => {
    const dialect: CsvDialect = {
      ...{ encoding: 'windows-1252', quote: '"', header: true, skipLines: 2, nullValues: [''] },
      ...{ delimiter: ';', decimal: ',' },
    };
    const text = generatorSnippet(sdkGenerator(first!), {
      file: 'a "b".csv',
      dialect,
    });
    expect(text).toContain(
      'pd.read_csv("a \\"b\\".csv", sep=";", decimal=",", encoding="cp1252", skiprows=2)\n',
    );
    expect(text).not.toContain('left out');
  });

  it('say in comments of one line each what is left out, whatever columns are called', () => {
    const config = OWN_GENERATORS.find(({ name }) => name === 'People')!;
    const lines = generatorSnippet(sdkGenerator(config), { file: 'a.csv' }).split('\n');
    const end = lines.indexOf('import pandas as pd');
    expect(lines.slice(0, end).every((line) => line.startsWith('#'))).toBe(true);
    expect(lines.slice(0, end).join('\n')).toContain('“left out”');
    expect(lines.join('\n')).not.toContain('doppelgrid');
    expect(datasetSnippet(sdkDataset(OWN_DATASETS[0]!))).toContain('# - Draws (independent)');
  });

  it('of any generator are of a configuration that is one here, too', () => {
    for (const config of [...SDK_GENERATORS, ...OWN_GENERATORS]) {
      const { config: read } = parseConfiguration(sdkGenerator(config).json);
      const tables = read.generator!.tables.map((table) => ({ ...table, sourceId: 's', tableId: 't' }));
      expect(GeneratorConfig.safeParse({ ...read.generator, tables }).success).toBe(true);
    }
  });
});
