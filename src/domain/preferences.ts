import { RecipeChecks } from './recipe-checks';
import { z } from './zod';

/** How numbers are written: by the system's language, or with named marks of groups and decimals. */
export const NumberFormat = z.enum(['system', 'comma-point', 'point-comma', 'space-comma']);
export type NumberFormat = z.infer<typeof NumberFormat>;

/** What a person chose for the app itself, in whatever project. A field that cannot be read falls back to its default. */
export const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system').catch('system'),
  numberFormat: NumberFormat.default('comma-point').catch('comma-point'),
  /** Whether the system tells of the end of a long job while the tab is hidden. The browser must have consented, too. */
  notifications: z.boolean().default(false).catch(false),
  /** Whether a training goes on to rows and their report. */
  goesOn: z.boolean().default(true).catch(true),
  /** Whether single keys are shortcuts. */
  shortcuts: z.boolean().default(true).catch(true),
  /** Id of the project that is worked in; one that is not there stands for another that is. */
  project: z.string().default('first').catch('first'),
  /** What the report of rows must reach, or a person is asked before they leave as a file. */
  gates: RecipeChecks.prefault({}).catch(RecipeChecks.parse({})),
  /** Settings of the default model that new generators begin with; what is left out is as its family says. */
  modelSettings: z.record(z.string(), z.unknown()).default({}).catch({}),
});
export type Preferences = z.infer<typeof Preferences>;
