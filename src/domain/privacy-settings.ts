import { z } from './zod';

/**
 * What a training with differential privacy may give away of each subject: settings of every family that can be private,
 * so one budget goes with a table whatever learns it. Names are those of MOSTLY AI's DifferentialPrivacyConfig.
 */
export const PrivacyBudgetSettings = z.object({
  maxEpsilon: z.number().gt(0).max(10_000).default(3).meta({
    title: 'ε at most',
    description:
      'Privacy loss per subject, without unit: at 1 next to nothing shows, at 10 little is promised.',
    group: 'privacy',
  }),
  delta: z.number().gt(0).lt(1).default(1e-5).meta({
    title: 'δ',
    description: 'Probability that ε does not hold. Well below one in the number of subjects.',
    group: 'privacy',
  }),
});
export type PrivacyBudgetSettings = z.infer<typeof PrivacyBudgetSettings>;

/** How releases are added up, and so what an attack can do: all noise Gaussian, or any mechanism with this ε and δ. */
export type PrivacyAccount = 'gaussian' | 'any';

/** Settings, by name, that do nothing in a training (idle), or something else than elsewhere: what to say of them. */
export type SettingWords = Readonly<Record<string, { readonly help: string; readonly isIdle?: boolean }>>;

/** What a person is told of private trainings of a family before one begins, and how a form treats its settings. */
export interface PrivacyTraits {
  /** Among other private engines. */
  readonly title: string;
  readonly about: string;
  readonly account: PrivacyAccount;
  /** What ε pays for. */
  readonly counted: readonly string[];
  /** What is taken as public and is not covered. */
  readonly notCovered: readonly string[];
  /**
   * What a person may declare public with `valueProtectionEpsilon: null`; a number there is what finding it takes at
   * most. Null = nothing can be declared: all is found within ε, by default with a share of it.
   */
  readonly declaration: string | null;
  /** What it does while it trains and what ends it, in a sentence. */
  readonly training: string;
  /** It learns in updates, which can be stopped; else it is fitted at once. */
  readonly isGradual: boolean;
  /** Columns that identify subjects get invented values of their form; else they are counted as others are. */
  readonly regenerates: boolean;
  /** Settings that do nothing, or something else, in a private training. */
  readonly settings: SettingWords;
}
