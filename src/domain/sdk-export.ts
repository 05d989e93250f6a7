import type { ColumnConfig } from './columns';
import type { GeneratorConfig } from './generators';
import { describeGenerator, type JobConfig, parseJobConfig } from './job-configuration';
import type { ModelConfiguration } from './model-configuration';
import { familyOf } from './model-configuration';
import { onlyTable } from './only-table';
import { plainSchemaOf, privacyOf } from './private-training';
import type { Rule, RuleSettings } from './rules';
import { OWN_FIELD, SDK_MODELS } from './sdk-import';
import { settingsOf } from './setting';
import { SyntheticTableConfiguration } from './synthetic-datasets';

type Fields = Readonly<Record<string, unknown>>;
type Described = NonNullable<JobConfig['generator']>;
type DescribedDataset = NonNullable<JobConfig['syntheticDataset']>;

/** A configuration as the classes of the MOSTLY AI SDK take it (docs/sdk.md). */
export interface SdkConfiguration {
  /** With a field of our own for what the SDK has none for; the SDK ignores it. */
  readonly json: Fields;
  /** What of it the SDK does not know, in sentences; empty = it knows all. */
  readonly notes: readonly string[];
}

/** Settings of a model that the SDK calls the same. */
const MODEL_FIELDS = [
  ...['maxSampleSize', 'batchSize', 'gradientAccumulationSteps', 'maxTrainingTime', 'maxEpochs'],
  ...['enableFlexibleGeneration', 'valueProtection'],
] as const;
const GENERATION_FIELDS = ['sampleSize', 'samplingTemperature', 'samplingTopP', 'enableDataReport'] as const;

/** A generator's configuration (GeneratorConfig of the SDK). */
export function sdkGenerator(config: GeneratorConfig): SdkConfiguration {
  const described = parseJobConfig({ generator: describeGenerator(config) }).generator!;
  const { name, description, randomState } = described;
  const table = onlyTable(described);
  const columns = table.columns.filter(({ included }) => included);
  const key = columns.some((column) => column.name === table.primaryKey) ? table.primaryKey : null;
  const constraints = constraintsOf(table.name, table.rules, columns, key);
  const json = {
    name,
    ...(description !== undefined && { description }),
    randomState,
    tables: [
      {
        name: table.name,
        ...(key !== null && { primaryKey: key }),
        columns: columns.map((column) => ({
          name: column.name,
          modelEncodingType: column.modelEncodingType,
        })),
        tabularModelConfiguration: modelFields(table.tabularModelConfiguration),
      },
    ],
    ...(constraints.length > 0 && { constraints }),
  };
  const read = onlyTable(parseJobConfig(json).generator!);
  const { tabularModelConfiguration: model, ...others } = differing(read, table);
  const ownModel =
    model !== undefined && ownSettings(read.tabularModelConfiguration, table.tabularModelConfiguration);
  const own = { ...others, ...(ownModel !== false && { tabularModelConfiguration: ownModel }) };
  return {
    json: snakeFields({ ...json, ...(Object.keys(own).length > 0 && { [OWN_FIELD]: { tables: [own] } }) }),
    notes: generatorNotes(table, own),
  };
}

/** The configuration of a synthetic dataset (SyntheticDatasetConfig of the SDK). */
export function sdkDataset(config: DescribedDataset): SdkConfiguration {
  const { name, description, randomState } = config;
  const table = onlyTable(config);
  const { configuration } = table;
  const json = {
    name,
    ...(description !== undefined && { description }),
    randomState,
    tables: [{ name: table.name, configuration: picked(configuration, GENERATION_FIELDS) }],
  };
  const read = onlyTable(parseJobConfig(json).syntheticDataset!);
  const own = differing(read.configuration, configuration);
  const tables = [{ configuration: own }];
  return {
    json: snakeFields({ ...json, ...(Object.keys(own).length > 0 && { [OWN_FIELD]: { tables } }) }),
    notes: settingNotes(SyntheticTableConfiguration, own),
  };
}

function modelFields(configuration: ModelConfiguration): Fields {
  const settings: Fields = configuration;
  const privacy = privacyOf(configuration);
  const epsilon = privacy?.valueProtectionEpsilon ?? null;
  const size = configuration.model === 'argn' ? configuration.modelSize : 'M';
  return {
    model: SDK_MODELS[size],
    ...picked(settings, MODEL_FIELDS),
    // The SDK has no invented values; `_RARE_` is what it takes where nothing is said.
    rareCategoryReplacementMethod:
      settings['rareCategoryReplacementMethod'] === 'SAMPLE' ? 'SAMPLE' : 'CONSTANT',
    ...(privacy && {
      differentialPrivacy: {
        ...picked(privacy as unknown as Fields, ['maxEpsilon', 'delta', 'noiseMultiplier', 'maxGradNorm']),
        // Null there: not protected. A number is needed where values are.
        ...(configuration.valueProtection && epsilon !== null && { valueProtectionEpsilon: epsilon }),
      },
    }),
  };
}

/** Rules that the SDK keeps, too: two kinds, of types that go together, and each column in one of them alone. */
function constraintsOf(
  tableName: string,
  { added, find, off }: RuleSettings,
  columns: readonly ColumnConfig[],
  key: string | null,
): Fields[] {
  // Others of ours are kept whole, and none is told twice.
  if (!find || off.length > 0) return [];
  const types = new Map(columns.map(({ name, modelEncodingType }) => [name, modelEncodingType]));
  const used = new Set<string>(key === null ? [] : [key]);
  const constraints: Fields[] = [];
  for (const rule of added) {
    const names = constrainable(rule, types);
    if (!names || names.some((name) => used.has(name)) || new Set(names).size < names.length) return [];
    for (const name of names) used.add(name);
    const config =
      rule.kind === 'inequality' ? { lowColumn: rule.low, highColumn: rule.high } : { columns: names };
    const type = rule.kind === 'inequality' ? 'Inequality' : 'FixedCombinations';
    constraints.push({ type, config: { tableName, ...config } });
  }
  return constraints;
}

function constrainable(rule: Rule, types: ReadonlyMap<string, string>): readonly string[] | null {
  if (rule.kind === 'fixed-combinations') {
    const fits = ['AUTO', 'TABULAR_CATEGORICAL'];
    return rule.columns.every((name) => fits.includes(types.get(name) ?? '')) ? rule.columns : null;
  }
  if (rule.kind !== 'inequality' || rule.strict) return null;
  const [low, high] = [types.get(rule.low), types.get(rule.high)];
  if (low === undefined || high === undefined) return null;
  // Its inequalities are of dates as they are.
  if ([low, high].includes('TABULAR_DATETIME_RELATIVE')) return null;
  const kindOf = (type: string) => /^TABULAR_(NUMERIC|DATETIME)/.exec(type)?.[0] ?? type;
  const fits =
    low === 'AUTO' ||
    high === 'AUTO' ||
    (kindOf(low) === kindOf(high) && kindOf(low) !== low) ||
    (low === high && low === 'TABULAR_DATETIME');
  return fits ? [rule.low, rule.high] : null;
}

/** Sentences on what the SDK does without. */
function generatorNotes(table: Described['tables'][number], own: Fields): string[] {
  const notes: string[] = [];
  const { tabularModelConfiguration: model, rules } = table;
  const excluded = table.columns.filter(({ included }) => !included).map(({ name }) => `“${name}”`);
  if (excluded.length > 0) notes.push(`Columns that are left out are not named: ${excluded.join(', ')}.`);
  const written = table.columns.filter(({ writtenAs = 'auto' }) => writtenAs !== 'auto');
  if (written.length > 0)
    notes.push(
      `How columns are written that are not learned: ${written.map(({ name }) => `“${name}”`).join(', ')}. The SDK would learn them.`,
    );
  if ('primaryKey' in own)
    notes.push('The primary key is a column that is left out, and the SDK has none such.');
  if ('subjectColumns' in own)
    notes.push('By which columns rows are of one person: the SDK links tables by keys instead.');
  if ('rules' in own)
    notes.push(
      `Rules: the SDK has inequalities and fixed combinations alone, each column in one of them at most. ${rules.added.length} added and ${rules.off.length} switched off are kept here.`,
    );
  const settings = own['tabularModelConfiguration'] as Fields | undefined;
  if (!settings) return notes;
  if ('model' in settings)
    return [
      ...notes,
      `The model ${familyOf(model.model).title} is not in the SDK: MOSTLY_AI/Medium would learn instead${privacyOf(model) ? ', with the same ε and δ' : ''}.`,
    ];
  if (settings['rareCategoryReplacementMethod'] === 'INVENT')
    notes.push('Rare categories become invented values here and _RARE_ in the SDK.');
  if ('differentialPrivacy' in settings)
    notes.push(
      'ε for value domains: the SDK has no domains that are declared public, and none without protection.',
    );
  const { rareCategoryReplacementMethod: _rare, differentialPrivacy: _privacy, ...others } = settings;
  return [...notes, ...settingNotes(plainSchemaOf(familyOf(model.model)), others)];
}

/** One sentence for each setting that the SDK has no field for. */
function settingNotes(schema: Parameters<typeof settingsOf>[0], own: Fields): string[] {
  const titles = new Map(settingsOf(schema).map(({ name, title }) => [name, title]));
  return Object.entries(own).map(
    ([name, value]) => `${titles.get(name) ?? name} (${String(value)}): the SDK has no such setting.`,
  );
}

function ownSettings(read: ModelConfiguration, wanted: ModelConfiguration): Fields {
  return read.model === wanted.model ? differing(read, wanted) : wanted;
}

/** The fields of `wanted` that are others in `read`. */
function differing(read: object, wanted: object): Fields {
  const known: Fields = { ...read };
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name])),
  );
}

function picked(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.filter((name) => fields[name] != null).map((name) => [name, fields[name]]));
}

/** The same with names in snake case at every depth. */
function snakeFields(fields: Fields): Fields {
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    return typeof value === 'object' && value !== null ? snakeFields(value as Fields) : value;
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      renamed(value),
    ]),
  );
}
