import { z } from 'zod';
import { GeneratorConfig, SourceTableConfig } from '../../src/domain/generators';
import { parseConfig } from '../../src/domain/parse-config';
import { CsvDialect, type Source } from '../../src/domain/sources';
import { SyntheticDatasetConfig } from '../../src/domain/synthetic-datasets';
import type { JobOptions } from './options';

/**
 * `config.json`: all it takes, with the same files and version, to get the same bytes again. Files go by name and
 * not by path; ids belong to a session and are left out.
 */
export const JobConfig = z.strictObject({
  source: z.strictObject({ file: z.string(), dialect: CsvDialect.optional() }).optional(),
  holdout: z.strictObject({ file: z.string(), dialect: CsvDialect.optional() }).nullable().optional(),
  generator: GeneratorConfig.extend({
    tables: z.array(SourceTableConfig.omit({ sourceId: true, holdoutSourceId: true })).length(1),
  }).optional(),
  syntheticDataset: SyntheticDatasetConfig.omit({ generatorId: true }).optional(),
});
export type JobConfig = z.infer<typeof JobConfig>;

/**
 * Reads the text of a config.json.
 * @throws UserError `config/invalid` naming the field; SyntaxError if it is not JSON
 */
export function parseJobConfig(text: string): JobConfig {
  return parseConfig(JobConfig, JSON.parse(text), 'configuration file');
}

/** What was set, in the words of config.json. */
export function describeJob(
  source: Source,
  holdout: Source | null,
  generator: GeneratorConfig,
  syntheticDataset: SyntheticDatasetConfig,
): JobConfig {
  const { sourceId: _source, holdoutSourceId: _holdout, ...table } = generator.tables[0]!;
  const { generatorId: _generator, ...dataset } = syntheticDataset;
  return {
    source: { file: source.name, dialect: source.dialect },
    holdout: holdout && { file: holdout.name, dialect: holdout.dialect },
    generator: { ...generator, tables: [table] },
    syntheticDataset: dataset,
  };
}

/** The app's proposal, overridden by the configuration file, overridden by the command line. */
export function generatorConfig(
  proposal: GeneratorConfig,
  holdoutSourceId: string | null,
  config: JobConfig,
  options: JobOptions,
): GeneratorConfig {
  const proposed = proposal.tables[0]!;
  const base = config.generator ?? proposal;
  const table = base.tables[0]!;
  return {
    ...base,
    ...said({ randomState: options.seed }),
    tables: [
      {
        ...table,
        sourceId: proposed.sourceId,
        holdoutSourceId,
        tabularModelConfiguration: {
          ...table.tabularModelConfiguration,
          ...said({
            modelSize: options.modelSize,
            maxEpochs: options.maxEpochs,
            maxTrainingTime: options.maxMinutes,
            backend: options.backend,
            threads: options.threads,
          }),
        },
      },
    ],
  };
}

/** As `generatorConfig`, for the rows to generate. */
export function datasetConfig(
  proposal: SyntheticDatasetConfig,
  config: JobConfig,
  options: JobOptions,
): SyntheticDatasetConfig {
  const base = config.syntheticDataset ?? proposal;
  const table = base.tables[0]!;
  return {
    ...base,
    ...said({ randomState: options.seed }),
    generatorId: proposal.generatorId,
    tables: [
      {
        ...table,
        configuration: {
          ...table.configuration,
          ...said({
            sampleSize: options.rows,
            generationOrder: options.generationOrder,
            sampling: options.sampling,
          }),
        },
      },
    ],
  };
}

/** Only the fields with a value, so that spreading them overrides nothing that was not said. */
function said<T extends object>(fields: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<{ [K in keyof T]: Exclude<T[K], undefined> }>;
}
