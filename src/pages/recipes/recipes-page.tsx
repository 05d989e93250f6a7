import { FileButton } from '../../components/file-button';
import { EmptyState } from '../../components/notice';
import { importFiles } from '../actions';
import { useClient, useRecipes } from '../client-context';
import { PageHeading } from '../resource-page';
import { RecipeList } from './recipe-list';

/** All recipes, the newest first. */
export function RecipesPage() {
  const client = useClient();
  const recipes = useRecipes();
  return (
    <div className="mx-auto max-w-6xl px-4 pt-8 pb-20 sm:px-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="max-w-2xl">
          <PageHeading title="Recipes" />
          <p className="mt-1 text-sm text-ink-soft">
            A recipe keeps how a table was read, learned, generated and checked, and no value of its rows. Run
            it on the next file with one click, or without a window:{' '}
            <code className="text-xs">npm run synthesize -- --recipe FILE data.csv</code>
          </p>
        </div>
        <FileButton
          label="Import a recipe"
          variant="secondary"
          accept=".json,application/json"
          onFiles={(files) => void importFiles(client, files)}
        />
      </div>
      <div className="mt-6">
        {recipes.length === 0 ? (
          <EmptyState>
            There is no recipe yet. Open a synthetic dataset or a trained generator and choose “Save as
            recipe”, or drop the file of one.
          </EmptyState>
        ) : (
          <RecipeList recipes={recipes} />
        )}
      </div>
    </div>
  );
}
