import { familyOf, type ModelConfiguration, type ModelId } from '../../domain/model-configuration';
import { PRIVATE_FAMILIES, privacyOf, privacyPatch, privacySchemaOf } from '../../domain/private-training';
import { draftOf, readDraft, type SettingsDraft } from '../settings-draft';

/** Differential privacy while a person edits it: what was chosen stays when it is off or the engine changes. */
export interface PrivacyDraft {
  readonly isOn: boolean;
  /** The family that learns while it is on. */
  readonly engine: ModelId;
  /** Of all private engines, by name; ε and δ are the same for all. */
  readonly settings: SettingsDraft;
  /** Whether the person declares public what an engine finds without noise. */
  readonly isPublic: boolean;
}

/** The setting that may be a declaration instead. */
export const DOMAINS = 'valueProtectionEpsilon';

/** The form of the privacy of a configuration; engines that it does not name have their defaults. */
export function toPrivacyDraft(configuration: ModelConfiguration): PrivacyDraft {
  const privacy = privacyOf(configuration);
  const engine = privacy ? configuration.model : PRIVATE_FAMILIES[0]!.id;
  const own = PRIVATE_FAMILIES.map((family): SettingsDraft => {
    const schema = privacySchemaOf(family)!;
    return draftOf(schema, privacy && family.id === engine ? { ...privacy } : schema.parse({}));
  });
  const chosen = own[PRIVATE_FAMILIES.findIndex(({ id }) => id === engine)];
  const { declaration } = familyOf(engine).privacy!;
  return {
    isOn: privacy !== null,
    engine,
    settings: Object.assign({}, ...own.toReversed(), chosen),
    isPublic: declaration !== null && privacy?.valueProtectionEpsilon === null,
  };
}

/**
 * What a private engine's configuration has of the form, and what is wrong with it, by setting.
 * @returns `patch` is null while a setting cannot be read
 */
export function readPrivacyDraft({ engine, settings, isPublic }: PrivacyDraft): {
  readonly patch: object | null;
  readonly errors: Readonly<Record<string, string>>;
} {
  const family = familyOf(engine);
  const all = privacySchemaOf(family)!;
  const isDeclared = family.privacy!.declaration !== null;
  // Empty is never read as a declaration: without one, the engine's own part of ε stands.
  const isTyped = !isPublic && (settings[DOMAINS] ?? '') !== '';
  const schema = isDeclared && !isTyped ? all.omit({ [DOMAINS]: true }) : all;
  const { values, errors } = readDraft(schema, settings);
  const declared = isDeclared && isPublic ? { [DOMAINS]: null } : {};
  return { patch: values && privacyPatch(family, { ...values, ...declared }), errors };
}
