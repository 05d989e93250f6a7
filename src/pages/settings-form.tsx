import { Button } from '../components/button';
import { SelectField, SwitchField, TextField } from '../components/field';
import { type Setting, type SettingGroup, settingsOf } from '../domain/setting';
import type { z } from '../domain/zod';
import { readDraft, type SettingsDraft } from './settings-draft';

/** Choices that are not to be had now, and the sentence that says why instead of the help. */
export interface SettingLimit {
  readonly unavailable: readonly string[];
  readonly reason: string;
}

/**
 * One field for each setting of a schema, to stand in a grid: a switch, a list of choices, or a number. Labels, help
 * and bounds are the schema's (src/domain/setting.ts).
 */
export function SettingsForm(props: {
  readonly schema: z.ZodObject;
  readonly draft: SettingsDraft;
  readonly onChange: (draft: SettingsDraft) => void;
  /** Only the settings of this group. */
  readonly group?: SettingGroup;
  /** By the name of the setting. */
  readonly limits?: Readonly<Record<string, SettingLimit>>;
}) {
  const { draft, group } = props;
  const { errors } = readDraft(props.schema, draft);
  return settingsOf(props.schema)
    .filter((setting) => group === undefined || setting.group === group)
    .map((setting) => (
      <SettingField
        key={setting.name}
        setting={setting}
        entry={draft[setting.name] ?? ''}
        error={errors[setting.name] ?? null}
        limit={props.limits?.[setting.name]}
        disabled={setting.needs !== undefined && draft[setting.needs] === false}
        onChange={(entry) => props.onChange({ ...draft, [setting.name]: entry })}
      />
    ));
}

function SettingField(props: {
  readonly setting: Setting;
  readonly entry: string | boolean;
  readonly error: string | null;
  readonly limit: SettingLimit | undefined;
  readonly disabled: boolean;
  readonly onChange: (entry: string | boolean) => void;
}) {
  const { setting, entry, error, limit, disabled, onChange } = props;
  const { value, title: label, description, nullable, nullText, redraw } = setting;
  const common = { label, help: limit?.reason ?? description, disabled, onChange };
  if (value.type === 'switch') return <SwitchField {...common} value={entry === true} />;
  if (value.type === 'number') {
    return (
      <TextField
        {...common}
        value={String(entry)}
        error={error}
        placeholder={nullText}
        inputMode={value.integer ? 'numeric' : 'decimal'}
        action={
          redraw !== undefined && (
            <Button
              className="shrink-0"
              disabled={disabled}
              onClick={() => onChange(String(setting.fallback()))}
            >
              {redraw}
            </Button>
          )
        }
      />
    );
  }
  const none = nullable && nullText !== undefined ? [{ value: '', label: nullText }] : [];
  return (
    <SelectField
      {...common}
      value={String(entry)}
      options={[...none, ...value.choices].map((choice) => ({
        ...choice,
        disabled: limit?.unavailable.includes(choice.value),
      }))}
    />
  );
}
