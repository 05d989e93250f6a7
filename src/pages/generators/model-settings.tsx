import { Card } from '../../components/card';
import { SelectField } from '../../components/field';
import { Fold } from '../../components/fold';
import { GeneratorConfig } from '../../domain/generators';
import { familyOf } from '../../domain/model-configuration';
import { plainSchemaOf } from '../../domain/private-training';
import { type SettingGroup, settingsOf } from '../../domain/setting';
import type { Source } from '../../domain/sources';
import type { z } from '../../domain/zod';
import { readDraft, type SettingsDraft } from '../settings-draft';
import { SettingsForm } from '../settings-form';
import { type GeneratorDraft, OPEN_FAMILIES, switchModel, trainedModel } from './generator-draft';

/** Of the seed. */
const SECURE_NOISE =
  'Of all that is random but the noise, which is drawn anew each time and never repeated: two private trainings differ.';

/** Which model, where there is more than one, and every setting of it, with its default and what it does. */
export function ModelSettings(props: {
  readonly draft: GeneratorDraft;
  readonly otherSources: readonly Source[];
  readonly onChange: (draft: GeneratorDraft) => void;
}) {
  const { draft, onChange } = props;
  const family = familyOf(trainedModel(draft));
  const words = (draft.privacy.isOn ? family.privacy?.settings : family.settings) ?? {};
  const limits = Object.fromEntries(
    Object.entries(words).map(([name, { help, isIdle = false }]) => [name, { reason: help, isIdle }]),
  );
  const fields = {
    limits,
    draft: draft.settings,
    onChange: (settings: GeneratorDraft['settings']) => onChange({ ...draft, settings }),
  };
  const schema = plainSchemaOf(family);
  const settings = (group: SettingGroup) => (
    <SettingsForm {...fields} schema={schema} group={group} expert={false} />
  );
  return (
    <Card>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
        {!draft.privacy.isOn && OPEN_FAMILIES.length > 1 && (
          <SelectField
            label="Kind of model"
            value={family.id}
            options={OPEN_FAMILIES.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(model) => onChange(switchModel(draft, model))}
            help={family.about}
          />
        )}
        {settings('main')}
        {settings('compute')}
        <SelectField
          label="Holdout for the report"
          value={draft.holdoutSourceId ?? ''}
          options={[
            { value: '', label: 'Rows held back from this source' },
            ...props.otherSources.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => onChange({ ...draft, holdoutSourceId: id === '' ? null : id })}
          help="Rows the model never sees; privacy is measured against them. Another source needs the same columns."
        />
        {settings('outcome')}
      </div>
      <Fold
        title="Advanced"
        about="Settings that few tables need."
        isOpen={hasExpertError(schema, draft.settings)}
      >
        <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
          <SettingsForm {...fields} schema={schema} expert />
          <SettingsForm
            {...fields}
            schema={GeneratorConfig}
            limits={draft.privacy.isOn ? { randomState: { reason: SECURE_NOISE } } : {}}
          />
        </div>
      </Fold>
    </Card>
  );
}

/** Whether what is folded away holds a setting that cannot be read. */
function hasExpertError(schema: z.ZodObject, settings: SettingsDraft): boolean {
  const own = readDraft(schema, settings).errors;
  const isExpertError = settingsOf(schema).some(({ name, expert }) => expert && name in own);
  return isExpertError || Object.keys(readDraft(GeneratorConfig, settings).errors).length > 0;
}
