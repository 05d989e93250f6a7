import type { ColumnConfig } from '../../domain/columns';
import { GeneratorConfig } from '../../domain/generators';
import { familyOf, MODEL_FAMILIES, ModelConfiguration, type ModelId } from '../../domain/model-configuration';
import { ModelSettings } from '../../domain/model-settings';
import { onlyTable } from '../../domain/only-table';
import { isAlwaysPrivate, plainSchemaOf } from '../../domain/private-training';
import { columnsOfRule, type RuleSettings } from '../../domain/rules';
import { draftOf, readDraft, type SettingsDraft } from '../settings-draft';
import { type PrivacyDraft, readPrivacyDraft, toPrivacyDraft } from './privacy-draft';

/** A generator's configuration while a person edits it. */
export interface GeneratorDraft {
  readonly name: string;
  readonly columns: readonly ColumnConfig[];
  readonly primaryKey: string | null;
  /** As in the configuration of a table. */
  readonly subjectColumns: readonly string[] | null;
  readonly holdoutSourceId: string | null;
  readonly rules: RuleSettings;
  /** The model without differential privacy. */
  readonly model: ModelId;
  /** Of that model and of the generator itself. */
  readonly settings: SettingsDraft;
  readonly privacy: PrivacyDraft;
}

/** What is trained: the model, or with differential privacy its engine. */
export function trainedModel({ model, privacy }: Pick<GeneratorDraft, 'model' | 'privacy'>): ModelId {
  return privacy.isOn ? privacy.engine : model;
}

/** Families that can be trained without differential privacy. */
export const OPEN_FAMILIES = MODEL_FAMILIES.filter((family) => !isAlwaysPrivate(family));

/**
 * The form of a configuration. Columns follow the source as it is now: settings are kept by name, new columns are
 * included, vanished ones are dropped. Columns that rows of the same person share stay as declared: without one of
 * them fewer rows would be protected, so a person decides.
 */
export function toDraft(config: GeneratorConfig, columnNames: readonly string[]): GeneratorDraft {
  const table = onlyTable(config);
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const configuration = table.tabularModelConfiguration;
  const isOpen = OPEN_FAMILIES.some(({ id }) => id === configuration.model);
  const model = isOpen ? configuration.model : OPEN_FAMILIES[0]!.id;
  return {
    name: config.name,
    columns: columnNames.map(
      (name) => columns.get(name) ?? { name, included: true, modelEncodingType: 'AUTO' },
    ),
    primaryKey: table.primaryKey !== null && columnNames.includes(table.primaryKey) ? table.primaryKey : null,
    subjectColumns: table.subjectColumns,
    holdoutSourceId: table.holdoutSourceId,
    rules: rulesOf(table.rules, columnNames),
    model,
    settings: {
      ...draftOf(GeneratorConfig, config),
      ...defaultsOf(OPEN_FAMILIES.map(({ id }) => id)),
      ...defaultsOf([model]),
      ...draftOf(plainSchemaOf(familyOf(configuration.model)), configuration),
    },
    privacy: toPrivacyDraft(configuration),
  };
}

/** The forms of models as they are by default, all in one. */
function defaultsOf(models: readonly ModelId[]): SettingsDraft {
  return Object.assign(
    {},
    ...models.map((model) => draftOf(plainSchemaOf(familyOf(model)), ModelConfiguration.parse({ model }))),
  );
}

/** Without the rules that name a column which has vanished. */
function rulesOf(rules: RuleSettings, columnNames: readonly string[]): RuleSettings {
  const known = new Set(columnNames);
  const added = rules.added.filter((rule) => columnsOfRule(rule).every((name) => known.has(name)));
  return added.length === rules.added.length ? rules : { ...rules, added };
}

/** The form for another model: its defaults, and what every model has as it was. */
export function switchModel(draft: GeneratorDraft, model: ModelId): GeneratorDraft {
  const own = Object.entries(defaultsOf([model])).filter(([name]) => !(name in ModelSettings.shape));
  return { ...draft, model, settings: { ...draft.settings, ...Object.fromEntries(own) } };
}

/** The configuration of a form without errors; null while a setting cannot be read. */
export function fromDraft(draft: GeneratorDraft, config: GeneratorConfig): GeneratorConfig | null {
  const own = readDraft(GeneratorConfig, draft.settings).values;
  const model = trainedModel(draft);
  const privacy = draft.privacy.isOn ? readPrivacyDraft(draft.privacy).patch : {};
  const settings = readDraft(plainSchemaOf(familyOf(model)), draft.settings).values;
  if (!own || !settings || !privacy) return null;
  return {
    ...config,
    ...own,
    name: draft.name.trim() || config.name,
    tables: [
      {
        ...onlyTable(config),
        primaryKey: draft.primaryKey,
        subjectColumns: draft.subjectColumns && [...draft.subjectColumns],
        holdoutSourceId: draft.holdoutSourceId,
        rules: draft.rules,
        columns: [...draft.columns],
        tabularModelConfiguration: ModelConfiguration.parse({ ...settings, ...privacy, model }),
      },
    ],
  };
}
