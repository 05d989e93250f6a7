import * as families from '../../workers/engine/models/catalogue';
import { type Capabilities, ModelSettings } from './model-settings';
import { z } from './zod';

type Family = (typeof families)[keyof typeof families];

/** Settings of a model, those of its family. */
export type ModelConfiguration = z.infer<Family['configuration']>;
export type ModelId = ModelConfiguration['model'];

/** What is trained unless another model is named. */
const DEFAULT_MODEL: ModelId = 'argn';

/** The families there are, the default first. */
export const MODEL_FAMILIES: readonly Family[] = Object.values<Family>(families).sort(
  (a, b) => Number(b.id === DEFAULT_MODEL) - Number(a.id === DEFAULT_MODEL),
);

/** One schema per family, told apart by `model`; without it, the default's. */
export const ModelConfiguration = z.preprocess(
  (value) =>
    typeof value === 'object' && value !== null && !('model' in value)
      ? { ...value, model: DEFAULT_MODEL }
      : value,
  z.discriminatedUnion(
    'model',
    MODEL_FAMILIES.map(({ configuration }) => configuration) as [Family['configuration']],
    { error: ({ code }) => (code === 'invalid_union' ? `there is no such model, but ${ids()}` : undefined) },
  ),
);

/** The family of a model. */
export function familyOf(model: ModelId): Family {
  return MODEL_FAMILIES.find(({ id }) => id === model)!;
}

/** What a model trained with these settings can be asked for. */
export function capabilitiesOf(configuration: ModelConfiguration): Capabilities {
  const family: { capabilities(configuration: ModelConfiguration): Capabilities } = familyOf(
    configuration.model,
  );
  return family.capabilities(configuration);
}

/** The settings with which to train another model: its defaults, and what every model has as it was. */
export function withModel(configuration: ModelConfiguration, model: ModelId): ModelConfiguration {
  return configuration.model === model
    ? configuration
    : ModelConfiguration.parse({ ...ModelSettings.parse(configuration), model });
}

function ids(): string {
  return MODEL_FAMILIES.map(({ id }) => id).join(', ');
}
