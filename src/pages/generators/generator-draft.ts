import type { ColumnConfig } from '../../domain/columns';
import { GeneratorConfig } from '../../domain/generators';
import { familyOf, ModelConfiguration, type ModelId } from '../../domain/model-configuration';
import { ModelSettings } from '../../domain/model-settings';
import { onlyTable } from '../../domain/only-table';
import { columnsOfRule, type RuleSettings } from '../../domain/rules';
import { draftOf, readDraft, type SettingsDraft } from '../settings-draft';

/** A generator's configuration while a person edits it. */
export interface GeneratorDraft {
  readonly name: string;
  readonly columns: readonly ColumnConfig[];
  readonly primaryKey: string | null;
  /** As in the configuration of a table. */
  readonly subjectColumns: readonly string[] | null;
  readonly holdoutSourceId: string | null;
  readonly rules: RuleSettings;
  readonly model: ModelId;
  /** Of the model and of the generator itself. */
  readonly settings: SettingsDraft;
}

/**
 * The form of a configuration. Columns follow the source as it is now: settings are kept by name, new columns are
 * included, vanished ones are dropped.
 */
export function toDraft(config: GeneratorConfig, columnNames: readonly string[]): GeneratorDraft {
  const table = onlyTable(config);
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const { model } = table.tabularModelConfiguration;
  return {
    name: config.name,
    columns: columnNames.map(
      (name) => columns.get(name) ?? { name, included: true, modelEncodingType: 'AUTO' },
    ),
    primaryKey: table.primaryKey !== null && columnNames.includes(table.primaryKey) ? table.primaryKey : null,
    subjectColumns: subjectOf(table.subjectColumns, columnNames),
    holdoutSourceId: table.holdoutSourceId,
    rules: rulesOf(table.rules, columnNames),
    model,
    settings: {
      ...draftOf(GeneratorConfig, config),
      ...draftOf(familyOf(model).configuration, table.tabularModelConfiguration),
    },
  };
}

/** Without columns that have vanished; as found in the data if all have. */
function subjectOf(declared: readonly string[] | null, columnNames: readonly string[]): string[] | null {
  const known = declared?.filter((name) => columnNames.includes(name)) ?? [];
  return known.length === 0 && declared?.length !== 0 ? null : known;
}

/** Without the rules that name a column which has vanished. */
function rulesOf(rules: RuleSettings, columnNames: readonly string[]): RuleSettings {
  const known = new Set(columnNames);
  const added = rules.added.filter((rule) => columnsOfRule(rule).every((name) => known.has(name)));
  return added.length === rules.added.length ? rules : { ...rules, added };
}

/** The form for another model: its defaults, and what every model has as it was. */
export function switchModel(draft: GeneratorDraft, model: ModelId): GeneratorDraft {
  const defaults = draftOf(familyOf(model).configuration, ModelConfiguration.parse({ model }));
  const own = Object.entries(defaults).filter(([name]) => !(name in ModelSettings.shape));
  return { ...draft, model, settings: { ...draft.settings, ...Object.fromEntries(own) } };
}

/** The configuration of a form without errors; null while a setting cannot be read. */
export function fromDraft(draft: GeneratorDraft, config: GeneratorConfig): GeneratorConfig | null {
  const own = readDraft(GeneratorConfig, draft.settings).values;
  const model = readDraft(familyOf(draft.model).configuration, draft.settings).values;
  if (!own || !model) return null;
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
        tabularModelConfiguration: ModelConfiguration.parse({ ...model, model: draft.model }),
      },
    ],
  };
}
