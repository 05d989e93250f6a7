import type { Capabilities, ModelSettings } from '../../../src/domain/model-settings';
import type { PrivacyTraits, SettingWords } from '../../../src/domain/privacy-settings';
import type { z } from '../../../src/domain/zod';

/** The settings of a family: those that every model has, its own, and `model`, which tells the families apart. */
export type FamilySettings = z.ZodObject<(typeof ModelSettings)['shape'] & { model: z.ZodLiteral<string> }>;

/**
 * What the page, the command line and the workers know of a model family before anything runs. It contains none of the
 * family's arithmetic, so it is small where no model is trained.
 */
export interface ModelFamily<S extends FamilySettings = FamilySettings> {
  readonly id: z.infer<S>['model'];
  readonly title: string;
  /** What it is good for, in a sentence or two. */
  readonly about: string;
  readonly configuration: S;
  capabilities(configuration: z.infer<S>): Capabilities;
  /** Settings of every model that do nothing, or something else, in this one; those of `privacy` count in private trainings. */
  readonly settings?: SettingWords;
  /**
   * What its private trainings are like; absent = it has none. Their settings are those of the group `privacy`: of the
   * object `differentialPrivacy`, null = off, where the configuration has one, else of the configuration itself, which is
   * then always private.
   */
  readonly privacy?: PrivacyTraits;
}
