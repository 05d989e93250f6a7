import { GeneratorConfig } from '../generators';
import { SyntheticDatasetConfig } from '../synthetic-datasets';

type Column = readonly [name: string, type?: string];

function generator(name: string, columns: readonly Column[], fields: object = {}, model: object = {}) {
  return GeneratorConfig.parse({
    name,
    randomState: 7,
    tables: [
      {
        name: 'table',
        ...{ sourceId: 's', tableId: 't' },
        columns: columns.map(([column, type = 'AUTO']) => ({ name: column, modelEncodingType: type })),
        tabularModelConfiguration: { rareCategoryReplacementMethod: 'CONSTANT', ...model },
        ...fields,
      },
    ],
  });
}

/** Generators whose settings the MOSTLY AI SDK has, too. */
export const SDK_GENERATORS: readonly GeneratorConfig[] = [
  {
    ...generator('Numbers', [
      ['age', 'TABULAR_NUMERIC_DISCRETE'],
      ['pay', 'TABULAR_NUMERIC_BINNED'],
      ['size', 'TABULAR_NUMERIC_AUTO'],
    ]),
    description: 'Numbers of each kind, “quoted”\nand on two lines',
  },
  generator(
    'Categories and dates',
    [['id'], ['städtë', 'TABULAR_CATEGORICAL'], ["o'clock", 'TABULAR_DATETIME'], ['free "text"']],
    { primaryKey: 'id' },
    { rareCategoryReplacementMethod: 'SAMPLE', modelSize: 'S', maxSampleSize: 5000 },
  ),
  generator(
    'Private',
    [['a'], ['b', 'TABULAR_CATEGORICAL']],
    {},
    {
      modelSize: 'L',
      differentialPrivacy: {
        maxEpsilon: 2.5,
        delta: 1e-7,
        noiseMultiplier: 1.1,
        maxGradNorm: 0.5,
        valueProtectionEpsilon: 0.25,
      },
    },
  ),
  generator(
    'Fixed order, long',
    [['a'], ['b']],
    {},
    {
      ...{ enableFlexibleGeneration: false, valueProtection: false, maxEpochs: 2.5, maxTrainingTime: 0.5 },
      ...{ batchSize: 64, gradientAccumulationSteps: 4 },
    },
  ),
  generator(
    'Rules',
    [['city'], ['region', 'TABULAR_CATEGORICAL'], ['start', 'TABULAR_DATETIME'], ['end', 'TABULAR_DATETIME']],
    {
      rules: {
        added: [
          { kind: 'fixed-combinations', columns: ['city', 'region'] },
          { kind: 'inequality', low: 'start', high: 'end', strict: false },
        ],
      },
    },
  ),
];

/** Generators with settings that the SDK does not have. */
export const OWN_GENERATORS: readonly GeneratorConfig[] = [
  generator(
    'Invented',
    [['a']],
    {},
    { rareCategoryReplacementMethod: 'INVENT', backend: 'wasm', threads: 2 },
  ),
  generator('Marginals', [['a']], {}, { model: 'marginals', maxEpsilon: 1, maxRowsPerSubject: 4 }),
  generator(
    'People',
    [['a'], ['b']],
    {
      subjectColumns: ['a'],
      columns: [{ name: 'a' }, { name: 'b' }, { name: 'left\nout', included: false }],
      rules: {
        find: false,
        added: [{ kind: 'inequality', low: 'a', high: 'b', strict: true }],
        off: ['["one-hot","a","b"]'],
      },
    },
    { differentialPrivacy: { valueProtectionEpsilon: null }, privacyGuard: false },
  ),
];

function dataset(name: string, configuration: object, fields: object = {}): SyntheticDatasetConfig {
  return SyntheticDatasetConfig.parse({
    ...{ name, generatorId: 'g', randomState: 9, tables: [{ name: 'table', configuration }] },
    ...fields,
  });
}

/** Synthetic datasets whose settings the SDK has, too. */
export const SDK_DATASETS: readonly SyntheticDatasetConfig[] = [
  dataset('As many as the table', {}),
  dataset('Many', { sampleSize: 1_000_000, enableDataReport: false }, { description: 'For a load test' }),
  dataset('Likely ones', { samplingTemperature: 0.7, samplingTopP: 0.95 }),
  dataset('Greedy', { samplingTemperature: 0, sampleSize: 1 }, { randomState: 0 }),
  dataset('Another seed', { samplingTopP: 0.9, samplingTemperature: 2 }, { randomState: 4_294_967_295 }),
];

/** Synthetic datasets with settings that the SDK does not have. */
export const OWN_DATASETS: readonly SyntheticDatasetConfig[] = [
  dataset('Own draws', { sampling: 'independent', generationOrder: 'random', sampleSize: 10 }),
];
