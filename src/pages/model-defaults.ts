import type { GeneratorConfig } from '../domain/generators';
import { familyOf, ModelConfiguration } from '../domain/model-configuration';
import { plainSchemaOf } from '../domain/private-training';
import { settingsOf } from '../domain/setting';
import { draftOf, readDraft, type SettingsDraft } from './settings-draft';

/** Settings by name as they are kept: only those that differ from what their family says. */
export type ModelDefaults = Readonly<Record<string, unknown>>;

const BASE = ModelConfiguration.parse({ model: 'argn' });
const SCHEMA = plainSchemaOf(familyOf(BASE.model));

/** Protection is decided for each table, never once for all. */
const PER_TABLE = ['valueProtection', 'privacyGuard'];

/** The settings of the default model that can have a default of the person's own. */
export const MODEL_DEFAULTS_SCHEMA = SCHEMA.omit(
  Object.fromEntries(PER_TABLE.map((name) => [name, true])) as Record<string, true>,
);

/** The form of a person's defaults. */
export function draftOfDefaults(defaults: ModelDefaults): SettingsDraft {
  return draftOf(MODEL_DEFAULTS_SCHEMA, { ...BASE, ...readable(defaults) });
}

/** What a form differs in from the family's own defaults; null while it cannot be read. */
export function defaultsOfDraft(draft: SettingsDraft): ModelDefaults | null {
  const { values } = readDraft(MODEL_DEFAULTS_SCHEMA, draft);
  if (!values) return null;
  const base: Readonly<Record<string, unknown>> = BASE;
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== base[name]));
}

/** A proposed configuration with a person's defaults in it, where its tables learn by the default model. */
export function withModelDefaults(config: GeneratorConfig, defaults: ModelDefaults): GeneratorConfig {
  return {
    ...config,
    tables: config.tables.map((table) => {
      const proposed = table.tabularModelConfiguration;
      if (proposed.model !== BASE.model) return table;
      const tabularModelConfiguration = ModelConfiguration.parse({ ...proposed, ...readable(defaults) });
      return { ...table, tabularModelConfiguration };
    }),
  };
}

/** Those that are settings still, with values in their range. */
function readable(defaults: ModelDefaults): ModelDefaults {
  const known = settingsOf(MODEL_DEFAULTS_SCHEMA).filter(
    ({ name, check }) => name in defaults && check(defaults[name]) === null,
  );
  return Object.fromEntries(known.map(({ name }) => [name, defaults[name]]));
}
