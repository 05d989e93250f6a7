/** A saved pipeline: how a file is read, what is learned of it and how, what is generated, checked and exported (docs/recipes.md). */
import { type AppliedRecipe, RecipeFormats } from './applied-recipe';
import { StorageType } from './columns';
import { UserError } from './errors';
import { JobConfig } from './job-configuration';
import { Description } from './naming';
import { RecipeChecks } from './recipe-checks';
import { CutDialect } from './sources';
import { z } from './zod';

export const RECIPE_FORMAT = 'doppelgrid-recipe';
/** Of the files that this version writes, and the latest that it reads. */
const RECIPE_FORMAT_VERSION = 1;

/** Bytes of a file at most. */
export const MAX_RECIPE_BYTES = 8 << 20;
const MAX_COLUMNS = 20_000;
const Name = z.string().min(1).max(1024);

/** A column that files should have. */
const InputColumn = z.strictObject({
  name: Name,
  /** Null = not known. */
  type: StorageType.nullable(),
});
export type InputColumn = z.infer<typeof InputColumn>;

const Cell = z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]);

/** `config.json` without the names of files. */
export const RecipeConfig = JobConfig.omit({ source: true, holdout: true }).required();
export type RecipeConfig = z.infer<typeof RecipeConfig>;

const content = {
  /** How files are read. */
  dialect: CutDialect,
  input: z.strictObject({
    columns: z.array(InputColumn).min(1).max(MAX_COLUMNS),
    /** Rows of made-up values of the declared types. */
    sample: z.array(z.record(Name, Cell)).max(20),
  }),
  config: RecipeConfig,
  /** The report compares with a file of its own, which a run is to be given; absent = with rows that are held back. */
  holdout: z.literal('file').optional(),
  checks: RecipeChecks.prefault({}),
  formats: RecipeFormats.prefault(['parquet']),
  /** What of the run it was made from is not in it, in sentences. */
  leftOut: z.array(z.string().max(2000)).max(1000).prefault([]),
};

export const RecipeVersion = z.strictObject({
  /** From 1; each change is the next. */
  version: z.number().int().min(1),
  /** ISO 8601. */
  savedAt: z
    .string()
    .max(40)
    .refine((text) => !Number.isNaN(Date.parse(text)), 'this is no instant'),
  ...content,
});
export type RecipeVersion = z.infer<typeof RecipeVersion>;
export type RecipeContent = Omit<RecipeVersion, 'version' | 'savedAt'>;

/** The record of a recipe. */
export const Recipe = z.object({
  id: z.string(),
  name: z.string().min(1).max(256),
  description: Description.optional(),
  /** Absent = in the first project. */
  projectId: z.string().optional(),
  /** Oldest first; the last one is run. */
  versions: z.array(RecipeVersion).min(1),
});
export type Recipe = z.infer<typeof Recipe>;

/** A version of a recipe as a file. */
const RecipeFile = z.strictObject({
  format: z.literal(RECIPE_FORMAT),
  formatVersion: z.literal(RECIPE_FORMAT_VERSION),
  name: Recipe.shape.name,
  description: Description.optional(),
  ...RecipeVersion.shape,
});
export type RecipeFile = z.infer<typeof RecipeFile>;

/** A version of a recipe. @throws UserError `not-found` */
export function versionOf({ name, versions }: Recipe, version?: number): RecipeVersion {
  const found = version === undefined ? versions.at(-1) : versions.find((other) => other.version === version);
  if (found) return found;
  const known = versions.map((other) => other.version).join(', ');
  throw new UserError('not-found', `The recipe “${name}” has no version ${version}. Its versions: ${known}.`);
}

/** Whether JSON calls itself a recipe. */
function isRecipeFile(json: unknown): boolean {
  return typeof json === 'object' && json !== null && (json as { format?: unknown }).format === RECIPE_FORMAT;
}

/** The text of a version's file. */
export function writeRecipe({ name, description, versions }: Recipe, version?: number): string {
  const file: RecipeFile = {
    format: RECIPE_FORMAT,
    formatVersion: RECIPE_FORMAT_VERSION,
    name,
    ...(description !== undefined && { description }),
    ...versionOf({ id: '', name, versions }, version),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads the text of a recipe's file.
 * @param what its name
 * @throws UserError `config/invalid`: too large, no JSON, no recipe, of a later version, or naming the wrong field
 */
export function readRecipe(what: string, text: string): RecipeFile {
  const refused = (why: string) => new UserError('config/invalid', `“${what}” ${why} Nothing was changed.`);
  if (text.length > MAX_RECIPE_BYTES) throw refused('is larger than any recipe (8 MB).');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refused('is no recipe: it cannot be read as JSON.');
  }
  if (!isRecipeFile(json)) throw refused(`is no recipe: its format is not “${RECIPE_FORMAT}”.`);
  const { formatVersion } = json as { formatVersion?: unknown };
  if (typeof formatVersion === 'number' && formatVersion > RECIPE_FORMAT_VERSION)
    throw refused(
      `was written by a later version of Doppelgrid (recipes of version ${formatVersion}; this one reads ${RECIPE_FORMAT_VERSION}). Reload the page to get that version.`,
    );
  const checked = RecipeFile.safeParse(json);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw refused(
      `is a recipe that cannot be used, at ${issue!.path.map(String).join('.') || 'the top level'}: ${issue!.message}.`,
    );
  }
  const { tables } = checked.data.config.generator;
  if (tables.length !== 1 || checked.data.config.syntheticDataset.tables.length !== 1)
    throw refused('describes more than one table, and Doppelgrid works on one at a time for now.');
  return checked.data;
}

/** What a generator keeps of the recipe it is made by. */
export function appliedRecipe(
  { id, name }: Pick<Recipe, 'id' | 'name'>,
  { version, checks, formats }: RecipeVersion,
  differences: readonly string[],
): AppliedRecipe {
  return { id, name, version, checks, formats, differences: [...differences] };
}
