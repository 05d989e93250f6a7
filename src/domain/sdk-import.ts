/** Configurations as the MOSTLY AI SDK has them (mostlyai.sdk.domain), in the words of ours (docs/sdk.md). */
import { ModelEncodingType } from './columns';
import { snakeCase } from './metrics';
import { MODEL_FAMILIES } from './model-configuration';
import { readRules } from './rule-import';

type Fields = Readonly<Record<string, unknown>>;

/** A configuration in our words, not checked yet, and what of it could not be taken over, in sentences. */
export interface SdkImport {
  readonly config: Fields;
  readonly notes: readonly string[];
}

/** Models of the SDK and the size of the same network here. */
export const SDK_MODELS = { S: 'MOSTLY_AI/Small', M: 'MOSTLY_AI/Medium', L: 'MOSTLY_AI/Large' } as const;

/** Where a configuration keeps what the SDK has no field for. */
export const OWN_FIELD = 'doppelgrid';

/** Fields that may be null for what they say; any other null stands for the default. */
const NULLS_THAT_SAY_SOMETHING = new Set([
  'valueProtectionEpsilon',
  'primaryKey',
  'subjectColumns',
  'sampleSize',
]);
/** Fields of the SDK that say nothing here, and the values that say nothing there. */
const WITHOUT_MEANING: Readonly<Record<string, readonly unknown[]>> = {
  ...{ maxSequenceWindow: [100], enableModelReport: [true], languageModelConfiguration: [], generatorId: [] },
  ...{ sourceId: [], tableId: [], holdoutSourceId: [], id: [] },
};
/** The same, of which nothing is told whatever they say. */
const SILENT = new Set([
  'languageModelConfiguration',
  'generatorId',
  'sourceId',
  'tableId',
  'holdoutSourceId',
  'id',
]);
/** What there is to say of fields of the SDK that do something there. */
const LOST: Readonly<Record<string, string>> = {
  maxSequenceWindow: 'Sequences are not learned here, so their window does nothing.',
  enableModelReport: 'Reports are of synthetic rows here: switch theirs off where rows are generated.',
  compute: 'Everything is computed in this browser.',
  sourceConnectorId: 'There are no connectors: bring in the file.',
  location: 'There are no connectors: bring in the file.',
  data: 'The rows in the configuration are not read: bring in the file.',
  foreignKeys: 'Tables are not linked here.',
  sampleSeedConnectorId: 'Rows cannot be completed from a seed here.',
  sampleSeedDict: 'Rows cannot be completed from a seed here.',
  sampleSeedData: 'Rows cannot be completed from a seed here.',
  rebalancing: 'Columns cannot be rebalanced here.',
  imputation: 'Missing values cannot be imputed here.',
  fairness: 'There is no fairness objective here.',
  delivery: 'Rows are downloaded here.',
  maxEpsilon: 'Without a limit ε would be anything: the default is taken.',
};

const TABLE = new Set([
  ...['name', 'primaryKey', 'subjectColumns', 'columns', 'rules', 'tabularModelConfiguration'],
]);
const MODEL = new Set(
  MODEL_FAMILIES.flatMap(({ configuration }) => Object.keys(configuration.shape as object)),
);
const GENERATION = new Set([
  ...['sampleSize', 'samplingTemperature', 'samplingTopP', 'generationOrder', 'sampling', 'enableDataReport'],
]);

/**
 * A generator's configuration, named as the SDK names it or as we do, with fields in camel case.
 * @throws UserError `config/invalid` for constraints that are none
 */
export function fromSdkGenerator(json: Fields): SdkImport {
  const notes: string[] = [];
  const { constraints, [OWN_FIELD]: own, tables, ...fields } = json;
  const config = kept(fields, new Set(['name', 'description', 'randomState']), notes);
  const rules = Array.isArray(constraints) && constraints.length > 0 ? readRules(constraints) : [];
  return {
    config: withOwn(
      {
        ...config,
        tables: mapped(tables, (table) => {
          const model = table['tabularModelConfiguration'];
          return {
            ...kept(table, TABLE, notes),
            ...(rules.length > 0 && { rules: { added: rules } }),
            ...(Array.isArray(table['columns']) && { columns: columnsOf(table['columns'], notes) }),
            ...(isFields(model) && { tabularModelConfiguration: modelOf(model, notes) }),
          };
        }),
      },
      own,
    ),
    notes,
  };
}

/** The same for a synthetic dataset. */
export function fromSdkDataset(json: Fields): SdkImport {
  const notes: string[] = [];
  const { [OWN_FIELD]: own, tables, ...fields } = json;
  const config = kept(fields, new Set(['name', 'description', 'randomState']), notes);
  return {
    config: withOwn(
      {
        ...config,
        tables: mapped(tables, ({ configuration, ...table }) => ({
          ...kept(table, new Set(['name']), notes),
          ...(isFields(configuration) && { configuration: kept(configuration, GENERATION, notes) }),
        })),
      },
      own,
    ),
    notes,
  };
}

function columnsOf(columns: readonly unknown[], notes: string[]): unknown[] {
  return columns.map((column) => {
    if (!isFields(column)) return column;
    const { modelEncodingType: type, ...fields } = column;
    if (type == null) return fields;
    if (
      ModelEncodingType.safeParse(type).success ||
      typeof type !== 'string' ||
      !/^(TABULAR|LANGUAGE)_/.test(type)
    )
      return column;
    notes.push(
      `“${String(column['name'])}” was ${type}, which is not to be had here: its type is decided from the data.`,
    );
    return { ...fields, modelEncodingType: 'AUTO' };
  });
}

function modelOf({ model, ...fields }: Fields, notes: string[]): Fields {
  const settings = kept(fields, MODEL, notes);
  const { differentialPrivacy: privacy } = settings;
  const common = {
    ...settings,
    ...(isFields(privacy) && { differentialPrivacy: withoutNulls(privacy, notes) }),
  };
  if (model == null || MODEL_FAMILIES.some(({ id }) => id === model))
    return { ...common, ...(model != null && { model }) };
  const size = Object.entries(SDK_MODELS).find(([, name]) => name === model)?.[0];
  if (size === undefined && !(typeof model === 'string' && model.includes('/'))) return { ...common, model };
  if (size === undefined)
    notes.push(`The model ${String(model)} is not here: TabularARGN of medium size learns instead.`);
  return { ...common, model: 'argn', modelSize: size ?? 'M' };
}

/** The fields of ours; the others are told of where they said something. */
function kept(fields: Fields, known: ReadonlySet<string>, notes: string[]): Fields {
  const entries = Object.entries(fields);
  for (const [name, value] of entries) {
    if (known.has(name) || SILENT.has(name) || value == null) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    if (WITHOUT_MEANING[name]?.includes(value)) continue;
    const field = Object.keys(snakeCase({ [name]: 0 }))[0];
    notes.push(`“${field}” is left out. ${LOST[name] ?? 'There is no such field here.'}`);
  }
  return withoutNulls(Object.fromEntries(entries.filter(([name]) => known.has(name))), notes);
}

function withoutNulls(fields: Fields, notes: string[]): Fields {
  if (fields['maxEpsilon'] === null) notes.push(LOST['maxEpsilon']!);
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== null || NULLS_THAT_SAY_SOMETHING.has(name)),
  );
}

/** Puts back what the SDK has no field for. */
function withOwn(config: Fields, own: unknown): Fields {
  if (!isFields(own)) return config;
  const tables = own['tables'];
  return {
    ...config,
    ...(Array.isArray(tables) &&
      Array.isArray(config['tables']) && {
        tables: config['tables'].map((table, i) => (isFields(table) ? merged(table, tables[i]) : table)),
      }),
  };
}

/** Settings of a model, and of rows, one by one; everything else whole. */
function merged(table: Fields, own: unknown): Fields {
  if (!isFields(own)) return table;
  const { tabularModelConfiguration: model, configuration, ...others } = own;
  const before = table['tabularModelConfiguration'];
  const isOther = isFields(model) && 'model' in model;
  return {
    ...table,
    ...others,
    ...(isFields(model) && {
      tabularModelConfiguration: isOther ? model : { ...(isFields(before) && before), ...model },
    }),
    ...(isFields(configuration) && {
      configuration: { ...(isFields(table['configuration']) && table['configuration']), ...configuration },
    }),
  };
}

function mapped(tables: unknown, map: (table: Fields) => Fields): unknown {
  return Array.isArray(tables)
    ? tables.map((table: unknown) => (isFields(table) ? map(table) : table))
    : tables;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
