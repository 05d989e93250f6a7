import type { Capabilities, ModelSettings } from '../../../src/domain/model-settings';
import type { z } from '../../../src/domain/zod';

/** The settings of a family: those that every model has, its own, and `model`, which tells the families apart. */
export type FamilySettings = z.ZodObject<(typeof ModelSettings)['shape'] & { model: z.ZodLiteral<string> }>;

/**
 * What there is to know of a model family before anything runs: the page, the command line and the workers read it.
 * It has no code of the family in it, so that it weighs nothing where no model is trained.
 */
export interface ModelFamily<S extends FamilySettings = FamilySettings> {
  readonly id: z.infer<S>['model'];
  readonly title: string;
  /** What it is good for, in a sentence or two. */
  readonly about: string;
  readonly configuration: S;
  capabilities(configuration: z.infer<S>): Capabilities;
}
