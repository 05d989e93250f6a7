import { readNumber } from '../domain/number-text';
import { type Setting, settingsOf } from '../domain/setting';
import { z } from '../domain/zod';

/** Settings by name while a person edits them: numbers are still text, null is empty text. */
export type SettingsDraft = Readonly<Record<string, string | boolean>>;

function defaultOf(schema: z.ZodObject, name: string): unknown {
  const field = schema.shape[name];
  const parsed = field instanceof z.ZodType ? field.safeParse(undefined) : null;
  return parsed?.success ? parsed.data : null;
}

/** The form of the settings in `values`. */
export function draftOf(schema: z.ZodObject, values: Readonly<Record<string, unknown>>): SettingsDraft {
  return Object.fromEntries(
    settingsOf(schema).map(({ name }) => {
      // A record from before there was this setting has its default.
      const value = (values[name] === undefined ? defaultOf(schema, name) : values[name]) ?? '';
      return [name, typeof value === 'boolean' ? value : String(value)];
    }),
  );
}

/**
 * Reads the settings of a schema out of a form, which may hold others, too.
 * @returns `values` is null while one cannot be read; `errors` says in a sentence why, by name
 */
export function readDraft<S extends z.ZodObject>(
  schema: S,
  draft: SettingsDraft,
): { values: Partial<z.output<S>> | null; errors: Readonly<Record<string, string>> } {
  const values: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const setting of settingsOf(schema)) {
    const read = readSetting(setting, draft[setting.name] ?? '');
    if ('error' in read) errors[setting.name] = read.error;
    else values[setting.name] = read.value;
  }
  const isValid = Object.keys(errors).length === 0;
  return { values: isValid ? (values as Partial<z.output<S>>) : null, errors };
}

function readSetting(setting: Setting, entry: string | boolean): { value: unknown } | { error: string } {
  const { value: kind } = setting;
  if (kind.type === 'number') {
    const read = readNumber(String(entry), kind);
    const problem = 'value' in read ? setting.check(read.value) : null;
    return problem === null ? read : { error: problem };
  }
  return { value: entry === '' && setting.nullable ? null : entry };
}
