import {
  familyOf,
  MODEL_FAMILIES,
  type ModelConfiguration,
  type ModelId,
} from '../../src/domain/model-configuration';
import {
  isAlwaysPrivate,
  PRIVATE_FAMILIES,
  plainSchemaOf,
  privacySchemaOf,
  privacyTraitsOf,
} from '../../src/domain/private-training';
import { type Setting, settingsOf } from '../../src/domain/setting';
import { InputError, readSettings, usageLine } from './setting-options';

/** What was said of the model, as text by option: which model reads it, the configuration file may say. */
export interface ModelOptions {
  /** See `trainingSettings`. */
  readonly training: Readonly<Record<string, string>>;
  /** Whether to train with differential privacy. */
  readonly isPrivate: boolean | undefined;
  /** Settings of private trainings. See `privacySettings`. */
  readonly privacy: Readonly<Record<string, string>>;
}

type SettingsByOption = ReadonlyMap<string, ReadonlyMap<ModelId, Setting>>;

/** Ids of the models, the default first. */
export const MODELS = MODEL_FAMILIES.map(({ id }) => id);
/** By option, of every family that has it. */
export const TRAINING = settingsByOption(({ plain }) => plain);
/** The same of private trainings. */
export const PRIVACY = settingsByOption(({ privacy }) => privacy);
export const PRIVATE_MODELS = PRIVATE_FAMILIES.map(({ id }) => id);
/** Models that are private whatever is said. */
export const ALWAYS_PRIVATE = PRIVATE_FAMILIES.filter(isAlwaysPrivate).map(({ id }) => id);
/** Whether a training is private. */
export const PRIVACY_SWITCH = 'differential-privacy';

function settingsByOption(
  settingsIn: (of: { plain: readonly Setting[]; privacy: readonly Setting[] }) => readonly Setting[],
): SettingsByOption {
  const byOption = new Map<string, Map<ModelId, Setting>>();
  for (const family of MODEL_FAMILIES) {
    const schema = privacySchemaOf(family);
    const own = { plain: settingsOf(plainSchemaOf(family)), privacy: schema ? settingsOf(schema) : [] };
    for (const setting of settingsIn(own)) {
      byOption.set(setting.option, (byOption.get(setting.option) ?? new Map()).set(family.id, setting));
    }
  }
  return byOption;
}

/** A line for each option, or one for each model where they take different words for it. */
export function usageOf(options: SettingsByOption, models: readonly ModelId[]): string {
  return [...options.values()]
    .flatMap((settings) => {
      const lines = new Map<string, ModelId[]>();
      for (const [id, setting] of settings) {
        const line = usageLine(setting).trimEnd();
        lines.set(line, [...(lines.get(line) ?? []), id]);
      }
      return [...lines].map(
        ([line, ids]) => `${line}${ids.length < models.length ? `; only ${ids.join(', ')}` : ''}\n`,
      );
    })
    .join('');
}

/**
 * The settings of a model that were given as options, by name.
 * @throws InputError if the model does not have one, or not such a value
 */
export function trainingSettings(
  { training }: Pick<ModelOptions, 'training'>,
  model: ModelId,
): Record<string, unknown> {
  for (const option of Object.keys(training)) {
    if (TRAINING.get(option)!.has(model)) continue;
    throw new InputError(`--${option} is not an option of the model ${model}.`);
  }
  return readSettings(settingsOf(plainSchemaOf(familyOf(model))), training);
}

/**
 * The settings of a private training that were given as options, by name; one of them is enough to make it private.
 * @returns undefined: nothing was said; null: it is not to be private
 * @throws InputError if they contradict each other, or the model cannot be private or has no such setting or value
 */
export function privacySettings(
  { privacy, isPrivate }: Pick<ModelOptions, 'privacy' | 'isPrivate'>,
  model: ModelId,
): Record<string, unknown> | null | undefined {
  const options = Object.keys(privacy);
  const [option] = options;
  if (isPrivate === false) {
    if (ALWAYS_PRIVATE.includes(model)) {
      const others = MODELS.filter((id) => !ALWAYS_PRIVATE.includes(id)).join(' or ');
      throw new InputError(
        `--${PRIVACY_SWITCH} off: the model ${model} is always private. Choose --model ${others}.`,
      );
    }
    if (option === undefined) return null;
    throw new InputError(
      `--${option} is of private trainings alone, and --${PRIVACY_SWITCH} is off. Leave out one of the two.`,
    );
  }
  if (isPrivate === undefined && option === undefined) return undefined;
  const schema = privacySchemaOf(familyOf(model));
  if (!schema) {
    throw new InputError(
      `The model ${model} cannot be trained with differential privacy. Choose --model ${PRIVATE_MODELS.join(' or ')}.`,
    );
  }
  const stray = options.find((known) => !PRIVACY.get(known)!.has(model));
  if (stray !== undefined) throw new InputError(`--${stray} is not an option of the model ${model}.`);
  return readSettings(settingsOf(schema), privacy);
}

/** What to tell a person of options that do nothing in a training. */
export function idleOptions(
  { training }: Pick<ModelOptions, 'training'>,
  configuration: ModelConfiguration,
): string[] {
  const privacy = privacyTraitsOf(configuration);
  const words = (privacy ?? familyOf(configuration.model)).settings ?? {};
  const kind = privacy ? 'this private training' : `a training of the model ${configuration.model}`;
  return Object.keys(training).flatMap((option) => {
    const setting = TRAINING.get(option)?.get(configuration.model);
    const word = setting && words[setting.name];
    return word?.isIdle ? [`--${option} does nothing in ${kind}. ${word.help}`] : [];
  });
}

/** What was said of some options. */
export function given(
  options: SettingsByOption,
  texts: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([option]) => options.has(option)));
}
