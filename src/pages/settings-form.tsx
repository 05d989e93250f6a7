import { Button } from '../components/button';
import { SelectField, SwitchField, TextField } from '../components/field';
import { type Setting, type SettingGroup, settingsOf } from '../domain/setting';
import type { z } from '../domain/zod';
import { readDraft, type SettingsDraft } from './settings-draft';

/** Choices that are not to be had now, or a setting that does nothing, and the sentence that says so instead of the help. */
export interface SettingLimit {
  readonly unavailable?: readonly string[];
  readonly isIdle?: boolean;
  readonly reason: string;
}

type Limits = Readonly<Record<string, SettingLimit>>;

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
  /** Only those that few people need, or only the others. */
  readonly expert?: boolean;
  /** By the name of the setting. */
  readonly limits?: Limits;
  /** By name, beside what the schema says of one setting. */
  readonly errors?: Readonly<Record<string, string>>;
  /** Names of settings that are shown elsewhere. */
  readonly without?: readonly string[];
}) {
  const { draft, group, expert, without = [] } = props;
  const errors = { ...props.errors, ...readDraft(props.schema, draft).errors };
  return settingsOf(props.schema)
    .filter((setting) => group === undefined || setting.group === group)
    .filter((setting) => expert === undefined || setting.expert === expert)
    .filter(({ name }) => !without.includes(name))
    .map((setting) => (
      <SettingField
        key={setting.name}
        setting={setting}
        entry={draft[setting.name] ?? ''}
        error={errors[setting.name] ?? null}
        limit={props.limits?.[setting.name]}
        disabled={isIdle(setting, draft, props.limits)}
        onChange={(entry) => props.onChange({ ...draft, [setting.name]: entry })}
      />
    ));
}

/** A setting that needs a switch which is off, or does nothing; a switch that itself does nothing counts as on. */
function isIdle({ name, needs }: Setting, draft: SettingsDraft, limits: Limits = {}): boolean {
  if (limits[name]?.isIdle) return true;
  return needs !== undefined && draft[needs] === false && !limits[needs]?.isIdle;
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
        disabled: limit?.unavailable?.includes(choice.value),
      }))}
    />
  );
}
