import { Link } from 'wouter';
import { FileButton } from '../../components/file-button';
import { formatBytes, formatCount, formatPercent, formatPlural } from '../../components/format';
import { UserText } from '../../components/table';
import { onlyTable } from '../../domain/only-table';
import { type InProject, projectIdOf } from '../../domain/projects';
import type { ListedKind } from '../../domain/resource-list';
import { importFiles } from '../actions';
import { type Resources, useClient, useResources, useWorkspace } from '../client-context';
import { leadsTo } from '../connectors/connector-words';
import { DeleteButton, type ListedRef } from '../delete-button';
import { STATUS_NAMES } from '../job-words';
import { pathOfResource, RESOURCE_KINDS } from '../kinds';
import { aboutRecipe } from '../recipes/recipe-facts';
import { useProject } from '../use-project';

/** Of each kind; the lists have all. */
const MAX_RECENT = 5;

/** A line of the list. */
interface Item extends ListedRef {
  readonly name: string;
  readonly about: string;
}

/** What was made last in the project that is worked in, with the way to open and delete it, and to all. */
export function WorkspaceList() {
  const client = useClient();
  const isKept = useWorkspace()?.isKept ?? false;
  const resources = useResources();
  const { id, name } = useProject();
  const home = projectIdOf(resources.projects);
  const isHere = (item: InProject) => home(item) === id;
  const { sources, sourceDatasets, generators, datasets, recipes, connectors } = resources;
  const groups = groupsOf(
    {
      ...resources,
      sources: sources.filter(isHere),
      sourceDatasets: sourceDatasets.filter(isHere),
      generators: generators.filter(isHere),
      datasets: datasets.filter(isHere),
      recipes: recipes.filter(isHere),
      connectors: connectors.filter(isHere),
    },
    sources,
  ).filter(({ count }) => count > 0);
  const all = [sources, sourceDatasets, generators, datasets, recipes, connectors];
  if (all.every(({ length }) => length === 0)) return null;
  return (
    <section aria-label="Your work" className="mt-12">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="text-lg font-semibold">Your work</h2>
          <p className="text-sm text-ink-soft">
            {isKept ? (
              <>
                Kept in this browser, on your disk alone, until you delete it.{' '}
                <Link href="/storage" className="font-medium text-accent underline underline-offset-2">
                  Storage
                </Link>
              </>
            ) : (
              'Nothing of it is kept: it is gone when you close or reload this tab.'
            )}
          </p>
        </div>
        <FileButton
          label="Import a generator or project"
          variant="secondary"
          accept=".zip,application/zip"
          onFiles={(files) => void importFiles(client, files)}
        />
      </div>
      {groups.length === 0 && (
        <p className="mt-4 rounded-xl border border-dashed border-line-strong/60 p-6 text-center text-sm text-ink-soft">
          There is nothing in “{name}” yet. What you bring in goes there.{' '}
          <Link href="/projects" className="font-medium text-accent underline underline-offset-2">
            All projects
          </Link>
        </p>
      )}
      <div className="mt-4 grid gap-8 lg:grid-cols-3">
        {groups.map(({ kind, count, items }) => (
          <div key={kind} className="min-w-0">
            <header className="mb-2 flex items-baseline justify-between gap-4 text-sm">
              <h3 className="font-medium text-ink-soft">{RESOURCE_KINDS[kind].title}</h3>
              <Link
                href={RESOURCE_KINDS[kind].path}
                className="-my-1 py-1 font-medium text-accent hover:underline"
              >
                All {formatCount(count)}
                <span className="sr-only">
                  {' '}
                  {RESOURCE_KINDS[kind].noun}
                  {count > 1 && 's'}
                </span>
              </Link>
            </header>
            <ul className="divide-y divide-line rounded-xl border border-line bg-card">
              {items.map((item) => (
                <li key={item.id} className="flex items-center justify-between gap-2 py-1 pr-1 pl-4">
                  <Link href={pathOfResource(item)} className="min-w-0 flex-1 py-2 hover:text-accent">
                    <UserText text={item.name} className="font-medium" />
                    <span className="block text-sm text-ink-soft">{item.about}</span>
                  </Link>
                  <DeleteButton resource={item} name={item.name} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

interface Group {
  readonly kind: ListedKind;
  readonly count: number;
  /** The last ones, the newest first. */
  readonly items: readonly Item[];
}

/** @param known all sources: a dataset may bundle some of other projects */
function groupsOf(resources: Resources, known: Resources['sources']): Group[] {
  const { sources, sourceDatasets, generators, datasets, reports, recipes, connectors } = resources;
  return [
    recentOf('source', sources, (source) => ({
      ...{ id: source.id, name: source.name },
      about: `${formatPlural(onlyTable(source).rowCount, 'row')} · ${formatBytes(source.byteSize)}`,
    })),
    recentOf('generator', generators, ({ id, config, trainingStatus }) => ({
      ...{ id, name: config.name, about: `Training ${STATUS_NAMES[trainingStatus].toLowerCase()}` },
    })),
    recentOf('synthetic-dataset', datasets, ({ id, config, summary, generationStatus, reportId }) => {
      const accuracy = reports.find((report) => report.id === reportId)?.metrics.accuracy.overall ?? null;
      const made = summary
        ? formatPlural(summary.rows, 'row')
        : `Generation ${STATUS_NAMES[generationStatus].toLowerCase()}`;
      const about = accuracy === null ? made : `${made} · accuracy ${formatPercent(accuracy)}`;
      return { id, name: config.name, about };
    }),
    recentOf('dataset', sourceDatasets, ({ id, name, sourceIds }) => {
      const there = known.filter((source) => sourceIds.includes(source.id));
      return { id, name, about: formatPlural(there.length, 'source') };
    }),
    recentOf('recipe', recipes, (recipe) => ({
      ...{ id: recipe.id, name: recipe.name, about: aboutRecipe(recipe) },
    })),
    recentOf('connector', connectors, ({ id, name, type, accessType: access }) => ({
      ...{ id, name, about: leadsTo({ type, access }) },
    })),
  ];
}

/** Says something of the last ones only: the rest is counted. */
function recentOf<T>(
  kind: ListedKind,
  all: readonly T[],
  itemOf: (resource: T) => Omit<Item, 'kind'>,
): Group {
  const items = all.slice(-MAX_RECENT).toReversed();
  return { kind, count: all.length, items: items.map((resource) => ({ kind, ...itemOf(resource) })) };
}
