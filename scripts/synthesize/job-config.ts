import { GeneratorConfig, SourceTableConfig } from '../../src/domain/generators';
import { familyOf, ModelConfiguration } from '../../src/domain/model-configuration';
import { maskData } from '../../src/domain/names-of-data';
import { onlyTable } from '../../src/domain/only-table';
import {
  type PrivacyProblem,
  privacyOf,
  privacyPatch,
  privacyProblem,
  withModelInPrivate,
} from '../../src/domain/private-training';
import { idOfRule, type Rule, type RuleSettings } from '../../src/domain/rules';
import { CsvDialect, type Source } from '../../src/domain/sources';
import { SyntheticDatasetConfig } from '../../src/domain/synthetic-datasets';
import { parseConfig, z } from '../../src/domain/zod';
import { privacySettings, trainingSettings } from './model-options';
import type { JobOptions } from './options';
import { InputError } from './setting-options';
import { readSubject } from './subject-option';

/**
 * `config.json`: all it takes, with the same files and version, to get the same bytes again. Files go by name and
 * not by path; ids belong to a session and are left out.
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

/** What was set, in the words of config.json. */
export function describeJob(
  source: Source,
  holdout: Source | null,
  generator: GeneratorConfig,
  syntheticDataset: SyntheticDatasetConfig,
): JobConfig {
  const { generatorId: _generator, ...dataset } = syntheticDataset;
  return {
    source: { file: maskData(source.name), dialect: source.dialect },
    holdout: holdout && { file: maskData(holdout.name), dialect: holdout.dialect },
    generator: {
      ...generator,
      tables: generator.tables.map(({ sourceId, tableId, holdoutSourceId, ...table }) => table),
    },
    syntheticDataset: dataset,
  };
}

/**
 * The settings of the model: the app's, overridden by the configuration file, overridden by the command line.
 * @throws InputError for an option that the model does not have, and for a private training that could not begin
 */
export function modelSettings(
  proposed: ModelConfiguration,
  config: JobConfig,
  options: JobOptions,
): ModelConfiguration {
  const base = config.generator ? onlyTable(config.generator).tabularModelConfiguration : proposed;
  const model = options.model ?? base.model;
  const other = withModelInPrivate(base, model);
  const settings = parseConfig(
    ModelConfiguration,
    { ...other, ...trainingSettings(options, model), ...privacyOptions(other, options) },
    'configuration of the model',
  );
  const problem = privacyProblem(settings);
  if (problem) throw new InputError(`${problem.sentence} ${REMEDIES[problem.kind]}`);
  return settings;
}

/** What to say on the command line. */
const REMEDIES: Readonly<Record<PrivacyProblem['kind'], string>> = {
  undeclared: 'Say --value-protection-epsilon public, or --model marginals.',
  exhausted: 'Say so with --value-protection-epsilon and --max-epsilon.',
};

/** The privacy of a configuration with what the options say of it. */
function privacyOptions(configuration: ModelConfiguration, options: JobOptions): object {
  const { model } = configuration;
  const given = privacySettings(options, model);
  if (given === undefined) return {};
  return privacyPatch(familyOf(model), given && { ...privacyOf(configuration), ...given });
}

/**
 * The rules of the configuration file, without them if `--no-rules` says so, and with those of `--rules`.
 * @param added rules of the file that `--rules` names
 */
function ruleSettings(base: RuleSettings, { noRules }: JobOptions, added: readonly Rule[]): RuleSettings {
  const { find, off, added: own } = noRules ? { find: false, off: [], added: [] } : base;
  const ids = new Set(added.map(idOfRule));
  return {
    find,
    off: off.filter((id) => !ids.has(id)),
    added: [...own.filter((rule) => !ids.has(idOfRule(rule))), ...added],
  };
}

/**
 * As `modelSettings`, for the whole generator.
 * @throws InputError as `readSubject`
 */
export function generatorConfig(
  proposal: GeneratorConfig,
  holdoutSourceId: string | null,
  config: JobConfig,
  options: JobOptions,
  addedRules: readonly Rule[] = [],
): GeneratorConfig {
  const { sourceId, tableId, tabularModelConfiguration } = onlyTable(proposal);
  const base = config.generator ?? proposal;
  const names = onlyTable(proposal).columns.map(({ name }) => name);
  return {
    ...base,
    ...options.seed,
    tables: [
      {
        ...onlyTable(base),
        ...(options.subject === undefined ? {} : { subjectColumns: readSubject(options.subject, names) }),
        sourceId,
        tableId,
        holdoutSourceId,
        rules: ruleSettings(onlyTable(base).rules, options, addedRules),
        tabularModelConfiguration: modelSettings(tabularModelConfiguration, config, options),
      },
    ],
  };
}

/** As `modelSettings`, for the rows to generate. */
export function datasetConfig(
  proposal: SyntheticDatasetConfig,
  config: JobConfig,
  options: JobOptions,
): SyntheticDatasetConfig {
  const base = config.syntheticDataset ?? proposal;
  const table = onlyTable(base);
  return {
    ...base,
    ...options.seed,
    generatorId: proposal.generatorId,
    tables: [{ ...table, configuration: { ...table.configuration, ...options.generation } }],
  };
}
