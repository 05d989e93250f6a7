import { Link } from 'wouter';
import { FileButton } from '../../components/file-button';
import { formatPlural } from '../../components/format';
import { EmptyState } from '../../components/notice';
import { UserText } from '../../components/table';
import { type Recipe, versionOf } from '../../domain/recipes';
import { importFiles } from '../actions';
import { useClient, useRecipes } from '../client-context';
import { PageHeading } from '../resource-page';

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
            it on the next file with one click, or without a window: npm run synthesize -- --recipe FILE
            data.csv
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

/** Recipes with the way to each. */
export function RecipeList({ recipes }: { recipes: readonly Recipe[] }) {
  return (
    <ul aria-label="Recipes" className="divide-y divide-line rounded-xl border border-line bg-card">
      {recipes.toReversed().map((recipe) => (
        <li key={recipe.id}>
          <Link href={`/recipes/${recipe.id}`} className="block min-w-0 px-4 py-3 hover:text-accent">
            <UserText text={recipe.name} className="font-medium" />
            <span className="block text-sm text-ink-soft">{aboutRecipe(recipe)}</span>
            {recipe.description && (
              <span className="block max-w-prose truncate text-sm text-ink-soft">
                <bdi>{recipe.description}</bdi>
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** "Version 2 · 9 columns · 1 check" */
export function aboutRecipe(recipe: Recipe): string {
  const { version, input, checks } = versionOf(recipe);
  const asked = Object.values(checks).filter((limit) => limit !== null).length;
  return [
    `Version ${version}`,
    formatPlural(input.columns.length, 'column'),
    asked === 0 ? 'no checks' : formatPlural(asked, 'check'),
  ].join(' · ');
}
