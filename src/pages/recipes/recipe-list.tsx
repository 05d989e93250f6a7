import { Link } from 'wouter';
import { formatPlural } from '../../components/format';
import { UserText } from '../../components/table';
import { type Recipe, versionOf } from '../../domain/recipes';

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
