import { type AttackRisk, riskOfBudget } from './attack-risk';
import type { EncodingDecision } from './columns';
import { attackInWords, shortNumber } from './differential-privacy';
import {
  capabilitiesOf,
  familyOf,
  MODEL_FAMILIES,
  ModelConfiguration,
  type ModelId,
  withModel,
} from './model-configuration';
import { countText } from './number-marks';
import type { PrivacyBudgetSettings, PrivacyTraits } from './privacy-settings';
import type { SettingGroup } from './setting';
import { z } from './zod';

type Family = (typeof MODEL_FAMILIES)[number];

/** Settings of a private training, whatever its engine. */
export interface PrivacySettings extends PrivacyBudgetSettings {
  readonly valueProtectionEpsilon?: number | null;
}

/** Families that can be trained with differential privacy: those that always are first. */
export const PRIVATE_FAMILIES: readonly Family[] = MODEL_FAMILIES.filter(({ privacy }) => privacy).sort(
  (a, b) => Number(isAlwaysPrivate(b)) - Number(isAlwaysPrivate(a)),
);

/** The schema of `differentialPrivacy`, null where the privacy settings are the family's own or there are none. */
function nestedSchema({ configuration }: Family): z.ZodObject | null {
  let schema: unknown = (configuration.shape as Record<string, unknown>)['differentialPrivacy'];
  while (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) schema = schema.unwrap();
  return schema instanceof z.ZodObject ? schema : null;
}

/** Whether a family has no other trainings than private ones. */
export function isAlwaysPrivate(family: Family): boolean {
  return family.privacy !== undefined && nestedSchema(family) === null;
}

/** The settings of a private training of a family, and nothing else; null = it has none. */
export function privacySchemaOf(family: Family): z.ZodObject | null {
  if (!family.privacy) return null;
  return withFields(nestedSchema(family) ?? family.configuration, (group) => group === 'privacy');
}

/** The settings of a family that have to do with privacy no more than any model's. */
export function plainSchemaOf({ configuration }: Family): z.ZodObject {
  return withFields(configuration, (group) => group !== 'privacy');
}

function withFields(schema: z.ZodObject, wanted: (group: SettingGroup | undefined) => boolean): z.ZodObject {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>);
  return z.object(Object.fromEntries(fields.filter(([, field]) => wanted(field.meta()?.group))));
}

/** The privacy settings in the configuration of a family: its own if it is always private, else in `differentialPrivacy`. */
export function privacyPatch(family: Family, settings: object | null): object {
  return nestedSchema(family) ? { differentialPrivacy: settings } : (settings ?? {});
}

/** What a configuration may give away; null = it is not private. */
export function privacyOf(configuration: ModelConfiguration): PrivacySettings | null {
  if (!capabilitiesOf(configuration).differentialPrivacy) return null;
  const family = familyOf(configuration.model);
  const { differentialPrivacy = configuration } = configuration as { differentialPrivacy?: object };
  return (privacySchemaOf(family)?.parse(differentialPrivacy) as PrivacySettings | undefined) ?? null;
}

/** What is told of a private training before it begins; null = the configuration is not private. */
export function privacyTraitsOf(configuration: ModelConfiguration): PrivacyTraits | null {
  return privacyOf(configuration) && (familyOf(configuration.model).privacy ?? null);
}

/** As `withModel`: a private training stays private, with the same ε and δ, where the other model can be. */
export function withModelInPrivate(configuration: ModelConfiguration, model: ModelId): ModelConfiguration {
  const other = withModel(configuration, model);
  const privacy = privacyOf(configuration);
  const family = familyOf(model);
  if (other === configuration || !privacy || !family.privacy) return other;
  const { maxEpsilon, delta } = privacy;
  return ModelConfiguration.parse({ ...other, ...privacyPatch(family, { maxEpsilon, delta }) });
}

/** Whether columns that identify subjects get invented values of their form; in some private models they are counted. */
export function regeneratesIdentifiers(configuration: ModelConfiguration): boolean {
  return privacyTraitsOf(configuration)?.regenerates ?? true;
}

/** The columns with those that identify subjects as learned ones, where the model counts them. */
export function asCounted<T extends { readonly decision: EncodingDecision }>(
  columns: readonly T[],
  configuration: ModelConfiguration,
): T[] {
  if (regeneratesIdentifiers(configuration)) return [...columns];
  return columns.map((column) => {
    const { identifiesSubjects: _none, ...decision } = column.decision;
    return { ...column, decision };
  });
}

/** Whether value protection is off where it is what protects: not where the model is told noisy domains alone. */
export function lacksValueProtection(configuration: ModelConfiguration): boolean {
  const isIdle = privacyTraitsOf(configuration)?.settings['valueProtection']?.isIdle ?? false;
  return !configuration.valueProtection && !isIdle;
}

/** Why a private training would not begin, in a sentence that a person can act on; null = nothing, or it is not private. */
export function privacyProblem(configuration: ModelConfiguration): string | null {
  const privacy = privacyOf(configuration);
  const traits = privacyTraitsOf(configuration);
  if (!privacy || !traits || traits.declaration !== null) return null;
  const { maxEpsilon, valueProtectionEpsilon = null } = privacy;
  if (valueProtectionEpsilon === null || valueProtectionEpsilon < maxEpsilon) return null;
  return `Of ε ${maxEpsilon}, ε ${valueProtectionEpsilon} for value domains leaves nothing to learn with. Give value domains less, or raise ε.`;
}

/** ε beyond which the promise is hardly one. */
const WEAK_EPSILON = 10;

/**
 * What a person should know of the ε and δ chosen.
 * @param subjects about how many there are; null = unknown
 */
export function privacyWarnings(configuration: ModelConfiguration, subjects: number | null): string[] {
  const privacy = privacyOf(configuration);
  if (!privacy) return [];
  const { maxEpsilon, delta } = privacy;
  const warnings: string[] = [];
  if (subjects !== null && delta * subjects >= 1) {
    const advised = Number((1 / (10 * subjects)).toPrecision(1));
    warnings.push(
      `δ ${delta} is too large for ${countText(subjects)} subjects: it would allow to publish one of them as they are. Choose at most one in the number of subjects, better a tenth of it: ${advised}.`,
    );
  }
  if (maxEpsilon > WEAK_EPSILON) {
    warnings.push(
      `ε ${maxEpsilon} promises next to nothing: ${riskInWords(configuration)} Choose ${WEAK_EPSILON} or less.`,
    );
  }
  return warnings;
}

/** The attack risk at one false alarm in a hundred, in a sentence; empty if the configuration is not private. */
export function riskInWords(configuration: ModelConfiguration): string {
  const risk = riskOf(configuration).find(({ falsePositives }) => falsePositives === 0.01);
  return risk ? attackInWords(risk) : '';
}

/** What attacks on somebody's presence can do at most with all of ε spent; empty if the configuration is not private. */
export function riskOf(configuration: ModelConfiguration): readonly AttackRisk[] {
  const privacy = privacyOf(configuration);
  const traits = privacyTraitsOf(configuration);
  return privacy && traits ? riskOfBudget(traits.account, privacy) : [];
}

/** "With differential privacy by private marginals: ε at most 3, δ 0.00001 for each subject." */
export function privacySummary(configuration: ModelConfiguration): string | null {
  const privacy = privacyOf(configuration);
  const traits = privacyTraitsOf(configuration);
  if (!privacy || !traits) return null;
  const title = traits.title.charAt(0).toLowerCase() + traits.title.slice(1);
  return `With differential privacy (${title}): ε at most ${shortNumber(privacy.maxEpsilon)}, δ ${shortNumber(privacy.delta)} for each subject.`;
}
