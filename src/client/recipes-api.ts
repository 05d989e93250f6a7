import type { Generator } from '../domain/generators';
import type { Naming } from '../domain/naming';
import type { CheckResult } from '../domain/recipe-checks';
import type { RecipeDifference, RecipeMatch } from '../domain/recipe-match';
import type { InputColumn, Recipe, RecipeVersion } from '../domain/recipes';
import type { Report } from '../domain/reports';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import type { LongCall, SourceInput } from './long-call';
import type { ListsApi } from './projects-api';

/** A finished run: its synthetic dataset, or a trained generator with the rows it proposes. */
export type RunRef = { readonly syntheticDatasetId: string } | { readonly generatorId: string };

/** What of a recipe may be changed; the change is its next version. */
export interface RecipeChange
  extends Partial<Pick<RecipeVersion, 'dialect' | 'config' | 'checks' | 'formats'>> {
  readonly columns?: readonly InputColumn[];
  /** Takes settings and schema of another run; checks and formats stay. */
  readonly run?: RunRef;
}

/** What a run by a recipe came to. */
export interface RecipeRun {
  readonly generator: Generator;
  readonly dataset: SyntheticDataset;
  /** Null = none was written. */
  readonly report: Report | null;
  readonly differences: readonly RecipeDifference[];
  readonly checks: readonly CheckResult[];
}

/** Saved pipelines (docs/recipes.md). A recipe holds settings and names of columns, and no value of any row. */
export interface RecipesApi extends ListsApi<Recipe> {
  get(id: string): Recipe;
  /** A version of it; by default the last one, which is run. */
  version(id: string, version?: number): RecipeVersion;
  /** The recipe of a finished run. */
  create(of: RunRef, naming?: Naming): Recipe;
  /** Saves the next version; earlier ones stay readable. */
  update(id: string, change: RecipeChange): Recipe;
  /** Another name or description, of all versions. */
  rename(id: string, naming: Naming): Recipe;
  /** The same once more, with all its versions, named "Copy of …". */
  duplicate(id: string): Promise<Recipe>;
  delete(id: string): Promise<void>;
  /** A version as a JSON file. */
  export(id: string, version?: number): File;
  /**
   * A new recipe of such a file, or of its text.
   * @throws UserError `config/invalid` that says what is wrong with it
   */
  import(file: File | string): Promise<Recipe>;
  /** A file of made-up values that has the columns of the recipe. */
  sampleFile(id: string): File;
  /** Imports a file as the recipe reads it; as it is detected where that finds more of the recipe's columns. */
  read(id: string, input: SourceInput, options?: LongCall): Promise<Source>;
  /** How a source differs from the recipe's schema, and why it cannot be run on it, if it cannot. */
  compare(
    id: string,
    sourceId: string,
    holdoutSourceId?: string | null,
  ): Pick<RecipeMatch, 'differences' | 'problem'>;
  /**
   * A generator by the recipe, not trained yet; what is generated with it follows the recipe, too.
   * @throws UserError `config/invalid` if the recipe cannot run on the source
   */
  apply(id: string, sourceId: string, holdoutSourceId?: string | null): Generator;
  /**
   * Reads, trains, generates and checks.
   * @param input a file, or the id of a source
   * @param options.holdout the same, of rows for the report alone; by default rows are held back
   */
  run(
    id: string,
    input: SourceInput | { readonly sourceId: string },
    options?: LongCall & { readonly holdout?: SourceInput | { readonly sourceId: string } },
  ): Promise<RecipeRun>;
  /** What became of the checks of the recipe that a synthetic dataset was made by; empty = there are none. */
  checksOf(syntheticDatasetId: string): Promise<readonly CheckResult[]>;
}
