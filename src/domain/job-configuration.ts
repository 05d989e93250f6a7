import { UserError } from './errors';
import { exportedDialect } from './exported-dialect';
import { GeneratorConfig, SourceTableConfig } from './generators';
import { maskData } from './names-of-data';
import { fromSdkDataset, fromSdkGenerator, isFields } from './sdk-import';
import { CutDialect, type Source } from './sources';
import { SyntheticDatasetConfig } from './synthetic-datasets';
import { parseConfig, z } from './zod';

/**
 * `config.json`: all it takes, with the same files and version, to get the same bytes again. Files go by name and
 * not by path; ids belong to a workspace and are left out.
 */
export const JobConfig = z.strictObject({
  source: z.strictObject({ file: z.string(), dialect: CutDialect.optional() }).optional(),
  holdout: z.strictObject({ file: z.string(), dialect: CutDialect.optional() }).nullable().optional(),
  generator: GeneratorConfig.extend({
    tables: z.array(SourceTableConfig.omit({ sourceId: true, tableId: true, holdoutSourceId: true })).min(1),
  }).optional(),
  syntheticDataset: SyntheticDatasetConfig.omit({ generatorId: true }).optional(),
});
export type JobConfig = z.infer<typeof JobConfig>;

/** A configuration that was read, and what of its file could not be taken over, in sentences. */
export interface ReadJobConfig {
  readonly config: JobConfig;
  readonly notes: readonly string[];
}

/**
 * Checks the JSON of a config.json, or of the configuration of a generator or synthetic dataset alone. Fields may be named as in the MOSTLY AI
 * SDK (`random_state`), and be those of the SDK (docs/sdk.md).
 * @throws UserError `config/invalid` naming the field
 */
export function parseConfiguration(json: unknown): ReadJobConfig {
  const named = camelCase(json);
  const what = 'configuration file';
  if (!isFields(named) || !('tables' in named))
    return { config: parseConfig(JobConfig, named, what), notes: [] };
  const isDataset =
    'generatorId' in named ||
    (Array.isArray(named['tables']) &&
      named['tables'].some((table) => isFields(table) && 'configuration' in table));
  const { config, notes } = isDataset ? fromSdkDataset(named) : fromSdkGenerator(named);
  return {
    config: parseConfig(JobConfig, isDataset ? { syntheticDataset: config } : { generator: config }, what),
    notes,
  };
}

/** As `parseConfiguration`, without the sentences. */
export function parseJobConfig(json: unknown): JobConfig {
  return parseConfiguration(json).config;
}

/** As `parseConfiguration`, of a text that describes a generator or a synthetic dataset. */
export function readConfiguration(text: string): ReadJobConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UserError('config/invalid', 'This is no configuration: it cannot be read as JSON.', { cause });
  }
  const read = parseConfiguration(json);
  if (read.config.generator || read.config.syntheticDataset) return read;
  throw new UserError(
    'config/invalid',
    'This configuration describes no generator and no synthetic dataset.',
  );
}

/** Whether a JSON text is to be a configuration, and no table: by the fields that each of them has. */
export function isConfiguration(text: string): boolean {
  let json: unknown;
  try {
    json = camelCase(JSON.parse(text));
  } catch {
    return false;
  }
  if (!isFields(json)) return false;
  if ('generator' in json || 'syntheticDataset' in json) return true;
  const tables = json['tables'];
  const isTable = (table: unknown) =>
    isFields(table) &&
    ('columns' in table || 'configuration' in table || 'tabularModelConfiguration' in table);
  return Array.isArray(tables) && tables.length > 0 && tables.every(isTable);
}

/** As `readConfiguration`, of a generator. */
export function readJobConfig(text: string): JobConfig {
  const { config } = readConfiguration(text);
  if (config.generator) return config;
  throw new UserError('config/invalid', 'This configuration describes no generator.');
}

/** The same with its fields in camel case. */
function camelCase(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(camelCase);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelCase(value),
    ]),
  );
}

/** A file in the words of config.json. */
export function describeFile({
  name,
  fileName = name,
  ...reading
}: Pick<Source, 'name' | 'fileName' | 'dialect' | 'chosen'>): NonNullable<JobConfig['source']> {
  return { file: maskData(fileName), dialect: exportedDialect(reading) };
}

/** A generator in the words of config.json. */
export function describeGenerator(generator: GeneratorConfig): NonNullable<JobConfig['generator']> {
  return {
    ...generator,
    tables: generator.tables.map(({ sourceId, tableId, holdoutSourceId, ...table }) => table),
  };
}
