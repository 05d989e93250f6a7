import { CircleCheck, CircleX } from 'lucide-react';
import { Link } from 'wouter';
import { Section } from '../../components/card';
import { checkResults } from '../../domain/check-results';
import type { Report } from '../../domain/reports';
import type { SyntheticDataset } from '../../domain/synthetic-datasets';
import { useResources } from '../client-context';

/** The recipe that a finished dataset was made by, how its file differed, and what became of the checks. */
export function CheckList({ dataset, report }: { dataset: SyntheticDataset; report: Report | undefined }) {
  const recipes = useResources().recipes;
  const { recipe } = dataset;
  if (!recipe) return null;
  const results = checkResults(recipe.checks, report ?? null);
  const missed = results.filter(({ passed }) => !passed).length;
  const isThere = recipes.some(({ id }) => id === recipe.id);
  const name = `${recipe.name}, version ${recipe.version}`;
  return (
    <div className="mb-8">
      <Section
        title="Checks"
        about={
          <>
            Made by the recipe{' '}
            {isThere ? (
              <Link
                href={`/recipes/${recipe.id}`}
                className="font-medium text-accent underline underline-offset-2"
              >
                <bdi>{name}</bdi>
              </Link>
            ) : (
              <bdi>{name}</bdi>
            )}
            .{' '}
            {results.length === 0
              ? 'It asks for no checks.'
              : missed === 0
                ? 'All checks passed.'
                : `${missed} of ${results.length} checks missed.`}
          </>
        }
      >
        {results.length > 0 && (
          <ul className="divide-y divide-line rounded-xl border border-line bg-card text-sm">
            {results.map(({ check, passed, sentence }) => {
              const Icon = passed ? CircleCheck : CircleX;
              return (
                <li key={check} className="flex items-start gap-3 px-4 py-3">
                  <Icon
                    aria-hidden="true"
                    size={18}
                    className={`mt-0.5 shrink-0 ${passed ? 'text-accent' : 'text-danger'}`}
                  />
                  {sentence}
                </li>
              );
            })}
          </ul>
        )}
        {recipe.differences.length > 0 && (
          <details className="mt-3 text-sm">
            <summary className="text-ink-soft">How its file differed from the recipe</summary>
            <ul className="mt-2 list-disc space-y-1 pl-5 break-words">
              {recipe.differences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </details>
        )}
      </Section>
    </div>
  );
}
