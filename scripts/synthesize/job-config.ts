import type { GeneratorColumn, GeneratorConfig } from '../../src/domain/generators';
import { describeFile, describeGenerator, type JobConfig } from '../../src/domain/job-configuration';
import { familyOf, ModelConfiguration } from '../../src/domain/model-configuration';
import { onlyTable } from '../../src/domain/only-table';
import {
  privacyOf,
  privacyPatch,
  privacyProblem,
  withModelInPrivate,
} from '../../src/domain/private-training';
import { idOfRule, type Rule, type RuleSettings } from '../../src/domain/rules';
import type { Source } from '../../src/domain/sources';
import type { SyntheticDatasetConfig } from '../../src/domain/synthetic-datasets';
import { decisionFacts } from '../../src/domain/unlearned-words';
import { parseConfig } from '../../src/domain/zod';
import { privacySettings, trainingSettings } from './model-options';
import type { JobOptions } from './options';
import { InputError } from './setting-options';
import { readSubject } from './subject-option';
import { readTargets } from './target-option';

/** What was set, in the words of config.json, and what was decided of each column: that is not read again. */
export function describeJob(
  source: Source,
  holdout: Source | null,
  generator: GeneratorConfig,
  syntheticDataset: SyntheticDatasetConfig,
  columns: readonly GeneratorColumn[] = [],
): JobConfig {
  const { generatorId: _generator, ...dataset } = syntheticDataset;
  return {
    source: describeFile(source),
    holdout: holdout && describeFile(holdout),
    generator: withDecisions(describeGenerator(generator), columns),
    syntheticDataset: dataset,
  };
}

function withDecisions(
  config: NonNullable<JobConfig['generator']>,
  columns: readonly GeneratorColumn[],
): NonNullable<JobConfig['generator']> {
  const decisions = new Map(columns.map(({ name, decision }) => [name, decisionFacts(decision)]));
  const tables = config.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const decision = decisions.get(column.name);
      return decision ? { ...column, decision } : column;
    }),
  }));
  return { ...config, tables };
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
  if (problem) throw new InputError(`${problem} Say so with --value-protection-epsilon and --max-epsilon.`);
  return settings;
}

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
  names: readonly string[],
): SyntheticDatasetConfig {
  const base = config.syntheticDataset ?? proposal;
  const table = onlyTable(base);
  const targets = options.target === undefined ? {} : { targets: readTargets(options.target, names) };
  return {
    ...base,
    ...options.seed,
    generatorId: proposal.generatorId,
    tables: [{ ...table, configuration: { ...table.configuration, ...options.generation, ...targets } }],
  };
}
