import { GeneratorConfig, SourceTableConfig } from './generators';
import { maskData } from './names-of-data';
import { CsvDialect, type Source } from './sources';
import { SyntheticDatasetConfig } from './synthetic-datasets';
import { parseConfig, z } from './zod';

/**
 * `config.json`: all it takes, with the same files and version, to get the same bytes again. Files go by name and
 * not by path; ids belong to a workspace and are left out.
 */
export const JobConfig = z.strictObject({
  source: z.strictObject({ file: z.string(), dialect: CsvDialect.optional() }).optional(),
  holdout: z.strictObject({ file: z.string(), dialect: CsvDialect.optional() }).nullable().optional(),
  generator: GeneratorConfig.extend({
    tables: z.array(SourceTableConfig.omit({ sourceId: true, tableId: true, holdoutSourceId: true })).min(1),
  }).optional(),
  syntheticDataset: SyntheticDatasetConfig.omit({ generatorId: true }).optional(),
});
export type JobConfig = z.infer<typeof JobConfig>;

/**
 * Checks the JSON of a config.json.
 * @throws UserError `config/invalid` naming the field
 */
export function parseJobConfig(json: unknown): JobConfig {
  return parseConfig(JobConfig, json, 'configuration file');
}

/** A file in the words of config.json. */
export function describeFile({
  name,
  dialect,
}: Pick<Source, 'name' | 'dialect'>): NonNullable<JobConfig['source']> {
  return { file: maskData(name), dialect };
}

/** A generator in the words of config.json. */
export function describeGenerator(generator: GeneratorConfig): NonNullable<JobConfig['generator']> {
  return {
    ...generator,
    tables: generator.tables.map(({ sourceId, tableId, holdoutSourceId, ...table }) => table),
  };
}
