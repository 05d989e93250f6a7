import { DOWNLOAD_FORMAT_IDS } from './download-formats';
import { RecipeChecks } from './recipe-checks';
import { z } from './zod';

export const RecipeFormats = z.array(z.enum(DOWNLOAD_FORMAT_IDS)).min(1);

/** The recipe that a generator or synthetic dataset was made by, with what remains to be done by it. */
export const AppliedRecipe = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number(),
  checks: RecipeChecks,
  /** What its rows are exported as. */
  formats: RecipeFormats,
  /** How its source differed from the recipe's schema, in sentences. */
  differences: z.array(z.string()),
});
export type AppliedRecipe = z.infer<typeof AppliedRecipe>;
