import { describe, expect, it } from 'vitest';
import { UserError } from './errors';
import { GeneratorConfig } from './generators';
import { SyntheticDatasetConfig } from './synthetic-datasets';
import { parseConfig } from './zod';

const table = { name: 't', sourceId: 's', tableId: 't', columns: [{ name: 'a' }] };

describe('parseConfig', () => {
  it('fills in the defaults of the field', () => {
    const config = parseConfig(GeneratorConfig, { name: 'g', tables: [table] }, 'configuration');
    expect(config.tables[0]).toMatchObject({
      primaryKey: null,
      holdoutSourceId: null,
      columns: [{ name: 'a', included: true, modelEncodingType: 'AUTO' }],
      tabularModelConfiguration: {
        model: 'argn',
        modelSize: 'M',
        maxEpochs: 100,
        maxTrainingTime: 14_400,
        enableFlexibleGeneration: true,
        valueProtection: true,
        rareCategoryReplacementMethod: 'INVENT',
        backend: 'auto',
      },
    });
    const dataset = parseConfig(
      SyntheticDatasetConfig,
      { generatorId: 'g', name: 'd', tables: [{ name: 't' }] },
      'configuration',
    );
    expect(dataset.tables[0]!.configuration).toMatchObject({
      samplingTemperature: 1,
      samplingTopP: 1,
      generationOrder: null,
      sampling: 'balanced',
    });
  });

  it('names the offending field', () => {
    const wrong = { name: 'g', tables: [{ ...table, tabularModelConfiguration: { batchSize: 0 } }] };
    const attempt = () => parseConfig(GeneratorConfig, wrong, 'generator configuration');
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(/tables\.0\.tabularModelConfiguration\.batchSize/);
  });

  it('survives a round trip through JSON', () => {
    const config = parseConfig(GeneratorConfig, { name: 'g', tables: [table] }, 'configuration');
    expect(parseConfig(GeneratorConfig, JSON.parse(JSON.stringify(config)), 'configuration')).toEqual(config);
  });
});
